"""Metering's operations in words and examples (reference, Read, Meter, Property; decisions, section 6)."""

from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation, Parameter
from intellimeter.common.api.schema.shapes import COUNT, TEXT, any_case, by_property, listed
from metering.api.read_query import UNITS
from metering.api.serializers import IngestResultSerializer
from metering.api.shapes import BATCH, BY_NAME, METER_ROW, PROPERTY_ROW, SUITE_ROW

PART = "Endpoints"

# --- Read

READS = {
    "suite": {
        "8b70ac80": [
            {
                "kwh": 1258.265,
                "kwh_interval": 0.5,
                "suite": "8b70ac80",
                "suite_name": "Test Suite",
                "time_stamping": "2021-04-09T10:20:00",
            }
        ]
    },
    "property": [
        {
            "address": "123 Main St.",
            "display_name": "My Property",
            "job_name": "My Job",
            "job_number": "12-345-6789",
            "kwh": 3269.391,
            "kwh_interval": 0.02,
            "property": "8b70ac80",
            "time_stamping": "2021-04-09T07:20:00",
        }
    ],
    "meter": {
        "8b70ac80": [
            {
                "floor": None,
                "kwh": 24263.301,
                "kwh_interval": 0.005,
                "meter": "5754eba3",
                "name": "My Suite 1 Electricity",
                "panel": None,
                "serial_number": "12-345-6789-S5301-1-Meter-01",
                "suite": "2fbac398",
                "time_stamping": "2021-04-09T10:20:00",
                "units": "kwh",
                "utility": "E",
            }
        ]
    },
}
SENT = {
    "reads": {
        "replace": False,
        "reads": [
            {
                "serial_number": "20-350-Testing-MFX-1-Meter-01",
                "time_stamping": "2021-01-20T15:20:00",
                "kwh": 1.5,
                "voltage_a": 121.9,
            }
        ],
    },
    "file_send": {
        "Meter1": {
            "serial_number": "20-350-Testing-MFX-1-Meter-01",
            "utility": "E",
            "panel": None,
            "suite": None,
            "floor": None,
            "time_stamping": "2021-01-20 15:20:00",
            "sent": None,
            "voltage_a": 122.3,
            "voltage_b": 122.4,
            "voltage_c": 122.0,
        }
    },
}
CSV = """name,serial_number,utility,panel,suite,floor,time_stamping,sent,voltage_a,voltage_b,voltage_c
Meter1,20-350-Testing-MFX-1-Meter-01,E,,,,2021-01-20 15:20:00,,122.3,122.4,122.0
"""
XML = """<?xml version="1.0" encoding="UTF-8" ?>
<reads>
    <item>
        <name>Meter1</name>
        <serial_number>20-350-Testing-MFX-1-Meter-01</serial_number>
        <utility>E</utility>
        <panel></panel>
        <suite></suite>
        <floor></floor>
        <time_stamping>2021-01-20 15:20:00</time_stamping>
        <sent></sent>
        <voltage_a>122.3</voltage_a>
    </item>
</reads>
"""

READ = Chapter(
    name="Read",
    part=PART,
    description="Retrieves your meter reads, and takes new ones in.",
    operations={
        "list": Operation(
            summary="Retrieves your most recent reads",
            description=(
                "The newest read of each group; with `limit_quantity`, all reads since then, oldest first. Groups of suites "
                "and properties add up what their meters measure, per utility. The metering points of meters vary."
            ),
            parameters=(
                Parameter(
                    name="by",
                    description="What to group your meter reads by.",
                    schema=any_case("suite", "property", "meter"),
                    required=True,
                    example="suite",
                ),
                Parameter(
                    name="limit_quantity",
                    description="How many units of time to go back, at most ten years; 0 for the newest reads only.",
                    schema=COUNT | {"default": 0},
                ),
                Parameter(
                    name="limit_unit",
                    description="The unit of `limit_quantity`: Second, Minute, Hour, Day or Week.",
                    schema=any_case(*UNITS) | {"default": "Hour"},
                    example="Hour",
                ),
            ),
            answers={
                200: Answer(
                    description="By suite and by meter, a list for each property's id; by property, one list.",
                    content={
                        "application/json": Content(
                            schema={
                                "anyOf": [by_property(SUITE_ROW), listed(PROPERTY_ROW), by_property(METER_ROW)],
                            },
                            examples=READS,
                        )
                    },
                )
            },
        ),
        "create": Operation(
            summary="Sends reads in",
            description=(
                "A batch of reads as JSON, or a file in one of the File Send formats. A bad row is rejected alone; a file "
                "that cannot be parsed stores nothing. What is accepted is stored before the answer goes out. Reads may come "
                "late, twice and in any order. `Content-Encoding: gzip` serves."
            ),
            bodies={
                "application/json": Content(schema={"anyOf": [BATCH, BY_NAME]}, examples=SENT),
                "text/csv": Content(schema=TEXT, example=CSV),
                "application/xml": Content(schema=TEXT, example=XML),
                "text/xml": Content(schema=TEXT, example=XML),
            },
            answers={
                200: Answer(
                    description="What became of the batch.",
                    content={
                        "application/json": Content(
                            schema=IngestResultSerializer,
                            example={
                                "accepted": 1,
                                "duplicates": 0,
                                "conflicts": 0,
                                "rejected": [
                                    {
                                        "row": 3,
                                        "serial_number": "20-350",
                                        "message": "The property has no meter with this serial number.",
                                    }
                                ],
                            },
                        )
                    },
                )
            },
        ),
    },
)

