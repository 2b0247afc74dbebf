"""Every operation that the API serves, in the reference's order: who adds one, adds its row.

From this table the contract's tests know what an operation answers, and the permissions' tests who must be denied it.
"""

from billing.documents.default_template import default_template
from tests.contract.calls import Operation
from tests.contract.file_upload import FILE_UPLOAD
from tests.contract.scheduled import SCHEDULED
from tests.contract.shapes import ANY_LIST, DATE, FLAG, ID, NULL, NUMBER, STAMP, TEXT, WHOLE, EachValue, File

# --- shapes of the reference

METER_READ = {
    "floor": TEXT | NULL,
    "kwh": NUMBER,
    "kwh_interval": NUMBER,
    "meter": ID,
    "name": TEXT,
    "panel": TEXT | NULL,
    "serial_number": TEXT,
    "suite": ID | NULL,
    "time_stamping": STAMP,
    "units": "kwh",
    "utility": "E",
}
SUITE_READ = {"kwh": NUMBER, "kwh_interval": NUMBER, "suite": ID, "suite_name": TEXT, "time_stamping": STAMP}
PROPERTY_READ = {
    "address": TEXT,
    "display_name": TEXT,
    "job_name": TEXT,
    "job_number": TEXT,
    "kwh": NUMBER,
    "kwh_interval": NUMBER,
    "property": ID,
    "time_stamping": STAMP,
}
METER = {
    "floor": TEXT | NULL,
    "id": ID,
    "name": TEXT,
    "panel": TEXT | NULL,
    "property": ID,
    "serial_number": TEXT,
    "suite": ID | NULL,
    "suite_name": TEXT | NULL,
    "units": "kwh",
    "utility": "E",
}
PROPERTY = {
    "address": TEXT,
    "company": ID,
    "created": STAMP,
    "display_name": TEXT,
    "id": ID,
    "job_name": TEXT,
    "job_number": TEXT,
    "updated": STAMP,
}
COMPANY = {"created": STAMP, "id": ID, "name": TEXT, "tax_number": TEXT, "timezone": TEXT, "updated": STAMP}
PERMISSION = {"user": ID, "admin": FLAG, "properties": "all", "scopes": ANY_LIST}
APPLICATION = {
    "client_id": TEXT,
    "created": STAMP,
    "id": ID,
    "name": TEXT,
    "redirect_uris": ANY_LIST,
    "updated": STAMP,
    "user": ID,
}
USER = {
    "active": FLAG,
    "admin": FLAG,
    "company": ID,
    "created": STAMP,
    "email": TEXT,
    "first_name": TEXT,
    "id": ID,
    "last_name": TEXT,
    "updated": STAMP,
}
CONSTANTS = {
    "days_to_pay": WHOLE,
    "invoice_from": TEXT,
    "price_per_electricity": NUMBER,
    "price_per_gas": NUMBER,
    "price_per_water": NUMBER,
    "property": ID,
    "tax_rate": NUMBER,
    "updated": STAMP,
}
FEE = {"active": FLAG, "id": ID, "name": TEXT, "property": ID, "value": NUMBER}
INVOICE = {
    "created": STAMP,
    "due": DATE,
    "email_sent": STAMP | NULL,
    "filename": TEXT,
    "id": ID,
    "paid": STAMP | NULL,
    "property": ID,
    "service": ID,
    "suite": ID,
    "total": NUMBER,
}
SERVICE = {
    "active": FLAG,
    "address": TEXT,
    "day_of_month": WHOLE,
    "id": ID,
    "invoice_type": TEXT,
    "name": TEXT,
    "property": ID,
    "suite": ID,
}
SUITE = {"id": ID, "name": TEXT, "property": ID}
TENANT = {
    "address": TEXT,
    "email": TEXT,
    "first_name": TEXT,
    "id": ID,
    "last_name": TEXT,
    "phone": TEXT | NULL,
    "property": ID,
}
REPORTED_METER = {
    "meter": ID,
    "name": TEXT,
    "serial_number": TEXT,
    "suite": ID | NULL,
    "suite_name": TEXT | NULL,
    "utility": "E",
    "units": "kwh",
}
PERIOD_ROW = REPORTED_METER | {
    "start": TEXT,
    "end": TEXT,
    "start_read": NUMBER | NULL,
    "end_read": NUMBER | NULL,
    "consumption": NUMBER | NULL,
}
INTERVAL_ROW = {"time_stamping": TEXT} | REPORTED_METER | {"consumption": NUMBER | NULL}
TOTAL_ROW = REPORTED_METER | {"time_stamping": TEXT | NULL, "grand_total": NUMBER | NULL}
COUNTS = {
    "invoices": {
        "late": WHOLE,
        "late_percent": NUMBER,
        "on_time": WHOLE,
        "on_time_percent": NUMBER,
        "paid": WHOLE,
        "paid_percent": NUMBER,
        "total": WHOLE,
        "unpaid": WHOLE,
        "unpaid_percent": NUMBER,
    },
    "monthly_consumption": {"electrical": NUMBER, "gas": NUMBER, "water": NUMBER},
}
INGESTED = {"accepted": 1, "duplicates": 0, "conflicts": 0, "rejected": []}

