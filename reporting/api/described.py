"""Reporting's operations in words and examples (reference, Reports; decisions, section 8)."""

from typing import Any

from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation, Parameter
from intellimeter.common.api.schema.shapes import (
    BINARY,
    COUNT,
    DATE,
    FLAG,
    LOCAL_TIME,
    NUMBER,
    TEXT,
    Shape,
    any_case,
    listed,
    nullable,
    record,
    said,
)
from metering.api.shapes import METER as OF_METERS
from reporting.exporters import FORMATS

PART = "Reports"
MEDIA_TYPES = {FORMATS[name].content_type.partition(";")[0] for name in FORMATS}

SUITE_NAME = said(nullable(TEXT), "The name of that suite.")
METER: dict[str, Shape] = {
    name: OF_METERS.get(name, SUITE_NAME)
    for name in ("meter", "name", "serial_number", "suite", "suite_name", "utility", "units")
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
GRAND_TOTAL = said(nullable(NUMBER), "The register at that read, in kWh or m³; null where there is none.")
CONSUMPTION = said(nullable(NUMBER), "What the meter consumed meanwhile, in kWh or m³; null where it has no read.")
LAST_READ = said(nullable(LOCAL_TIME), "When the meter's last read of the day was taken; null where there is none.")

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
    | {
        "start": said(LOCAL_TIME, "Where the period begins, in the property's local time."),
        "end": said(LOCAL_TIME, "Where it ends."),
        "start_read": said(nullable(NUMBER), "The register at the last read at or before the start; null where none."),
        "end_read": said(nullable(NUMBER), "The register at the last read at or before the end; null where none."),
        "consumption": CONSUMPTION,
    },
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
    columns=METER | {"time_stamping": LAST_READ, "grand_total": GRAND_TOTAL},
    example=SHOWN_METER | {"time_stamping": "2021-03-09T23:45:00", "grand_total": 24263.301},
)
DAILY_GRAND_TOTAL = _report(
    "Daily Grand Total",
    "Returns each meter's last read of each day in a range",
    range=(START, END),
    columns={
        "date": said(DATE, "The local day."),
        **METER,
        "time_stamping": LAST_READ,
        "grand_total": GRAND_TOTAL,
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
            "description": "The start of the step, cut to it: 2021-03-09T14, 2021-03-09, 2021-03, 2021.",
        },
        **METER,
        "consumption": CONSUMPTION,
    },
    example=SHOWN_METER | {"time_stamping": "2021-03-09", "consumption": 2.36},
)

PERCENT = {"type": "number", "minimum": 0, "maximum": 100}
PARTS = {
    "late": "are unpaid past their due date, or were paid after it",
    "on_time": "are not late",
    "paid": "are paid",
    "unpaid": "are not paid yet",
}
UTILITIES = {"electrical": "electricity, in kWh", "gas": "gas, in m³", "water": "water, in m³"}
COUNTED = record(
    {
        "invoices": said(
            record(
                {"total": said(COUNT, "How many invoices there are in all.")}
                | {part: said(COUNT, f"How many invoices {meaning}.") for part, meaning in PARTS.items()}
                | {f"{part}_percent": said(PERCENT, f"How many percent of the total {PARTS[part]}.") for part in PARTS}
            ),
            "The invoices of the company.",
        ),
        "monthly_consumption": said(
            record({name: said(NUMBER, f"The consumption of {what}.") for name, what in UTILITIES.items()}),
            "What the company's properties consumed in this local calendar month so far.",
        ),
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
