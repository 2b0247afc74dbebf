"""metering.consumption held against the brute-force reckoning, over generated histories of meters."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intellimeter.common.local_time import zone_of
from metering.consumption import RegisterAt, meter_consumption, meter_use, registers_at, suite_use, use_by_step
from metering.models import MeterSuite
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.metering import brute_force
from tests.metering.feeding import feed
from tests.metering.histories import PLACES, REGISTER_MAX, histories, instants, ranges

pytestmark = pytest.mark.django_db

generated = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def undone(test):
    """Run the body in a savepoint that is rolled back, so that examples do not see each other's rows."""

    def body(*args, **kwargs):
        with transaction.atomic():
            test(*args, **kwargs)
            transaction.set_rollback(True)

    return body


def site(data, count=2):
    """Meters with a history each in one drawn zone, and what the brute force makes of them."""
    place = data.draw(st.sampled_from(PLACES))
    property = PropertyFactory(timezone=place.zone)
    meters = [MeterFactory(property=property, register_max=REGISTER_MAX) for _ in range(count)]
    reads = feed({meter: data.draw(histories(place)) for meter in meters})
    return property, place, meters, reads


def times_of(reads):
    return [read.time for history in reads.values() for read in history]


def expected_register(reads, instant):
    found = brute_force.register_at(reads, instant)
    return found and RegisterAt(*found)


@generated
@given(data=st.data())
def test_meter_use_equals_brute_force(data):
    @undone
    def body():
        _property, place, meters, reads = site(data)
        start, end = data.draw(ranges(place, times_of(reads)))
        used = meter_use([meter.pk for meter in meters], start, end)
        for meter, use in used.items():
            history = reads[meter]
            assert use.consumption == brute_force.consumption(history, start, end)
            assert use.reads == len(brute_force.within(history, start, end))
            assert use.flagged == brute_force.flagged(history, start, end)
            assert use.start == expected_register(history, start)
            assert use.end == expected_register(history, end)
        assert list(used) == [meter.pk for meter in meters]

    body()


@generated
@given(data=st.data())
def test_meters_of_several_zones_in_one_call_equal_brute_force(data):
    @undone
    def body():
        place = data.draw(st.sampled_from(PLACES))
        zones = sorted({place.zone for place in PLACES})
        meters = [MeterFactory(property__timezone=zone, register_max=REGISTER_MAX) for zone in zones]
        reads = feed({meter: data.draw(histories(place)) for meter in meters})
        start, end = data.draw(ranges(place, times_of(reads)))
        assert meter_consumption(reads, start, end) == {
            meter: brute_force.consumption(history, start, end) for meter, history in reads.items()
        }
        assert registers_at(reads, end) == {
            meter: expected_register(history, end)
            for meter, history in reads.items()
            if expected_register(history, end) is not None
        }

    body()


@generated
@given(data=st.data(), step=st.sampled_from(["hour", "day", "month", "year"]))
def test_use_by_step_equals_brute_force(data, step):
    @undone
    def body():
        property, place, meters, reads = site(data)
        zone = zone_of(property.timezone)
        start, end = data.draw(ranges(place, times_of(reads)))
        rows = list(use_by_step([meter.pk for meter in reversed(meters)], start, end, step, zone))
        cut = {"hour": 13, "day": 10, "month": 7, "year": 4}[step]

        def label(row):
            if isinstance(row.step, date) and step != "hour":
                return row.step.isoformat()[:cut], None
            local = row.step.astimezone(zone)
            return local.isoformat()[:cut], local.utcoffset()

        for meter in meters:
            mine = [(label(row), row.consumption) for row in rows if row.meter == meter.pk]
            assert len(mine) == len(dict(mine))
            assert dict(mine) == brute_force.by_step(reads[meter.pk], start, end, step, zone)
        places = {meter.pk: place for place, meter in enumerate(reversed(meters))}
        assert rows == sorted(rows, key=lambda row: (row.step, places[row.meter]))

    body()


@generated
@given(data=st.data())
def test_suite_use_of_meters_that_move_equals_brute_force(data):
    @undone
    def body():
        property, place, meters, reads = site(data)
        suites = [SuiteFactory(property=property) for _ in range(2)]
        start, end = data.draw(ranges(place, times_of(reads)))
        expected = {suite.pk: [] for suite in suites}
        for meter in meters:
            bounds = [None, *sorted(data.draw(st.sets(instants(place), max_size=3))), None]
            for turn, (since, until) in enumerate(pairwise(bounds)):
                suite = suites[turn % 2]
                MeterSuite.objects.create(meter=meter, suite=suite, start=since, end=until)
                low, high = max(since or start, start), min(until or end, end)
                if low < high:
                    expected[suite.pk].append((meter.pk, low, high))
        for suite_pk, uses in suite_use(property, start, end).items():
            assert [(use.meter.id, use.start, use.end) for use in uses] == expected.pop(suite_pk)
            for use in uses:
                history = reads[use.meter.id]
                assert use.use.consumption == brute_force.consumption(history, use.start, use.end)
                assert use.use.start == expected_register(history, use.start)
                assert use.use.end == expected_register(history, use.end)
        assert not any(expected.values())

    body()


def test_consumption_of_no_meter_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert meter_consumption([], PLACES[0].middle, PLACES[0].middle + timedelta(days=1)) == {}


def test_consumption_of_a_silent_meter_is_zero():
    meter = MeterFactory()
    start = PLACES[0].middle
    use = meter_use([meter.pk], start, start + timedelta(days=40))[meter.pk]
    assert (use.consumption, use.reads, use.start, use.end) == (Decimal(0), 0, None, None)