# --- what is sent

IN = {"property": "$property"}
REPORT = {**IN, "ids": "$meter", "start": "2021-03-01", "end": "2021-03-31"}
ONE_DAY = {**IN, "ids": "$meter", "start": "2021-03-10"}
NEW_FEE = {"active": True, "name": "My New Fee", "value": 10.25}
NEW_TENANT = {
    "address": "123 Main St.",
    "email": "support@intellimeter.ca",
    "first_name": "John",
    "last_name": "Doe",
    "phone": None,
}
NEW_USER = {
    "active": True,
    "admin": False,
    "email": "JaneDoe@example.com",
    "first_name": "Jane",
    "last_name": "Doe",
    "password": "a quite new battery staple",
}
NEW_SERVICE = {
    "address": "2134 Here St.",
    "day_of_month": 5,
    "invoice_type": "Split From General",
    "name": "My Service",
    "suite": "$suite",
}
NEW_READS = {"reads": [{"serial_number": "$serial_number", "time_stamping": "2021-03-11T10:00:00", "kwh": 1260}]}
RATES = {"price_per_electricity": 13.5, "days_to_pay": 15, "invoice_from": "Maple", "tax_rate": 13.0}
APPLICATION_SENT = {"name": "My New App", "scopes": "uac:user:* uac:users:*"}

ODT = File("application/vnd.oasis.opendocument.text")


def one(kind: str) -> dict[str, str]:
    """A query for one object of a property."""
    return {**IN, "id": f"${kind}"}


METERING = (
    Operation("GET", "read", "meter:reads:read", EachValue([METER_READ]), query={"by": "meter"}, note="by meter"),
    Operation("GET", "read", "meter:reads:read", EachValue([SUITE_READ]), query={**IN, "by": "suite"}, note="by suite"),
    Operation("GET", "read", "meter:reads:read", [PROPERTY_READ], query={**IN, "by": "property"}, note="by property"),
    Operation("POST", "read", "meter:reads:create", INGESTED, query=IN, body=NEW_READS),
    Operation("GET", "meter", "meter:meters:read", [METER], query=IN),
    Operation("GET", "meter", "meter:meters:read", [METER], query=one("meter"), note="one"),
    Operation(
        "PUT",
        "meter",
        "meter:meters:update",
        [METER],
        query=one("meter"),
        body={"floor": "3", "panel": "5", "suite": "$suite"},
    ),
    Operation("GET", "property", "property:info:read", [PROPERTY]),
    Operation("GET", "property", "property:info:read", [PROPERTY], query=IN, note="one"),
    Operation(
        "PUT",
        "property",
        "property:info:update",
        PROPERTY,
        query=IN,
        body={"address": "New Address", "display_name": "New Display Name", "job_name": "New Name"},
    ),
)

