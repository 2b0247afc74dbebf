"""The fields of meters and their reads, for the API's description (reference, Read)."""

from intellimeter.common.api.schema.shapes import (
    ID,
    LOCAL_TIME,
    NUMBER,
    TEXT,
    Shape,
    listed,
    nullable,
    one_of,
    record,
    said,
)

METER: dict[str, Shape] = {
    "meter": said(ID, "The ID of the meter."),
    "name": said(TEXT, "The name of the meter."),
    "serial_number": said(TEXT, "The serial number of the meter."),
    "suite": said(nullable(ID), "The ID of the suite that the meter serves now; null where none."),
    "utility": said(one_of("E", "W", "G"), "What the meter measures: E (electricity), W (water) or G (gas)."),
    "units": said(one_of("kwh", "m3"), "The unit of measure: kwh (electricity) or m3 (water, gas)."),
}
READ_AT = LOCAL_TIME | {"description": "When the read was taken: the property's local time, without an offset."}
POINT = nullable(NUMBER)
UNITS = {"kwh": "in kWh", "m3": "in m³"}
OF_GROUPS = {"kwh": "electricity, in kWh", "water_m3": "water, in m³", "gas_m3": "gas, in m³"}

OWN_POINTS: dict[str, Shape] = {}
for name, unit in UNITS.items():
    OWN_POINTS[name] = said(POINT, f"The register, {unit}; null where the read had none.")
    OWN_POINTS[f"{name}_interval"] = said(POINT, f"The consumption since the meter's previous read, {unit}.")
TOTALS: dict[str, Shape] = {}
for name, what in OF_GROUPS.items():
    TOTALS[name] = said(POINT, f"The registers of its meters of {what}, added up.")
    TOTALS[f"{name}_interval"] = said(POINT, f"The consumption since the previous reads of {what}, added up.")

METER_ROW = record(
    METER
    | OWN_POINTS
    | {
        "floor": said(nullable(TEXT), "The floor the meter is located on."),
        "panel": said(nullable(TEXT), "The panel where the meter is located."),
        "time_stamping": READ_AT,
    },
    optional=tuple(OWN_POINTS),
    more={"description": "Any other metering point, as it was sent: voltage_a, kva, pf, …"},
)
SUITE_ROW = record(
    TOTALS
    | {
        "suite": said(ID, "The ID of the suite."),
        "suite_name": said(TEXT, "The name of the suite."),
        "time_stamping": READ_AT,
    },
    optional=tuple(TOTALS),
)
PROPERTY_ROW = record(
    TOTALS
    | {
        "address": said(TEXT, "The address where the property is located."),
        "display_name": said(TEXT, "The display name of the property."),
        "job_name": said(TEXT, "The job name of the property."),
        "job_number": said(TEXT, "The job number of the property."),
        "property": said(ID, "The ID of the property."),
        "time_stamping": READ_AT,
    },
    optional=tuple(TOTALS),
)

SENT_READ: dict[str, Shape] = {
    "serial_number": said(TEXT, "The serial number of a meter of the property."),
    "time_stamping": said(
        TEXT, "When the read was taken: any ISO 8601 form; the property's local time without an offset."
    ),
}
BATCH = record(
    {
        "replace": {
            "type": "boolean",
            "default": False,
            "description": "Whether a value that contradicts a stored one takes its place, instead of being a conflict.",
        },
        "reads": said(
            listed(
                record(
                    SENT_READ,
                    more={
                        "type": ["number", "string", "null"],
                        "description": "A metering point: the register is kwh or m3.",
                    },
                )
            ),
            "The reads, in any order; each of one meter at one instant.",
        ),
    },
    optional=("replace",),
)
BY_NAME: Shape = {
    "type": "object",
    "description": "File Send JSON: the meter's name to its read.",
    "additionalProperties": record(SENT_READ, more=True),
}
