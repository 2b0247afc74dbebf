"""The demo's reads: what a meter shows hour by hour, and what happened to some of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from intellimeter.common.local_time import HOUR
from intellimeter.demo.buildings import PROPERTIES, DemoProperty
from intellimeter.demo.meters import THOUSAND, DemoMeter
from intellimeter.demo.reads import Span, Standing, reads_of
from intellimeter.demo.shapes import hours_of, season
from metering.enums import Utility

TODAY = datetime(2026, 3, 10, 5, tzinfo=UTC)
PLAIN = DemoMeter(
    serial_number="E-1", name="Suite 101", utility=Utility.ELECTRICITY, mean=800, first_register=5_000 * THOUSAND
)


def building(*meters: DemoMeter) -> DemoProperty:
    return replace(PROPERTIES[0], meters=meters)


def standings_of(property: DemoProperty) -> dict[str, Standing]:
    return {meter.serial_number: Standing(meter.first_register, None) for meter in property.meters}


def shown(meter: DemoMeter, *, days: int) -> dict[timedelta, str]:
    """What was read of the meter, by how long before TODAY."""
    property = building(meter)
    span = Span(TODAY - timedelta(days=days), TODAY, TODAY)
    reads = reads_of(property, standings_of(property), span)
    return {TODAY - datetime.fromisoformat(str(row.cells[1])): str(row.cells[2]) for row in reads}


def test_meter_shows_its_first_register_and_then_what_ran_through_it():
    reads = shown(PLAIN, days=1)

    assert reads[timedelta(days=1)] == "5000.000"
    assert [time // HOUR for time in reads] == list(range(24, -1, -1))
    registers = [int(text.replace(".", "")) for text in reads.values()]
    # 9 March local (Toronto) ran from 04:00 UTC, since the clocks went ahead the day before: its hours in their order.
    assert [after - before for before, after in pairwise(registers)][:23] == hours_of(
        "E-1", Utility.ELECTRICITY, 800, date(2026, 3, 9)
    )[1:]


def test_reads_in_two_goes_are_those_of_one():
    property = PROPERTIES[1]
    start, middle, end = TODAY - timedelta(days=3), TODAY - timedelta(hours=31), TODAY
    whole = list(reads_of(property, standings_of(property), Span(start, TODAY, end)))
    standings = standings_of(property)
    first = list(reads_of(property, standings, Span(start, TODAY, middle)))
    resumed = {serial: Standing(standing.register, middle) for serial, standing in standings.items()}

    second = list(reads_of(property, resumed, Span(middle, TODAY, end)))

    assert [row.cells for row in [*first, *second]] == [row.cells for row in whole]


def test_register_rolls_over_at_its_maximum():
    reads = shown(replace(PLAIN, first_register=99_999 * THOUSAND, register_max=100_000), days=2)

    registers = [float(text) for text in reads.values()]
    assert registers[0] == 99_999
    assert registers[-1] == pytest.approx(float(shown(PLAIN, days=2)[timedelta(0)]) - 5_001)


def test_replaced_meter_starts_from_nothing():
    reads = shown(replace(PLAIN, replaced=timedelta(hours=10)), days=1)

    assert reads[timedelta(hours=11)] == shown(PLAIN, days=1)[timedelta(hours=11)]
    assert reads[timedelta(hours=10)] == "0.000"
    assert float(reads[timedelta(0)]) < 20


def test_misread_hour_shows_nothing_and_the_register_goes_on():
    reads, plain = shown(replace(PLAIN, misread=timedelta(hours=10)), days=1), shown(PLAIN, days=1)

    assert {time: text for time, text in reads.items() if text != plain[time]} == {timedelta(hours=10): "0.000"}


def test_silent_meter_has_no_reads_and_loses_no_consumption():
    reads, plain = shown(replace(PLAIN, silent=(timedelta(hours=10), timedelta(hours=8))), days=1), shown(PLAIN, days=1)

    assert plain.keys() - reads.keys() == {timedelta(hours=hours) for hours in (10, 9, 8)}
    assert reads == {time: text for time, text in plain.items() if time in reads}


def test_main_meter_measures_a_little_more_than_the_meters_behind_it():
    behind = [PLAIN, replace(PLAIN, serial_number="E-2", name="Suite 102")]
    main = replace(PLAIN, serial_number="E-0", name="Main", mean=0, first_register=0, sums=("E-1", "E-2"))
    property = building(*behind, main)
    standings = standings_of(property)

    list(reads_of(property, standings, Span(TODAY - timedelta(days=5), TODAY, TODAY)))

    together = sum(standings[meter.serial_number].register - meter.first_register for meter in behind)
    assert standings["E-0"].register == pytest.approx(together * 1.03, rel=0.001)


@pytest.mark.parametrize(
    ("utility", "winter_over_summer"),
    [(Utility.ELECTRICITY, (0.9, 1.3)), (Utility.WATER, (0.8, 1.0)), (Utility.GAS, (8, 25))],
)
def test_seasons_are_those_of_the_utility(utility: Utility, winter_over_summer: tuple[float, float]):
    low, high = winter_over_summer

    assert low < season(utility, date(2026, 1, 15)) / season(utility, date(2026, 7, 15)) < high
