"""The use case: what a changed file changes, what it leaves alone, and what each wrong value is told."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from accounts.models import Application, Company, User
from billing.models import Service, Tenant
from intellimeter.provisioning import InvalidSite, provision
from metering.models import Meter, MeterSuite, Property
from tests.factories.accounts import UserFactory
from tests.site.sites import rows_of_everything, site

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 3, 1, 12, tzinfo=UTC)


def problems_of(document: Any) -> list[str]:
    before = rows_of_everything()
    with pytest.raises(InvalidSite) as caught:
        provision(document)
    assert rows_of_everything() == before
    return caught.value.problems


def changed_by(document: dict[str, Any]) -> dict[tuple[str, str], int]:
    """What provisioning the document did but for finding things unchanged."""
    return {change: count for change, count in provision(document).changes.items() if change[1] != "unchanged"}


def test_new_rows_take_defaults_where_the_file_is_silent():
    provision(site())

    building = Property.objects.get()
    assert (building.job_name, building.timezone) == ("Maple Tower", "America/Toronto")
    assert (building.constants.price_per_electricity, building.constants.price_per_gas) == (13, Decimal("42.5"))
    assert list(MeterSuite.objects.values_list("meter__serial_number", "suite__name", "start", "end")) == [
        ("E-1", "Suite 101", None, None),
        ("W-2", "Suite 102", None, None),
    ]
    assert Meter.objects.filter(latest__isnull=False).count() == 3
    assert Service.objects.get().active
    assert list(
        User.objects.values_list("email", "is_admin", "all_properties", "property_access__property__job_number")
    ) == [
        ("clerk@example.com", False, False, "20-1"),
        ("manager@example.com", True, True, None),
    ]
    assert User.objects.get(email="clerk@example.com").check_password("correct-horse-battery")


def test_application_keeps_its_secret_hashed_and_its_scopes_written_out():
    provision(site())

    application = Application.objects.get()
    assert application.scopes == "billing:fee:delete billing:fee:read billing:fee:update billing:fee:write"
    assert "example-secret" not in application.client_secret
    assert application.redirect_uris == "https://client.example.com/callback"


def test_secret_is_generated_once_and_told_once():
    document = site(applications__0__client_id=..., applications__0__client_secret=...)

    first, second = provision(document), provision(document)

    (told,) = first.as_dict()["generated_secrets"]
    application = Application.objects.get()
    assert (told["application"], told["client_id"]) == ("Integration", application.client_id)
    assert len(told["client_secret"]) == 128
    assert "generated_secrets" not in second.as_dict()
    assert second.ids["applications"] == {application.client_id: application.public_id}


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({"company__tax_number": "123 RT0001"}, {("companies", "updated"): 1}),
        ({"properties__0__address": "1 Main St."}, {("properties", "updated"): 1}),
        ({"properties__0__constants__tax_rate": 15}, {("constants", "updated"): 1}),
        ({"properties__0__suites": ["Suite 101", "Suite 102", "Suite 103"]}, {("suites", "created"): 1}),
        ({"properties__0__meters__1__floor": "1"}, {("meters", "updated"): 1}),
        ({"properties__0__meters__1__register_max": 100000}, {("meters", "updated"): 1}),
        ({"properties__0__tenants__0__phone": "555-0101"}, {("tenants", "updated"): 1}),
        ({"properties__0__tenants__0__suites": []}, {("tenants", "updated"): 1}),
        ({"properties__0__fees__0__value": 7}, {("fees", "updated"): 1}),
        ({"properties__0__services__0__active": False}, {("services", "updated"): 1}),
        ({"users__1__password": "another-horse-battery"}, {("users", "updated"): 1}),
        ({"users__1__properties": "all"}, {("users", "updated"): 1}),
        ({"applications__0__client_secret": "x" * 32}, {("applications", "updated"): 1}),
        ({"applications__0__scopes": "*:*:read"}, {("applications", "updated"): 1}),
    ],
)
def test_change_in_the_file_changes_that_alone_and_only_once(
    change: dict[str, Any], counts: dict[tuple[str, str], int]
):
    provision(site())
    changed = site(**change)

    assert changed_by(changed) == counts
    assert changed_by(changed) == {}


def test_file_with_little_leaves_the_rest_alone():
    provision(site())
    before = rows_of_everything()

    provision({"company": {"name": "Maple"}, "properties": [{"job_number": "20-1", "fees": [{"name": "Admin Fee"}]}]})

    assert rows_of_everything() == before


def test_moved_meter_serves_its_new_suite_from_now_on():
    provision(site())

    with time_machine.travel(LATER, tick=False):
        provision(site(properties__0__meters__0__suite="Suite 102"))

    assert list(MeterSuite.objects.filter(meter__serial_number="E-1").values_list("suite__name", "start", "end")) == [
        ("Suite 101", None, LATER),
        ("Suite 102", LATER, None),
    ]


def test_meter_taken_out_of_its_suite_serves_none_from_now_on():
    provision(site())

    with time_machine.travel(LATER, tick=False):
        provision(site(properties__0__meters__0__suite=None))

    assert list(MeterSuite.objects.filter(meter__serial_number="E-1").values_list("end", flat=True)) == [LATER]


def test_tenant_is_bound_to_exactly_the_suites_listed():
    provision(site())

    provision(site(properties__0__tenants__0__suites=["Suite 102"]))

    assert list(Tenant.objects.get().suites.values_list("name", flat=True)) == ["Suite 102"]


def test_email_names_the_same_user_in_any_case():
    provision(site())

    assert changed_by(site(users__0__email="MANAGER@example.com", applications__0__user="Manager@Example.com")) == {}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"company": ...}, "company: is missing."),
        ({"company": []}, "company: must be an object with name."),
        ({"company__name": ...}, "company.name: is missing."),
        ({"company__name": " "}, "company.name: must not be empty."),
        ({"company__name": "A\nB"}, "company.name: must be one line without control characters."),
        ({"company__name": "\ud800"}, "company.name: must be one line without control characters."),
        ({"users__0__password": "\ud800" * 12}, "users[0].password: must be one line of text in quotes."),
        ({"company__name": "x" * 201}, "company.name: has 201 characters; at most 200 fit."),
        (
            {"company__timezone": "Toronto"},
            "company.timezone: 'Toronto' is not an IANA time zone; America/Toronto is one.",
        ),
        ({"compny": {}}, "compny: is not known here; known are company, users, applications, properties."),
        ({"properties__0__job_number": 201}, "properties[0].job_number: must be text in quotes, not 201."),
        ({"properties": {}}, "properties: must be a list."),
        (
            {"properties__0__suites__1": "Suite 101"},
            "properties[0].suites[1]: 'Suite 101' stands already at properties[0].suites[0].",
        ),
        (
            {"properties__0__constants__tax_rate": 101},
            "properties[0].constants.tax_rate: Ensure this value is less than or equal to 100.",
        ),
        ({"properties__0__constants__tax_rate": "13"}, "properties[0].constants.tax_rate: must be a number, not '13'."),
        ({"properties__0__constants__tax_rate": None}, "properties[0].constants.tax_rate: must not be null."),
        (
            {"properties__0__constants__days_to_pay": 1.5},
            "properties[0].constants.days_to_pay: must be a whole number, not 1.5.",
        ),
        (
            {"properties__0__meters__0__name": ...},
            "properties[0].meters[0].name: is missing, and new ones of its kind need it.",
        ),
        (
            {"properties__0__meters__1__name": "Main"},
            "properties[0].meters[2].name: 'Main' stands already at properties[0].meters[1].name.",
        ),
        (
            {"properties__0__meters__2__general": "yes"},
            "properties[0].meters[2].general: must be true or false, not 'yes'.",
        ),
        (
            {"properties__0__meters__0__suite": "Suite 9"},
            "properties[0].meters[0].suite: 'Suite 9' is no suite of this property; add it to `suites`.",
        ),
        (
            {"properties__0__meters__0__register_max": 0},
            "properties[0].meters[0].register_max: must lie above 0 and be at most 10^12; 100000 stands for five digits.",
        ),
        (
            {"properties__0__meters__0__general": True},
            "properties[0].meters[0]: Suite 101 Electricity is a general meter, and general meters belong to no suite.",
        ),
        (
            {"properties__0__tenants__0__email": "nobody"},
            "properties[0].tenants[0].email: Enter a valid email address.",
        ),
        (
            {"properties__0__tenants__0__suites": ["Suite 9"]},
            "properties[0].tenants[0].suites: 'Suite 9' is no suite of this property; add it to `suites`.",
        ),
        (
            {"properties__0__fees__0__value": 1.005},
            "properties[0].fees[0].value: Ensure that there are no more than 2 decimal places.",
        ),
        (
            {"properties__0__services__0__day_of_month": 32},
            "properties[0].services[0].day_of_month: Ensure this value is less than or equal to 31.",
        ),
        (
            {"properties__0__services__0__suite": ...},
            "properties[0].services[0].suite: is missing, and new ones of its kind need it.",
        ),
        ({"users__0__password": ...}, "users[0].password: is missing, and new ones of its kind need it."),
        ({"users__1__properties": ["20-9"]}, "users[1].properties: '20-9' is no property of this company."),
        ({"users__1__properties": "none"}, 'users[1].properties: must be a list, or "all".'),
        (
            {"users__1__email": "Manager@example.com"},
            "users[1].email: 'Manager@example.com' stands already at users[0].email.",
        ),
        (
            {"applications__0__user": "x@example.com"},
            "applications[0].user: x@example.com is no user of this company; add them to `users`.",
        ),
        ({"applications__0__scopes": "billing:*"}, "applications[0].scopes: There is no scope 'billing:*'."),
        (
            {"applications__0__client_secret": "short"},
            "applications[0].client_secret: must be 32 to 255 visible ASCII characters without blanks.",
        ),
        (
            {"applications__0__redirect_uris__0": "http://evil.example/"},
            "applications[0].redirect_uris[0]: 'http://evil.example/' cannot be redirected to; "
            "use an https address, or http on 127.0.0.1.",
        ),
    ],
)
def test_wrong_value_is_named_with_its_place_and_nothing_is_stored(change: dict[str, Any], problem: str):
    assert problems_of(site(**change)) == [problem]


@pytest.mark.parametrize("document", [None, [], "site", 1])
def test_document_that_is_no_object_is_refused(document: Any):
    assert problems_of(document) == ["the file: must be an object with company."]


def test_weak_password_is_refused_with_the_reason():
    problems = problems_of(site(users__0__password="12345678"))

    assert problems == ["users[0].password: This password is too common. This password is entirely numeric."]


def test_email_of_another_companys_user_is_refused():
    UserFactory(email="manager@example.com")

    assert "users[0].email: manager@example.com is a user of another company." in problems_of(site())


def test_client_id_of_another_companys_application_is_refused():
    provision(site())
    other = site(company__name="Oak", users=[site()["users"][0] | {"email": "oak@example.com"}])
    other["applications"][0]["user"] = "oak@example.com"

    assert problems_of(other) == ["applications[0].client_id: is taken by an application of another company."]


def test_name_that_two_things_have_is_refused():
    Company.objects.create(name="Maple")
    Company.objects.create(name="Maple")

    assert problems_of(site()) == ["company: names 2 companies; rename all but one of them first."]


def test_same_job_number_in_two_companies_names_two_properties():
    provision(site())
    provision({"company": {"name": "Oak"}, "properties": [{"job_number": "20-1", "job_name": "Oak House"}]})

    assert list(Property.objects.values_list("company__name", "display_name")) == [
        ("Maple", "Maple Tower"),
        ("Oak", "Oak House"),
    ]


def test_large_site_takes_few_queries_for_each_row(django_assert_max_num_queries):
    meters = [{"serial_number": f"M-{n}", "name": f"Meter {n}", "utility": "E"} for n in range(50)]
    provision(site(properties__0__meters=meters))

    with django_assert_max_num_queries(50):
        provision(site(properties__0__meters=meters))
