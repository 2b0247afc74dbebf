"""The suite's last months as an invoice copied them, ready to draw."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from intellimeter.common.portal.bars import Bar, bars
from metering.enums import Utility


@dataclass(frozen=True, slots=True)
class UtilityUsage:
    """One utility's months, oldest first, in its unit; None where the invoice has no figure for a month."""

    utility: Utility
    months: list[tuple[str, Decimal | None]]
    bars: list[Bar]

    @property
    def highest(self) -> Decimal:
        """The most in a month."""
        return max(value for _, value in self.months if value is not None)


def usage_bars(usage: list[dict[str, Any]]) -> list[UtilityUsage]:
    """One chart per utility that the suite used at all."""
    charts = []
    for utility in Utility:
        months = [(_name(entry["month"]), _figure(entry["use"].get(utility.value))) for entry in usage]
        drawn = bars([(name, value or Decimal(0)) for name, value in months])
        if drawn:
            charts.append(UtilityUsage(utility, months, drawn))
    return charts


def _figure(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _name(month: str) -> str:
    return date_format(date.fromisoformat(f"{month}-01"), "M Y")
