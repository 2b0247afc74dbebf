"""The operations of scheduled reports: a part of the table in `operations.py`."""

from tests.contract.calls import Operation
from tests.contract.shapes import ANY_LIST, DATE, FLAG, ID, NULL, STAMP, TEXT, WHOLE

SCHEDULE = {
    "active": FLAG,
    "created": STAMP,
    "end": DATE | NULL,
    "id": ID,
    "last_run": STAMP | NULL,
    "name": TEXT,
    "period": WHOLE | NULL,
    "repeat": TEXT,
    "reports": ANY_LIST,
    "result": TEXT | NULL,
    "start": DATE | NULL,
    "updated": STAMP,
    "user": ID,
}
QUEUED = {"code": 202, "error": "Accepted", "interval": "0:00:05", "message": TEXT, "poll_uri": TEXT}
TOO_EARLY = {
    "code": 425,
    "error": "Too Early",
    "message": "The requested report is still being created. Please check again later.",
}
NEW_SCHEDULE = {
    "name": "Report 2",
    "period": 1,
    "repeat": "day",
    "reports": ["ConsumptionTable", "ConsumptionMonthly", "ConsumptionDaily", "ConsumptionDistribution"],
}

SCHEDULED = (
    Operation("GET", "reports/schedule", "report:schedule:read", [SCHEDULE], aliases=("reports/reports/schedule",)),
    Operation("GET", "reports/schedule", "report:schedule:read", [SCHEDULE], query={"id": "$schedule"}, note="one"),
    Operation(
        "POST",
        "reports/schedule",
        "report:schedule:create",
        [SCHEDULE],
        201,
        body=NEW_SCHEDULE,
        aliases=("reports/reports/schedule",),
    ),
    Operation(
        "PUT",
        "reports/schedule",
        "report:schedule:update",
        [SCHEDULE],
        query={"id": "$schedule"},
        body=NEW_SCHEDULE,
        aliases=("reports/reports/schedule",),
    ),
    Operation(
        "DELETE",
        "reports/schedule",
        "report:schedule:delete",
        [SCHEDULE],
        query={"id": "$schedule"},
        aliases=("reports/reports/schedule",),
    ),
    Operation(
        "GET",
        "reports/schedule/generate",
        "report:schedule:generate",
        QUEUED,
        202,
        query={"id": "$schedule"},
        aliases=("reports/reports/schedule/generate",),
    ),
    Operation(
        "GET",
        "reports/schedule/poll",
        "report:schedule:generate",
        TOO_EARLY,
        425,
        query={"id": "$schedule", "token": "$token"},
        aliases=("reports/reports/schedule/poll",),
    ),
)
