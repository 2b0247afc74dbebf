"""How complete the reads are that a report rests on, in words that an owner understands."""

from collections import defaultdict
from collections.abc import Iterator

from reporting.sections.estate import Estate
from reporting.sections.parts import MARK, Column, Grid, Kind, Part, Row, Words
from reporting.sections.words import days_of

NAMED_AT_MOST = 5
COLUMNS = (Column("Property", Kind.TEXT), Column("Meters", Kind.COUNT), Column("What is incomplete", Kind.TEXT))


def about_the_data(estate: Estate) -> Iterator[Part]:
    """What is missing or estimated, property by property; that all is there, where it is."""
    if estate.meters and not estate.incomplete:
        count = len(estate.meters)
        meters = "The one meter" if count == 1 else f"Every one of the {count:,} meters"
        yield Words(
            f"{meters} was read on each of the {days_of(len(estate.days))} of the period, and no register looked wrong. No "
            "figure is estimated."
        )
    if estate.incomplete:
        yield Words(
            f"Figures of properties marked {MARK} rest on reads that are incomplete, as listed here. Nothing is made up for "
            "what is missing: consumption is counted when a meter’s register is read again, so what was used on days without "
            "reads is in the figure of the day on which they came back."
        )
        yield Grid("Incomplete reads", COLUMNS, list(_rows(estate)))
    yield Words(
        "Consumption is the difference of meters’ registers. Days and months begin at midnight in each property’s own time "
        "zone. A property that has a main meter for a utility is counted by it, and otherwise by the sum of its meters. kWh "
        "and m³ are never added together, nor is water to gas. Changes are against the period before. Figures are rounded for "
        "print, totals are added before rounding.",
        quiet=True,
    )


def _rows(estate: Estate) -> Iterator[Row]:
    for owner in estate.properties:
        mine = [meter for meter in estate.meters if meter.property_id == owner.pk and meter.pk in estate.incomplete]
        if mine:
            alike: dict[str, list[str]] = defaultdict(list)
            for meter in mine:
                alike[estate.incomplete[meter.pk]].append(meter.name)
            told = "; ".join(f"{_named(names)}: {note}" for note, names in alike.items())
            yield Row((owner.display_name, len(mine), f"{told}."))


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:NAMED_AT_MOST])
    return shown if len(names) <= NAMED_AT_MOST else f"{shown} and {len(names) - NAMED_AT_MOST} more"
