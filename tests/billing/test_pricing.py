"""The sums of the reference's Invoice Types and of decisions, section 7."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.pricing import (
    Bill,
    FeeCharge,
    Split,
    UtilityCharge,
    add_up,
    apportion,
    metered_charges,
    price,
    split_charges,
)

D = Decimal
REFERENCE = {"aaaa0001": D("40.215"), "aaaa0002": D("35.500"), "aaaa0003": D("20.250")}
RATES = {"E": D(13), "W": D(390), "G": D("42.5")}


@pytest.mark.parametrize(
    ("quantity", "rate", "amount"),
    [
        ("40.215", "13", "5.23"),
        ("35.500", "13", "4.62"),
        ("20.250", "13", "2.63"),
        ("95.965", "13", "12.48"),
        ("0.5", "1", "0.01"),  # half a cent goes up
        ("0.499999", "1", "0.00"),
        ("1.5", "1", "0.02"),
        ("2.5", "1", "0.03"),
        ("0", "13", "0.00"),
        ("12", "0", "0.00"),
        ("999999999999.999999", "0.000001", "10000.00"),
        ("999999999999.999999", "999999.999999", "9999999999989999.99"),
    ],
)
def test_price(quantity, rate, amount):
    assert price(D(quantity), D(rate)) == D(amount)


def test_customized_price_is_the_fees_of_the_reference():
    fees = (FeeCharge("Admin Fee", D("6.26")), FeeCharge("Service Fee", D("4.32")))

    assert add_up(utilities=(), fees=fees, tax_rate=D(0)) == Bill(
        utilities=(), fees=fees, subtotal=D("10.58"), tax_rate=D(0), tax=D("0.00"), total=D("10.58")
    )


def test_tax_is_rounded_half_up_on_the_subtotal():
    fees = (FeeCharge("Admin Fee", D("6.26")), FeeCharge("Service Fee", D("4.24")))

    bill = add_up(utilities=(), fees=fees, tax_rate=D("13"))

    assert (bill.subtotal, bill.tax, bill.total) == (D("10.50"), D("1.37"), D("11.87"))  # 1.365 goes up


def test_subtotal_adds_the_rounded_lines():
    utilities = metered_charges(consumption={"E": D("0.5"), "W": D("0.5")}, rates={"E": D(1), "W": D(1)})

    bill = add_up(utilities=utilities, fees=(), tax_rate=D(0))

    assert bill.total == D("0.02")  # 0.5 + 0.5 cents would be 0.01


def test_metered_charges_are_one_per_utility_consumed_in_the_order_of_the_rates():
    assert metered_charges(consumption={"G": D("10"), "E": D("40.215"), "W": D(0)}, rates=RATES) == (
        UtilityCharge(utility="E", quantity=D("40.215"), rate=D(13), amount=D("5.23")),
        UtilityCharge(utility="G", quantity=D("10"), rate=D("42.5"), amount=D("4.25")),
    )


def test_split_of_the_reference():
    charges = split_charges(
        total={"E": D("95.965")}, suites={suite: {"E": use} for suite, use in REFERENCE.items()}, rates=RATES
    )

    def line(quantity: str, amount: str, share: str) -> tuple[UtilityCharge]:
        split = Split(total_quantity=D("95.965"), total_amount=D("12.48"), share=D(share))
        return (UtilityCharge(utility="E", quantity=D(quantity), rate=D(13), amount=D(amount), split=split),)

    assert charges == {
        "aaaa0001": line("40.215", "5.23", "0.419059031939"),
        "aaaa0002": line("35.5", "4.62", "0.369926535716"),
        "aaaa0003": line("20.25", "2.63", "0.211014432345"),
    }


def test_split_of_the_general_meter_carries_its_losses():
    charges = split_charges(
        total={"E": D(110)}, suites={"a": {"E": D(60)}, "b": {"E": D(40)}, "c": {}}, rates={"E": D(10)}
    )

    assert {suite: [charge.amount for charge in found] for suite, found in charges.items()} == {
        "a": [D("6.60")],
        "b": [D("4.40")],
        "c": [],
    }


def test_split_is_equal_where_the_property_consumed_and_no_suite_did():
    charges = split_charges(total={"W": D(1)}, suites={"b": {}, "a": {"W": D(0)}, "c": {}}, rates={"W": D(1000)})

    third = D("0.333333333333")
    assert {suite: [(c.amount, c.quantity, c.split.share) for c in found] for suite, found in charges.items()} == {
        "a": [(D("3.34"), D(0), third)],
        "b": [(D("3.33"), D(0), third)],
        "c": [(D("3.33"), D(0), third)],
    }


def test_split_of_a_utility_that_nobody_consumed_has_no_line():
    assert split_charges(total={"E": D(0)}, suites={"a": {"E": D(0)}}, rates=RATES) == {"a": ()}


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        ("0.01", {"b": 1, "a": 1}, {"a": "0.01", "b": "0.00"}),
        ("0.02", {"c": 1, "b": 1, "a": 1}, {"a": "0.01", "b": "0.01", "c": "0.00"}),
        ("10.00", {"a": 1, "b": 1, "c": 1}, {"a": "3.34", "b": "3.33", "c": "3.33"}),
        ("10.00", {"a": 0, "b": 0}, {"a": "5.00", "b": "5.00"}),
        ("10.00", {"a": 0, "b": 3}, {"a": "0.00", "b": "10.00"}),
        ("0.00", {"a": 1, "b": 3}, {"a": "0.00", "b": "0.00"}),
        ("0.05", {"a": "1.5", "b": "1"}, {"a": "0.03", "b": "0.02"}),
        ("0.00", {}, {}),
    ],
)
def test_apportion(amount, weights, shares):
    found = apportion(D(amount), {key: D(weight) for key, weight in weights.items()})

    assert found == {key: D(share) for key, share in shares.items()}


@pytest.mark.parametrize(
    ("amount", "weights"), [("-0.01", {"a": D(1)}), ("1.00", {"a": D(2), "b": D(-1)}), ("1.00", {})]
)
def test_apportion_refuses_what_cannot_be_shared(amount, weights):
    with pytest.raises(ValueError, match="share"):
        apportion(D(amount), weights)


amounts = st.decimals(min_value=0, max_value=10**9, places=2)
quantities = st.one_of(st.just(D(0)), st.decimals(min_value=0, max_value=10**12, places=6))
suites = st.dictionaries(st.from_regex(r"\A[0-9a-f]{8}\Z"), quantities, min_size=1, max_size=30)


@given(amounts, suites)
def test_shares_add_up_to_the_amount(amount, weights):
    assert sum(apportion(amount, weights).values()) == amount


@given(amounts, suites)
def test_shares_are_never_negative_and_within_a_cent_of_the_quota(amount, weights):
    whole = sum(weights.values())
    for key, share in apportion(amount, weights).items():
        assert share >= 0
        quota = amount * weights[key] / whole if whole else amount / len(weights)
        assert abs(share - quota) < D("0.010001")


@given(amounts, suites, st.randoms())
def test_shares_do_not_depend_on_the_order(amount, weights, random):
    shuffled = list(weights.items())
    random.shuffle(shuffled)

    assert apportion(amount, dict(shuffled)) == apportion(amount, weights)


@given(suites, quantities, st.decimals(min_value=0, max_value=10**5, places=6))
def test_split_charges_add_up_to_the_price_of_the_property(use, quantity, rate):
    charges = split_charges(
        total={"E": quantity}, suites={suite: {"E": weight} for suite, weight in use.items()}, rates={"E": rate}
    )

    assert sum(charge.amount for found in charges.values() for charge in found) == price(quantity, rate)


@given(st.lists(st.decimals(min_value=0, max_value=10**6, places=2)), st.decimals(min_value=0, max_value=100, places=4))
def test_a_bill_is_whole_cents_and_its_total_is_subtotal_and_tax(fees, tax_rate):
    bill = add_up(utilities=(), fees=[FeeCharge("Fee", fee) for fee in fees], tax_rate=tax_rate)

    assert bill.subtotal == sum(fees)
    assert bill.total == bill.subtotal + bill.tax
    assert bill.tax == bill.tax.quantize(D("0.01"))
    assert abs(bill.tax - bill.subtotal * tax_rate / 100) <= D("0.005")
