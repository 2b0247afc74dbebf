"""Scheduled reports in words and examples (reference, Scheduled Reports; decisions, section 8)."""

from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation, Parameter
from intellimeter.common.api.schema.shapes import BINARY, DURATION, TEXT, Shape, record, said
from reporting.api.described import PART

SENT = {
    "name": "Report 2",
    "period": 1,
    "repeat": "day",
    "reports": ["ConsumptionTable", "ConsumptionMonthly", "ConsumptionDaily", "ConsumptionDistribution"],
}
SHOWN = {
    "active": True,
    "created": "2021-05-25T13:26:35",
    "end": None,
    "id": "8b70ac80",
    "last_run": None,
    "name": "My Report",
    "period": None,
    "repeat": "never",
    "reports": ["ConsumptionTable", "ConsumptionMonthly", "ConsumptionDaily", "ConsumptionDistribution"],
    "result": None,
    "start": "2021-05-25",
    "updated": "2021-05-27T09:54:39",
    "user": "8b70ac80",
}
SCHEDULE = Chapter(
    name="Scheduled Reports",
    part=PART,
    description="Reports that are made on a schedule as PDF and mailed to you.",
    example=SHOWN,
    fields={
        "active": "Whether the report is made on its schedule.",
        "created": "When the report was created.",
        "end": "The last date on which it may run; null for no end.",
        "id": "The ID of the report.",
        "last_run": "When it was last run; null if never.",
        "name": "The name of the report, which stands on its cover.",
        "period": "How many repeats pass between two runs: 2 with week is every other week.",
        "repeat": "How often it runs: never, day, week, month or year, in whatever case.",
        "reports": "The sections of the PDF, in their order.",
        "result": "How the last run went, in a sentence; null if there was none.",
        "start": "The date from which due dates are counted; null for the date of creation.",
        "updated": "When the report was last updated.",
        "user": "Whose report it is, and who gets it by mail.",
    },
    operations={
        "list": Operation(
            summary="Returns a list of your scheduled reports",
            description="It runs at 06:00 of the company's local time on each due date.",
        ),
        "create": Operation(summary="Creates a new scheduled report", body=SENT),
        "update": Operation(summary="Updates an existing scheduled report", body=SENT),
        "destroy": Operation(summary="Deletes the specified report"),
    },
)

QUEUED = {
    "code": 202,
    "error": "Accepted",
    "interval": "0:00:05",
    "message": (
        "The report generation job has been started. Please poll "
        "/api/v1/reports/schedule/poll?id=8b70ac80&token=179c9419c6d for the status"
    ),
    "poll_uri": "https://portal.example.com/api/v1/reports/schedule/poll?id=8b70ac80&token=179c9419c6d",
}
TOO_EARLY = {
    "code": 425,
    "error": "Too Early",
    "message": "The requested report is still being created. Please check again later.",
}
FAILED = {"code": 500, "error": "Internal Server Error", "message": "The report could not be made."}
SENTENCE: dict[str, Shape] = {
    "code": {"type": "integer", "description": "The HTTP status."},
    "error": said(TEXT, "The words of the status."),
    "message": said(TEXT, "How it stands, in a sentence."),
}
ERROR = record(SENTENCE)
TOKEN = Parameter(
    name="token",
    description="The token that queuing the report gave; it is part of poll_uri.",
    schema=TEXT,
    required=True,
    example="179c9419c6d",
)
GENERATION = Chapter(
    name="Generate a Scheduled Report",
    part=PART,
    description="Queues one of your scheduled reports to be generated now, and hands it out when it is done.",
    operations={
        "generate": Operation(
            summary="Queues the specified report for generation",
            answers={
                202: Answer(
                    description="It is queued; ask at poll_uri, no oftener than interval.",
                    content={
                        "application/json": Content(
                            schema=record(
                                SENTENCE
                                | {
                                    "interval": said(DURATION, "How long to wait between two polls."),
                                    "poll_uri": {
                                        "type": "string",
                                        "format": "uri",
                                        "description": "Where to poll, with the id and the token.",
                                    },
                                }
                            ),
                            example=QUEUED,
                        )
                    },
                )
            },
            refuses=(409,),
        ),
        "poll": Operation(
            summary="Returns the report once it has been generated",
            parameters=(TOKEN,),
            answers={
                200: Answer(description="The PDF.", content={"application/pdf": Content(schema=BINARY)}),
                425: Answer(
                    description="It is still being generated.",
                    content={"application/json": Content(schema=ERROR, example=TOO_EARLY)},
                ),
                500: Answer(
                    description="It could not be generated; the message says why.",
                    content={"application/json": Content(schema=ERROR, example=FAILED)},
                ),
            },
        ),
    },
)