# --- Permissions

PERMISSION = Chapter(
    name="Permission",
    part=PART,
    description="What each user of your company may see and be granted.",
    example={
        "user": "8b70ac80",
        "admin": False,
        "properties": ["8b70ac80"],
        "scopes": ["meter:meters:read", "meter:reads:read"],
    },
    fields={
        "user": "The user's ID",
        "admin": "If the user has admin rights",
        "properties": "`all`, or the IDs of the properties that the user may see",
        "scopes": "The scopes that the user may be granted",
    },
    operations={
        "list": Operation(summary="Returns the rights of the requested user, or of all users"),
        "update": Operation(
            summary="Changes which properties a user may see",
            body={"properties": ["8b70ac80"]},
        ),
    },
)

# --- Meter

METER = Chapter(
    name="Meter",
    part=PART,
    description="The viewing and management of the meters installed on a property.",
    example={
        "floor": None,
        "id": "2fbac398",
        "name": "My Suite 1 Electricity",
        "panel": None,
        "property": "8b70ac80",
        "serial_number": "12-345-6789-S5301-1-Meter-01",
        "suite": "8b70ac80",
        "suite_name": "Test Suite",
        "units": "kwh",
        "utility": "E",
    },
    fields={
        "floor": "The floor the meter is located on",
        "id": "The ID of the meter",
        "name": "The name of the meter",
        "panel": "The panel where the meter is located",
        "property": "The ID of the property where the meter is located",
        "serial_number": "The meter's serial number",
        "suite": "The ID of the suite that the meter serves now",
        "suite_name": "The name of the suite that the meter serves now",
        "units": "The unit of measure: kwh (electricity) or m3 (water, gas)",
        "utility": "What the meter measures: E (electricity), W (water), or G (gas)",
    },
    operations={
        "list": Operation(summary="Returns the meters of the property"),
        "update": Operation(
            summary="Updates where a meter is, and the suite it serves",
            description="A suite counts from now on; a meter's first suite counts from the beginning. `null` clears.",
            body={"floor": "3", "panel": "5", "suite": "8b70ac80"},
        ),
    },
)

# --- Property

PROPERTY = Chapter(
    name="Property",
    part=PART,
    description="The viewing and management of your properties.",
    example={
        "address": "123 Main St.",
        "company": "8b70ac80",
        "created": "2021-03-29T17:15:15",
        "display_name": "My Property",
        "id": "8b70ac80",
        "job_name": "Example Job",
        "job_number": "12-345-6789",
        "updated": "2021-04-09T10:44:43",
    },
    fields={
        "address": "The address of the property",
        "company": "The ID of the company the property belongs to",
        "created": "The date and time the property was created",
        "display_name": "The display name of the property",
        "id": "The ID of the property",
        "job_name": "The job name of the property",
        "job_number": "The job number of the property",
        "updated": "The date and time the property was last updated",
    },
    operations={
        "list": Operation(summary="Returns information about a single property, or all properties"),
        "update": Operation(
            summary="Updates information about a single property",
            body={"address": "New Address", "display_name": "New Display Name", "job_name": "New Name"},
        ),
    },
)
