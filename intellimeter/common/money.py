"""Money: dollars and cents as Decimal, rounded in one named way (decisions, section 7)."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def round_to_cent(amount: Decimal) -> Decimal:
    """The amount in dollars, rounded half up to the cent."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)
