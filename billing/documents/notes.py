"""The sentences under an invoice's meters: what a tenant who checks the figures would otherwise stumble over."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from billing.models import Invoice, InvoiceLine
from intellimeter.common.documents import figures
from intellimeter.common.local_time import day_start, local_stamp, zone_of

SPLIT = (
    "Shares are rounded so that the amounts of all suites add up to the property's: yours may differ from the product "
    "by one cent."
)


def notes_of(invoice: Invoice, lines: Sequence[InvoiceLine]) -> Iterable[str]:
    """One sentence for each kind of thing that needs saying; none for a plain invoice."""
    meters = [meter for line in lines for meter in line.basis]
    zone = zone_of(invoice.timezone)
    bounds = [local_stamp(day_start(day, zone), zone) for day in (invoice.period_start, invoice.period_end)]
    for meter in meters:
        if [meter["start"], meter["end"]] != bounds:
            start, end = (figures.stamp(datetime.fromisoformat(meter[key])) for key in ("start", "end"))
            yield f"Meter {meter['serial_number']} served your suite from {start} to {end} only."
    if flagged := [meter for meter in meters if meter["flagged"]]:
        count = sum(int(meter["flagged"]) for meter in flagged)
        yield (
            f"{count} {'read' if count == 1 else 'reads'} of {_names(flagged)} did not fit the ones around "
            f"{'it' if count == 1 else 'them'} and {'was' if count == 1 else 'were'} set aside for review: nothing is "
            "charged on the strength of such a read."
        )
    if restarted := [meter for meter in meters if _restarted(meter)]:
        yield (
            f"The register of {_names(restarted)} began anew within the period, so its consumption is not the "
            "difference of the two registers: it was added up before and after."
        )
    if any(line.share is not None for line in lines):
        yield SPLIT


def _restarted(meter: dict[str, Any]) -> bool:
    """Whether the meter rolled over, was reset or was replaced: its registers do not differ by what it consumed."""
    if meter["start_register"] is None or meter["end_register"] is None:
        return False
    return Decimal(meter["end_register"]) - Decimal(meter["start_register"]) != Decimal(meter["consumption"])


def _names(meters: Sequence[dict[str, Any]]) -> str:
    names = [f"meter {meter['serial_number']}" for meter in meters]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
