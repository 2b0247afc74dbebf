"""Every report as it is answered, held against the brute-force reckoning over generated histories of meters."""

import json
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.accounts import api_client
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.metering import brute_force
from tests.metering.feeding import feed
from tests.metering.histories import PLACES, REGISTER_MAX, histories, ranges

pytestmark = pytest.mark.django_db

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
generated = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))


class Site:
    """Three meters with a history each, in a zone where clocks change, and a client that may ask for reports."""

    def __init__(self, data):
        place = data.draw(st.sampled_from(PLACES))
        self.zone = ZoneInfo(place.zone)
        self.client = api_client("report:reading:*")
        self.property = PropertyFactory(company=self.client.user.company, timezone=place.zone)
        self.meters = [
            MeterFactory(property=self.property, register_max=REGISTER_MAX, name=name) for name in ("C", "A", "B")
        ]
        self.histories = {meter: data.draw(histories(place)) for meter in self.meters}
        first, late = ({}, {})
        for meter, reads in self.histories.items():  # half of the reads come late, after newer ones
            first[meter], late[meter] = reads[1::2], reads[::2]
        feed(first)
        feed(late)
        self.reads = {
            meter.name: brute_force.judged(reads, meter.register_max) for meter, reads in self.histories.items()
        }
        times = [read.time for reads in self.reads.values() for read in reads]
        self.start, self.end = data.draw(ranges(place, times))

    def ask(self, report, **query):
        query = {"start": self.start.isoformat(), "end": self.end.isoformat(), **query}
        response = self.client.get(
            f"/api/v1/reports/{report}", {"property": self.property.public_id, "ids": "all", **query}
        )
        assert response.status_code == 200, response.content
        return json.loads(response.getvalue(), parse_float=Decimal, parse_int=Decimal)

    def stamp(self, instant):
        return instant.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M:%S")

    def day_of(self, instant):
        return (instant - timedelta(microseconds=1)).astimezone(self.zone).date()


def on_sites(check):
    """The check on generated sites, each undone before the next."""

    @generated
    @given(data=st.data())
    def test(data):
        with transaction.atomic():
            check(Site(data), data)
            transaction.set_rollback(True)

    return test


@on_sites
def test_period_consumption(site, data):
    def row(name):
        reads = site.reads[name]
        if not brute_force.within(reads, site.start, site.end):
            return name, None, None, None
        bounds = [brute_force.register_at(reads, instant) for instant in (site.start, site.end)]
        return (
            name,
            *(found and found[1] for found in bounds),
            brute_force.consumption(reads, site.start, site.end),
        )

    found = site.ask("period-consumption")
    assert [(one["name"], one["start_read"], one["end_read"], one["consumption"]) for one in found] == [
        row(name) for name in "ABC"
    ]
    assert {(one["start"], one["end"]) for one in found} == {(site.stamp(site.start), site.stamp(site.end))}


@on_sites
def test_interval(site, data):
    step = data.draw(st.sampled_from(["hour", "day", "month", "year"]))
    expected = [
        (stamp, offset, name, used)
        for name, reads in site.reads.items()
        for (stamp, offset), used in brute_force.by_step(reads, site.start, site.end, step, site.zone).items()
    ]
    # By instant: where a stamp is repeated, the earlier pass is the one further ahead of UTC.
    expected.sort(key=lambda row: (row[0], -(row[1] or timedelta(0)), row[2]))
    assert [(one["time_stamping"], one["name"], one["consumption"]) for one in site.ask("interval", interval=step)] == [
        (stamp, name, used) for stamp, _offset, name, used in expected
    ]


def totals_by_day(site, start, end):
    """By day and meter with a read of the range in it: when its last accepted register was read, and that."""
    totals = {}
    for name, reads in site.reads.items():
        for read in brute_force.within(reads, start, end):
            total = totals.setdefault((site.day_of(read.time), name), [None, None])
            if read.accepted:
                total[:] = site.stamp(read.time), read.register
    return totals


@on_sites
def test_daily_grand_total(site, data):
    found = site.ask("daily-grand-total")
    assert [(one["date"], one["name"], [one["time_stamping"], one["grand_total"]]) for one in found] == [
        (day.isoformat(), name, total)
        for (day, name), total in sorted(totals_by_day(site, site.start, site.end).items())
    ]


@on_sites
def test_single_grand_total(site, data):
    day = site.day_of(site.end)
    totals = totals_by_day(site, site.end - 400 * DAY, site.end + 400 * DAY)
    assert [
        [one["name"], one["time_stamping"], one["grand_total"]]
        for one in site.ask("single-grand-total", start=day.isoformat())
    ] == [[name, *totals.get((day, name), [None, None])] for name in "ABC"]