ACCOUNTS = (
    Operation("GET", "company", "company:info:read", COMPANY),
    Operation("PUT", "company", "company:info:update", status=204, body={"name": "New Name"}),
    Operation("GET", "company/permission", "company:permission:read", [PERMISSION]),
    Operation(
        "GET", "company/permission", "company:permission:read", [PERMISSION], query={"user": "$colleague"}, note="one"
    ),
    Operation(
        "PUT",
        "company/permission",
        "uac:users:update",
        PERMISSION | {"properties": [ID]},
        query={"user": "$colleague"},
        body={"properties": ["$property"]},
    ),
    Operation("GET", "application", "auth:app:read", [APPLICATION]),
    Operation("GET", "application", "auth:app:read", [APPLICATION], query={"id": "$application"}, note="one"),
    Operation(
        "POST",
        "application",
        "auth:app:create",
        APPLICATION | {"client_secret": TEXT, "scopes": TEXT},
        status=201,
        body=APPLICATION_SENT,
    ),
    Operation(
        "PUT",
        "application",
        "auth:app:update",
        APPLICATION | {"scopes": TEXT},
        query={"id": "$application"},
        body=APPLICATION_SENT,
    ),
    Operation(
        "PUT",
        "application",
        "auth:app:update",
        APPLICATION | {"client_secret": TEXT, "scopes": TEXT},
        query={"id": "$application"},
        body={"client_secret": True},
        note="with a new secret",
    ),
    Operation("DELETE", "application", "auth:app:delete", status=204, query={"id": "$application"}),
    Operation("GET", "user", "uac:user:read", USER),
    Operation("PUT", "user", "uac:user:update", USER, body={"first_name": "Jane", "email": "JaneDoe@example.com"}),
    Operation("GET", "users", "uac:users:read", [USER]),
    Operation("GET", "users", "uac:users:read", [USER], query={"user": "$colleague"}, note="one"),
    Operation("POST", "users", "uac:users:create", USER, status=201, body=NEW_USER),
    Operation("PUT", "users", "uac:users:update", USER, query={"user": "$colleague"}, body=NEW_USER),
    Operation("DELETE", "users", "uac:users:delete", USER, query={"user": "$colleague"}),
)

