from decimal import Decimal

from intellimeter.common.portal.bars import Bar, bars


def test_bars_share_the_width_and_the_highest_fills_the_height():
    assert bars([("Mon", Decimal(5)), ("Tue", Decimal(20))]) == [
        Bar("30.00", "90.00", "240.00", "30.00", "Mon", Decimal(5)),
        Bar("330.00", "0.00", "240.00", "120.00", "Tue", Decimal(20)),
    ]


def test_bar_below_zero_has_no_height():
    assert [bar.height for bar in bars([("Mon", Decimal(-5)), ("Tue", Decimal(1))])] == ["0.00", "120.00"]


def test_nothing_to_draw():
    assert bars([]) == bars([("Mon", Decimal(0))]) == []
