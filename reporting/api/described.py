"""Reporting's operations in words and examples (reference, Reports; decisions, section 8)."""

from typing import Any

from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation, Parameter
from intellimeter.common.api.schema.shapes import (
    BINARY,
    COUNT,
    FLAG,
    ID,
    LOCAL_TIME,
    NUMBER,
    TEXT,
    Shape,
    any_case,
    listed,
    nullable,
    one_of,
    record,
)
from reporting.exporters import FORMATS

PART = "Reports"
MEDIA_TYPES = {FORMATS[name].content_type.partition(";")[0] for name in FORMATS}

METER: dict[str, Shape] = {
    "meter": ID,
    "name": TEXT,
    "serial_number": TEXT,
    "suite": nullable(ID),
    "suite_name": nullable(TEXT),
    "utility": one_of("E", "W", "G"),
    "units": one_of("kwh", "m3"),
}
SHOWN_METER = {
    "meter": "5754eba3",
    "name": "My Suite 1 Electricity",
    "serial_number": "12-345-6789-S5301-1-Meter-01",
    "suite": "2fbac398",
    "suite_name": "Test Suite",
    "utility": "E",
    "units": "kwh",
}
FIGURE = nullable(NUMBER)

START = Parameter(
    name="start",
    description="The start of the range: a date (a whole local day), or a date and time in ISO 8601 (not included itself).",
    schema=TEXT,
    required=True,
    example="2021-03-09",
)
END = Parameter(
    name="end",
    description="The end of the range: a date (a whole local day, included), or a date and time in ISO 8601.",
    schema=TEXT,
    required=True,
    example="2021-03-13",
)
INTERVAL = Parameter(
    name="interval",
    description="What to count by: HOUR, DAY, MONTH or YEAR.",
    schema=any_case("hour", "day", "month", "year"),
    required=True,
    example="DAY",
)
COMMON = (
    Parameter(
        name="ids",
        description="The ids of the meters with commas between them, or all.",
        schema=TEXT,
        required=True,
        example="all",
    ),
    Parameter(
        name="type",
        description="The format: RAW is a JSON answer, the others are files.",
        schema=any_case(*sorted(FORMATS)) | {"default": "RAW"},
        example="RAW",
    ),
    Parameter(name="pretty", description="Whether to lay the result out for people.", schema=FLAG | {"default": False}),
    Parameter(
        name="table_name",
        description="Of MYSQL: the table that rows are inserted into; the report's name by default.",
        schema={"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$", "maxLength": 64},
    ),
)


def _report(
    name: str, summary: str, *, range: tuple[Parameter, ...], columns: dict[str, Shape], example: dict[str, Any]
) -> Chapter:
    """A report's chapter: its columns as objects, and as a file in each format."""
    rows = listed(record(columns))
    json = Content(schema=rows, example=[{column: example[column] for column in columns}])
    files = {media_type: Content(schema=BINARY) for media_type in sorted(MEDIA_TYPES)}
    answer = Answer(
        description="The rows, by time and then by meter's name. All but RAW come as an attachment.",
        content={**files, "application/json": json},
    )
    return Chapter(
        name=name,
        part=PART,
        description=summary + ".",
        operations={"list": Operation(summary=summary, parameters=(*range, *COMMON), answers={200: answer})},
    )


PERIOD_CONSUMPTION = _report(
    "Period Consumption",
    "Returns each meter's consumption over a period of time",
    range=(START, END),
    columns=METER
    | {"start": LOCAL_TIME, "end": LOCAL_TIME, "start_read": FIGURE, "end_read": FIGURE, "consumption": FIGURE},
    example=SHOWN_METER
    | {
        "start": "2021-03-09T00:00:00",
        "end": "2021-03-14T00:00:00",
        "start_read": 24251.5,
        "end_read": 24263.301,
        "consumption": 11.801,
    },
)
SINGLE_GRAND_TOTAL = _report(
    "Single Grand Total",
    "Returns each meter's last read of a day",
    range=(START,),
    columns=METER | {"time_stamping": nullable(LOCAL_TIME), "grand_total": FIGURE},
    example=SHOWN_METER | {"time_stamping": "2021-03-09T23:45:00", "grand_total": 24263.301},
)
DAILY_GRAND_TOTAL = _report(
    "Daily Grand Total",
    "Returns each meter's last read of each day in a range",
    range=(START, END),
    columns={
        "date": {"type": "string", "format": "date"},
        **METER,
        "time_stamping": nullable(LOCAL_TIME),
        "grand_total": FIGURE,
    },
    example=SHOWN_METER | {"date": "2021-03-09", "time_stamping": "2021-03-09T23:45:00", "grand_total": 24263.301},
)
INTERVAL_REPORT = _report(
    "Interval Report",
    "Returns each meter's consumption by hour, day, month or year",
    range=(START, END, INTERVAL),
    columns={
        "time_stamping": {
            "type": "string",
            "description": "Cut to the step: 2021-03-09T14, 2021-03-09, 2021-03, 2021.",
        },
        **METER,
        "consumption": FIGURE,
    },
    example=SHOWN_METER | {"time_stamping": "2021-03-09", "consumption": 2.36},
)

PERCENT = {"type": "number", "minimum": 0, "maximum": 100}
PARTS = ("late", "on_time", "paid", "unpaid")
COUNTED = record(
    {
        "invoices": record(
            dict.fromkeys((*PARTS, "total"), COUNT) | {f"{part}_percent": PERCENT for part in PARTS},
        ),
        "monthly_consumption": record(dict.fromkeys(("electrical", "gas", "water"), NUMBER)),
    }
)
COUNTS = Chapter(
    name="Counts",
    part=PART,
    description="Counts and statistics about your company.",
    operations={
        "list": Operation(
            summary="Returns counts of invoices, and this month's consumption",
            description=(
                "Late is unpaid past `due`, or paid after it; on time is the rest. The consumption is that of this local "
                "calendar month so far, in kWh and m³."
            ),
            answers={
                200: Answer(
                    description="A list of one.",
                    content={
                        "application/json": Content(
                            schema=listed(COUNTED),
                            example=[
                                {
                                    "invoices": {
                                        "late": 6,
                                        "late_percent": 13.953488372093023,
                                        "on_time": 37,
                                        "on_time_percent": 86.04651162790698,
                                        "paid": 2,
                                        "paid_percent": 4.651162790697675,
                                        "total": 43,
                                        "unpaid": 41,
                                        "unpaid_percent": 95.34883720930233,
                                    },
                                    "monthly_consumption": {"electrical": 200.235, "gas": 60.289, "water": 30.458},
                                }
                            ],
                        )
                    },
                )
            },
        )
    },
)
