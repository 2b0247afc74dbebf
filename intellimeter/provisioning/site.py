"""What a site file may say: the tables of its objects (decisions, section 10).

Keys that name a thing are always there. Any other key may be left out: a thing that exists keeps what it has, a new one
takes the default; where there is none, the key is needed for a new one.
"""

from accounts.models import Company, User
from billing.models import Constants, Fee, Service, Tenant
from intellimeter.provisioning.kinds import (
    ClientId,
    ClientSecret,
    Column,
    Kind,
    OrNull,
    Password,
    RedirectUri,
    Register,
    Scopes,
    Text,
)
from intellimeter.provisioning.records import ListOf, Record
from metering.models import Meter, Property, Suite

COMPANY_FIELDS = ("name", "timezone", "tax_number")
PROPERTY_FIELDS = ("job_number", "job_name", "display_name", "address", "timezone")
METER_FIELDS = ("serial_number", "name", "utility", "general", "floor", "panel", "register_max")
CONSTANTS_FIELDS = (
    "days_to_pay",
    "invoice_from",
    "price_per_electricity",
    "price_per_gas",
    "price_per_water",
    "tax_rate",
)
TENANT_FIELDS = ("email", "first_name", "last_name", "address", "phone")
FEE_FIELDS = ("name", "value", "active")
SERVICE_FIELDS = ("name", "address", "invoice_type", "day_of_month", "active")


def _columns(model: type, names: tuple[str, ...]) -> "dict[str, Kind | Record | ListOf]":
    return {name: Column(model, name) for name in names}


SUITE_NAME = Column(Suite, "name")

USER = Record(
    {
        **_columns(User, ("email", "first_name", "last_name")),
        "password": Password(),
        "admin": Column(User, "is_admin"),
        "staff": Column(User, "is_staff"),
        "active": Column(User, "is_active"),
        "properties": ListOf(Column(Property, "job_number"), all_allowed=True),
    },
    named_by=("email",),
)
APPLICATION = Record(
    {
        "name": Text(200),
        "user": Column(User, "email"),
        "scopes": Scopes(),
        "client_id": ClientId(),
        "client_secret": ClientSecret(),
        "redirect_uris": ListOf(RedirectUri()),
    },
    named_by=("name", "user"),
)
METER = Record(
    {
        **_columns(Meter, METER_FIELDS),
        "register_max": Register(),
        "suite": OrNull(SUITE_NAME),
    },
    named_by=("serial_number",),
)
PROPERTY = Record(
    {
        **_columns(Property, PROPERTY_FIELDS),
        "constants": Record(_columns(Constants, CONSTANTS_FIELDS)),
        "suites": ListOf(SUITE_NAME),
        "meters": ListOf(METER, distinct=("serial_number", "name")),
        "tenants": ListOf(
            Record({**_columns(Tenant, TENANT_FIELDS), "suites": ListOf(SUITE_NAME)}, named_by=("email",)),
            distinct=("email",),
        ),
        "fees": ListOf(Record(_columns(Fee, FEE_FIELDS), named_by=("name",)), distinct=("name",)),
        "services": ListOf(
            Record({**_columns(Service, SERVICE_FIELDS), "suite": SUITE_NAME}, named_by=("name",)), distinct=("name",)
        ),
    },
    named_by=("job_number",),
)
SITE = Record(
    {
        "company": Record(_columns(Company, COMPANY_FIELDS), named_by=("name",)),
        "users": ListOf(USER, distinct=("email",)),
        "applications": ListOf(APPLICATION, distinct=("client_id",)),
        "properties": ListOf(PROPERTY, distinct=("job_number",)),
    },
    named_by=("company",),
)
