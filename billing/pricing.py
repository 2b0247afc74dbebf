"""What a bill adds up to (reference, Invoice Types; decisions, section 7). Pure: figures in, figures out.

Consumption is in the utility's unit with six decimal places, rates in cents per unit, tax rates in percent, amounts in
dollars. Every amount is rounded half up to the cent where it arises, and only there: sums add rounded amounts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from intellimeter.common.money import CENT, round_to_cent

HUNDRED = Decimal(100)
MILLION = Decimal(1_000_000)
SHARE_STEP = Decimal("1E-12")
# Products of the largest registers and rates have more digits than the default context keeps.
EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class FeeCharge:
    """A flat fee in dollars."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Split:
    """What a split charge is a part of: the property's consumption and its price, and the suite's share, 0 to 1."""

    total_quantity: Decimal
    total_amount: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class UtilityCharge:
    """A suite's consumption of one utility and its price; `split` where it is part of the property's bill."""

    utility: str
    quantity: Decimal
    rate: Decimal
    amount: Decimal
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """The charges of one service in one period, with their tax."""

    utilities: tuple[UtilityCharge, ...]
    fees: tuple[FeeCharge, ...]
    subtotal: Decimal
    tax_rate: Decimal
    tax: Decimal
    total: Decimal


def price(quantity: Decimal, rate: Decimal) -> Decimal:
    """Dollars for so many units at so many cents each."""
    return round_to_cent(EXACT.divide(EXACT.multiply(quantity, rate), HUNDRED))


def metered_charges(*, consumption: Mapping[str, Decimal], rates: Mapping[str, Decimal]) -> tuple[UtilityCharge, ...]:
    """General Consumption Price: each utility that the suite consumed at its rate, in the order of `rates`."""
    return tuple(
        UtilityCharge(utility=utility, quantity=quantity, rate=rate, amount=price(quantity, rate))
        for utility, rate in rates.items()
        if (quantity := consumption.get(utility, Decimal(0)))
    )


def split_charges(
    *, total: Mapping[str, Decimal], suites: Mapping[str, Mapping[str, Decimal]], rates: Mapping[str, Decimal]
) -> dict[str, tuple[UtilityCharge, ...]]:
    """Split From General: the property's consumption at its rate, shared out over all its suites with nothing lost.

    `total` is the property's consumption, `suites` that of every suite, by suite id. A suite that consumed none of a
    utility has no line for it, unless no suite did.
    """
    charges: dict[str, list[UtilityCharge]] = {suite: [] for suite in suites}
    for utility, rate in rates.items():
        if quantity := total.get(utility, Decimal(0)):
            weights = {suite: use.get(utility, Decimal(0)) for suite, use in suites.items()}
            for suite, charge in _split(utility, quantity, rate, weights):
                charges[suite].append(charge)
    return {suite: tuple(found) for suite, found in charges.items()}


def _split(
    utility: str, quantity: Decimal, rate: Decimal, weights: Mapping[str, Decimal]
) -> list[tuple[str, UtilityCharge]]:
    amount = price(quantity, rate)
    amounts = apportion(amount, weights)
    metered = sum(weights.values())
    return [
        (
            suite,
            UtilityCharge(
                utility=utility,
                quantity=weight,
                rate=rate,
                amount=amounts[suite],
                split=Split(quantity, amount, _share(weight, metered) if metered else _share(1, len(weights))),
            ),
        )
        for suite, weight in weights.items()
        if weight or not metered
    ]


def _share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    return EXACT.divide(Decimal(part), Decimal(whole)).quantize(SHARE_STEP, rounding=ROUND_HALF_EVEN)


def apportion(amount: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The amount in whole cents shared out by weight; the shares add up to it exactly.

    Largest remainder: each gets its quota rounded down, the cents left go one each to the largest remainders, of equal
    ones to the lower id first. Weights have at most six decimal places; where all are 0, all weigh the same. ValueError
    where something is negative, or where there is an amount and nobody to carry it.
    """
    if amount < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("Only an amount of 0 or more is shared out, by weights of 0 or more.")
    if amount and not weights:
        raise ValueError(f"There is nobody to share {amount} out to.")
    parts = {key: int(weight * MILLION) for key, weight in weights.items()}
    if not any(parts.values()):
        parts = dict.fromkeys(parts, 1)
    whole, cents = sum(parts.values()), int(amount * HUNDRED)
    quotas = {key: divmod(cents * part, whole) for key, part in parts.items()}
    left = cents - sum(quota for quota, _ in quotas.values())
    favoured = set(sorted(quotas, key=lambda key: (-quotas[key][1], key))[:left])
    return {key: (quota + (key in favoured)) * CENT for key, (quota, _) in quotas.items()}


def add_up(*, utilities: Sequence[UtilityCharge], fees: Sequence[FeeCharge], tax_rate: Decimal) -> Bill:
    """The bill of these charges: the subtotal adds the rounded amounts, the tax is that of the subtotal, rounded."""
    amounts = [charge.amount for charge in utilities] + [fee.amount for fee in fees]
    subtotal = sum(amounts, Decimal("0.00"))
    tax = round_to_cent(EXACT.divide(EXACT.multiply(subtotal, tax_rate), HUNDRED))
    return Bill(tuple(utilities), tuple(fees), subtotal, tax_rate, tax, subtotal + tax)
