"""The five rules of decisions, section 6, one by one."""

import pytest

from metering.ingest.chain import NONE, OUTLIER, RESET, ROLLOVER, judge, settle


@pytest.mark.parametrize(
    ("before", "register", "following", "register_max", "verdict"),
    [
        pytest.param(None, 500, 400, None, (0, NONE), id="the first register opens the chain"),
        pytest.param(24263, 0, 24264, None, (None, OUTLIER), id="a dip between growing registers"),
        pytest.param(100, 99999, 101, None, (None, OUTLIER), id="a spike between growing registers"),
        pytest.param(100, 100, 100, None, (0, NONE), id="standing still is no outlier"),
        pytest.param(100, 101, None, None, (1, NONE), id="growth, nothing behind it yet"),
        pytest.param(100, 99999, None, None, (99899, NONE), id="a spike, nothing behind it yet"),
        pytest.param(99990, 5, 10, 100000, (15, ROLLOVER), id="through the highest register"),
        pytest.param(99990, 5, None, 100000, (15, ROLLOVER), id="through it, nothing behind it yet"),
        pytest.param(90000, 0, 5, 100000, (0, RESET), id="just a tenth of the range is no rollover"),
        pytest.param(90001, 0, 5, 100000, (9999, ROLLOVER), id="just under a tenth is one"),
        pytest.param(24263, 0, 5, None, (0, RESET), id="replaced: starts again from below"),
        pytest.param(120, 5, 10, 100, (0, RESET), id="an old register above a lowered maximum"),
    ],
)
def test_judge(before, register, following, register_max, verdict):
    assert judge(before, register, following, register_max) == verdict


def test_settle_bills_one_through_a_dip():
    verdicts, before = settle(None, [24263, 0, 24264], None)
    assert verdicts == [(0, NONE), (None, OUTLIER), (1, NONE)]
    assert before == 24263


def test_settle_measures_from_the_accepted_register_through_two_outliers():
    verdicts, _ = settle(None, [100, 900, 101, 5, 102], None)
    assert verdicts == [(0, NONE), (None, OUTLIER), (1, NONE), (None, OUTLIER), (1, NONE)]