BILLING = (
    Operation("GET", "billing/constants", "billing:constant:read", [CONSTANTS], aliases=("constants",)),
    Operation("GET", "billing/constants", "billing:constant:read", [CONSTANTS], query=IN, note="one"),
    Operation(
        "PUT", "billing/constants", "billing:constant:update", CONSTANTS, query=IN, body=RATES, aliases=("constants",)
    ),
    Operation(
        "PUT",
        "billing/constants",
        "billing:constant:update",
        CONSTANTS,
        body={**RATES, **IN},
        note="property in the body",
    ),
    Operation("GET", "billing/fee", "billing:fee:read", [FEE], query=IN, aliases=("fee",)),
    Operation("GET", "billing/fee", "billing:fee:read", [FEE], query=one("fee"), note="one"),
    Operation("POST", "billing/fee", "billing:fee:write", FEE, status=201, query=IN, body=NEW_FEE, aliases=("fee",)),
    Operation(
        "POST",
        "billing/fee",
        "billing:fee:write",
        FEE,
        status=201,
        body={**NEW_FEE, **IN},
        note="property in the body",
    ),
    Operation(
        "POST",
        "billing/feeFlush",
        "billing:fee:write",
        [FEE],
        status=201,
        query=IN,
        body=[NEW_FEE, {**NEW_FEE, "name": "My New Fee 2"}],
        aliases=("feeFlush",),
    ),
    Operation("PUT", "billing/fee", "billing:fee:update", FEE, query=one("fee"), body=NEW_FEE, aliases=("fee",)),
    Operation("DELETE", "billing/fee", "billing:fee:delete", FEE, query=one("fee"), aliases=("fee",)),
    Operation("GET", "billing/invoice", "billing:invoice:read", [INVOICE], query=IN, aliases=("invoice",)),
    Operation("GET", "billing/invoice", "billing:invoice:read", [INVOICE], query=one("invoice"), note="one"),
    Operation(
        "PUT",
        "billing/invoice",
        "billing:invoice:update",
        INVOICE | {"paid": STAMP},
        query=one("invoice"),
        aliases=("invoice",),
    ),
    Operation(
        "POST",
        "billing/invoice",
        "billing:invoice:generate",
        [INVOICE],
        status=201,
        query=IN,
        body={"month": "2021-03", "service": "$service"},
        aliases=("invoice",),
    ),
    Operation(
        "GET",
        "billing/invoice/<str:name>",
        "billing:invoice:view",
        ODT,
        path={"name": "$filename"},
        aliases=("invoiceFile/<str:name>", "invoiceFile"),
    ),
    Operation("GET", "billing/service", "billing:service:read", [SERVICE], query=IN, aliases=("service",)),
    Operation("GET", "billing/service", "billing:service:read", [SERVICE], query=one("service"), note="one"),
    Operation(
        "POST",
        "billing/service",
        "billing:service:create",
        SERVICE,
        status=201,
        query=IN,
        body=NEW_SERVICE,
        aliases=("service",),
    ),
    Operation(
        "PUT",
        "billing/service",
        "billing:service:update",
        SERVICE,
        query=one("service"),
        body=NEW_SERVICE,
        aliases=("service",),
    ),
    Operation(
        "DELETE", "billing/service", "billing:service:delete", SERVICE, query=one("service"), aliases=("service",)
    ),
    Operation("GET", "billing/suite", "billing:suite:read", [SUITE], query=IN, aliases=("suite",)),
    Operation("GET", "billing/suite", "billing:suite:read", [SUITE], query=one("suite"), note="one"),
    Operation(
        "POST",
        "billing/suite",
        "billing:suite:create",
        SUITE,
        status=201,
        query=IN,
        body={"name": "My New Suite"},
        aliases=("suite",),
    ),
    Operation(
        "PUT",
        "billing/suite",
        "billing:suite:update",
        SUITE,
        query=one("suite"),
        body={"name": "My Newer Suite"},
        aliases=("suite",),
    ),
    Operation("DELETE", "billing/suite", "billing:suite:delete", SUITE, query=one("empty_suite"), aliases=("suite",)),
    Operation("GET", "billing/tenant", "billing:tenant:read", [TENANT], query=IN, aliases=("tenant",)),
    Operation("GET", "billing/tenant", "billing:tenant:read", [TENANT], query=one("tenant"), note="one"),
    Operation(
        "POST",
        "billing/tenant",
        "billing:tenant:create",
        TENANT,
        status=201,
        query=IN,
        body=NEW_TENANT,
        aliases=("tenant",),
    ),
    Operation(
        "PUT",
        "billing/tenant",
        "billing:tenant:update",
        TENANT,
        query=one("tenant"),
        body=NEW_TENANT,
        aliases=("tenant",),
    ),
    Operation("DELETE", "billing/tenant", "billing:tenant:delete", TENANT, query=one("tenant"), aliases=("tenant",)),
    Operation(
        "GET",
        "billing/tenant-suite",
        "billing:tenant-suite:read",
        [TENANT],
        query={**IN, "suite": "$suite"},
        aliases=("tenantSuite",),
        note="of a suite",
    ),
    Operation(
        "GET",
        "billing/tenant-suite",
        "billing:tenant-suite:read",
        [SUITE],
        query={**IN, "tenant": "$tenant"},
        aliases=("tenantSuite",),
        note="of a tenant",
    ),
    Operation(
        "POST",
        "billing/tenant-suite",
        "billing:tenant-suite:create",
        status=204,
        query=IN,
        body={"suite": "$empty_suite", "tenant": "$tenant"},
        aliases=("tenantSuite",),
    ),
    Operation(
        "DELETE",
        "billing/tenant-suite",
        "billing:tenant-suite:delete",
        status=204,
        query={**IN, "suite": "$suite", "tenant": "$tenant"},
        aliases=("tenantSuite",),
    ),
    Operation("GET", "billing/template", "billing:template:update", ODT, query=IN),
    Operation(
        "PUT",
        "billing/template",
        "billing:template:update",
        {"property": ID, "created": STAMP, "size": WHOLE, "sha256": TEXT},
        query=IN,
        body=default_template(),
        media_type=ODT.media_type,
    ),
    Operation("DELETE", "billing/template", "billing:template:update", status=204, query=IN),
)

REPORTING = (
    Operation("GET", "reports/period-consumption", "report:reading:period", [PERIOD_ROW], query=REPORT),
    Operation("GET", "reports/single-grand-total", "report:reading:single", [TOTAL_ROW], query=ONE_DAY),
    Operation("GET", "reports/daily-grand-total", "report:reading:daily", [{"date": DATE} | TOTAL_ROW], query=REPORT),
    Operation("GET", "reports/counts", "report:general:count", [COUNTS]),
    Operation(
        "GET", "reports/interval", "report:reading:interval", [INTERVAL_ROW], query={**REPORT, "interval": "DAY"}
    ),
)

OPERATIONS: tuple[Operation, ...] = (*METERING, *ACCOUNTS, *FILE_UPLOAD, *BILLING, *REPORTING, *SCHEDULED)

OPEN = frozenset({"auth", "auth/authorization", "faq", "documentation", "guide", "docs", "schema"})
"""What the API serves without a token of its own: it hands them out, or tells people about the API."""
