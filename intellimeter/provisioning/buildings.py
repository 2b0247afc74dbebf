"""Properties with their suites and meters."""

from functools import partial
from typing import Any

from accounts.models import Company
from intellimeter.provisioning.records import Entry
from intellimeter.provisioning.site import METER_FIELDS, PROPERTY_FIELDS
from intellimeter.provisioning.upsert import Run, by_key, change_to, differing
from metering import services
from metering.models import Meter, Property, Suite


def lay_property(run: Run, company: Company, entry: Entry) -> Property | None:
    """The property, without what stands in it. A new one's names default to each other, its zone to the company's."""
    values = entry.only(*PROPERTY_FIELDS)
    name = values.get("display_name", values.get("job_name", values["job_number"]))
    defaults = {"job_name": name, "display_name": name, "timezone": company.timezone}
    return run.lay(
        "properties",
        entry,
        list(Property.objects.filter(company=company, job_number=entry["job_number"])),
        create=partial(services.create_property, company=company, **(defaults | values)),
        update=lambda property: change_to(property, values, partial(services.update_property, property=property)),
    )


def lay_suites(run: Run, property: Property, entry: Entry) -> dict[str, Suite]:
    """All suites of the property by name, those that the file adds included."""
    suites = {suite.name: suite for suite in property.suites.all()}
    for index, name in enumerate(entry.get("suites", [])):
        suite = run.lay(
            "suites",
            Entry(f"{entry.place}.suites[{index}]", {"name": name}),
            [suites[name]] if name in suites else [],
            create=partial(services.create_suite, property=property, name=name),
            update=lambda suite: False,
        )
        if suite is not None:
            suites[name] = suite
    return suites


def lay_meters(run: Run, property: Property, suites: dict[str, Suite], entry: Entry) -> dict[str, Meter]:
    """The file's meters by serial number, each with the suite that it serves from now on (a first one: from ever)."""
    known = by_key(property.meters.with_current_suite(), "serial_number")
    laid = {}
    for meter_entry in entry.get("meters", []):
        values = meter_entry.only(*METER_FIELDS)
        suite = meter_entry.get("suite")
        if suite is not None and suite not in suites:
            run.problems.add(meter_entry.at("suite"), f"{suite!r} is no suite of this property; add it to `suites`.")
            continue
        if "suite" in meter_entry:
            values["suite"] = suites[suite] if suite is not None else None
        meter = run.lay(
            "meters",
            meter_entry,
            known.get(meter_entry["serial_number"], []),
            needs=("name", "utility"),
            create=partial(services.create_meter, property=property, **values),
            update=partial(_update_meter, values),
        )
        if meter is not None:
            laid[meter.serial_number] = meter
    return laid


def _update_meter(values: dict[str, Any], meter: Any) -> bool:
    """`meter` knows the suite that it serves now (`with_current_suite`)."""
    changed = differing(meter, {name: value for name, value in values.items() if name != "suite"})
    if "suite" in values and (values["suite"].pk if values["suite"] else None) != meter.suite_pk:
        changed["suite"] = values["suite"]
    if changed:
        services.update_meter(meter=meter, **changed)
    return bool(changed)
