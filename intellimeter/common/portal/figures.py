"""How figures and times are written on a page: a template library, on hand in every template.

Amounts carry their currency, quantities their unit, times the wall clock of the place they belong to. What is not there
is written as a dash.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from intellimeter.common.documents import figures as documents
from intellimeter.common.local_time import day_of, zone_of
from intellimeter.common.money import round_to_cent

register = template.Library()

NOTHING = "–"
GAP = "\N{NO-BREAK SPACE}"
DAY = "j M Y"
INSTANT = "j M Y, H:i"


def _rounded(value: Decimal, places: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _trimmed(value: Decimal, places: int) -> str:
    """The number with at most so many decimals, and no zeros at its end."""
    exact = _rounded(value, places).normalize()
    exponent = exact.as_tuple().exponent
    assert isinstance(exponent, int)
    return number_format(exact, decimal_pos=max(0, -exponent), force_grouping=True)


@register.filter
def money(value: Decimal | None) -> str:
    """Dollars and cents."""
    if value is None:
        return NOTHING
    amount = round_to_cent(Decimal(value))
    sign = "−" if amount < 0 else ""
    return f"{sign}${number_format(abs(amount), decimal_pos=2, force_grouping=True)}"


@register.filter
def number(value: Decimal | None, places: int = 3) -> str:
    """A plain number, at most so many decimals."""
    return NOTHING if value is None else _trimmed(value, places)


@register.filter
def quantity(value: Decimal | None, utility: str) -> str:
    """A register or a consumption with the unit of its utility; always three decimals, so that a column lines up."""
    if value is None:
        return NOTHING
    return f"{number_format(_rounded(value, 3), decimal_pos=3, force_grouping=True)}{GAP}{unit(utility)}"


@register.filter
def quantity_about(value: Decimal | None, utility: str) -> str:
    """The same for an overview: whole units from a hundred on, one decimal below."""
    if value is None:
        return NOTHING
    return f"{_trimmed(value, 0 if abs(value) >= 100 else 1)}{GAP}{unit(utility)}"


@register.filter
def exact(value: Decimal | str | None, utility: str) -> str:
    """A figure that an invoice rests on: all its decimals, so that the sum can be checked by hand."""
    return NOTHING if value in (None, "") else f"{_trimmed(Decimal(value), 6)}{GAP}{unit(utility)}"


@register.filter
def unit(utility: str) -> str:
    """The unit of a utility's registers as people write it."""
    return "kWh" if utility == "E" else "m³"


@register.filter
def rate(value: Decimal | None, utility: str) -> str:
    """Cents per unit."""
    return NOTHING if value is None else f"{_trimmed(value, 6)}{GAP}¢/{unit(utility)}"


@register.filter
def share_of(share: Decimal | None, amount: Decimal) -> str:
    """A share of 1 in percent, as many places as its product with the amount needs; as the invoice itself says it."""
    return NOTHING if share is None else documents.share(share, amount)


@register.filter
def point(value: Any) -> Any:
    """What a metering point says, a truth value as meters write it."""
    return str(value).lower() if isinstance(value, bool) else value


@register.simple_tag
def instant(value: datetime | None, zone: str) -> str | SafeString:
    """A moment on the wall clock of the zone."""
    if value is None:
        return NOTHING
    local = value.astimezone(zone_of(zone))
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), zone, date_format(local, INSTANT))


@register.filter
def day(value: date | None) -> str | SafeString:
    """A calendar day."""
    if value is None:
        return NOTHING
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, DAY))


@register.filter
def day_before(value: date) -> date:
    """The last day of a period that ends before the given one."""
    return value - timedelta(days=1)


@register.filter
def local_day(value: datetime, zone: str) -> str:
    """The calendar day of the zone that a read at the moment belongs to, as addresses have it; midnight ends its day."""
    return day_of(value, zone_of(zone)).isoformat()


@register.filter
def stamp(value: str | None) -> str:
    """A local stamp as it was copied onto an invoice (`2026-10-01T00:00:00`)."""
    return NOTHING if not value else date_format(datetime.fromisoformat(value), INSTANT)


@register.simple_tag
def age(value: datetime | None, now: datetime) -> str:
    """How long ago, in its largest unit."""
    if value is None:
        return gettext("never")
    minutes = int((now - value).total_seconds() // 60)
    if minutes < 2:
        return gettext("just now")
    if minutes < 120:
        return gettext("%(count)s min ago") % {"count": minutes}
    if minutes < 48 * 60:
        return gettext("%(count)s h ago") % {"count": minutes // 60}
    return gettext("%(count)s days ago") % {"count": minutes // (24 * 60)}


@register.filter
def is_silent(value: datetime | None, now: datetime) -> bool:
    """Whether what reported then has not for a day."""
    return value is not None and value < now - timedelta(days=1)


@register.filter
def entry(mapping: dict[Any, Any], key: Any) -> Any:
    """What a mapping has under a key that is itself a variable."""
    return mapping.get(key)
