"""When a read cycle is closed, and what that makes (decisions, section 9)."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fileupload import cycles
from fileupload.deliveries import due_destinations
from fileupload.models import Cycle, Delivery, Destination
from metering.ingest import ingest_file
from tests.factories.fileupload import FtpsDestinationFactory, HttpDestinationFactory
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.fileupload.gateway import gateway_of, send_reads

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 4, 9, 14, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def house():
    return PropertyFactory()


@pytest.fixture
def meters(house):
    return [MeterFactory(property=house) for _ in range(3)]


@pytest.fixture
def destinations(house):
    return [HttpDestinationFactory(property=house), FtpsDestinationFactory(property=house)]


@pytest.fixture
def gateway(house, clock):
    return gateway_of(house)


def closed() -> dict[datetime, datetime | None]:
    return dict(Cycle.objects.order_by("time").values_list("time", "closed"))


def test_a_batch_of_all_meters_closes_the_cycle_at_once(gateway, house, meters, destinations):
    send_reads(gateway, house, NOW, *meters)

    assert closed() == {NOW: NOW}
    assert list(Delivery.objects.order_by("pk").values_list("destination", "status", "give_up")) == [
        (one.pk, "waiting", NOW + timedelta(hours=24)) for one in destinations
    ]


def test_the_last_of_several_batches_closes_the_cycle(gateway, house, meters, destinations):
    for number, meter in enumerate(meters):
        assert closed() == ({NOW: None} if number else {})
        send_reads(gateway, house, NOW, meter)

    assert closed() == {NOW: NOW}
    assert Delivery.objects.count() == 2


def test_reads_that_came_another_way_count_as_reported_but_open_no_cycle(gateway, house, meters, destinations):
    reads = [{"serial_number": one.serial_number, "time_stamping": NOW.isoformat(), "kwh": 5} for one in meters[:2]]
    ingest_file(property=house, stream=io.BytesIO(json.dumps({"reads": reads}).encode()), format="json", now=NOW)
    assert closed() == {}

    send_reads(gateway, house, NOW, meters[2])

    assert closed() == {NOW: NOW}


def test_two_minutes_after_the_first_read_the_cycle_closes_without_the_rest(
    gateway, house, meters, destinations, clock
):
    send_reads(gateway, house, NOW - MINUTE, meters[0])
    clock.move_to(NOW + timedelta(seconds=90))
    send_reads(gateway, house, NOW - MINUTE, meters[1])

    early = cycles.close_overdue(NOW + timedelta(seconds=119))
    late = cycles.close_overdue(NOW + timedelta(seconds=120))

    assert (early, late) == (0, 1)
    assert closed() == {NOW - MINUTE: NOW + timedelta(seconds=120)}
    assert Delivery.objects.count() == 2


def test_a_closed_cycle_is_not_sent_again_for_late_or_repeated_reads(gateway, house, meters, destinations):
    send_reads(gateway, house, NOW, *meters[:2])
    cycles.close_overdue(NOW + 3 * MINUTE)

    send_reads(gateway, house, NOW, meters[2])
    send_reads(gateway, house, NOW, *meters)

    assert closed() == {NOW: NOW + 3 * MINUTE}
    assert Delivery.objects.count() == 2


def test_reads_of_a_day_ago_form_no_cycle(gateway, house, meters, destinations):
    day = timedelta(hours=24)

    send_reads(gateway, house, NOW - day - MINUTE, *meters)
    send_reads(gateway, house, NOW - day + MINUTE, *meters)

    assert closed() == {NOW - day + MINUTE: NOW}


def test_one_batch_may_close_many_cycles_and_leave_others_open(gateway, house, meters, destinations):
    reads = [
        {"serial_number": meter.serial_number, "time_stamping": (NOW - n * MINUTE).isoformat(), "kwh": 5}
        for n in range(3)
        for meter in meters[: 2 + n % 2]
    ]
    gateway.post(f"/api/v1/read?property={house.public_id}", {"reads": reads})

    assert closed() == {NOW - 2 * MINUTE: None, NOW - MINUTE: NOW, NOW: None}


def test_rejected_batches_and_rows_form_no_cycle(gateway, house, meters, destinations):
    answer = gateway.post(
        f"/api/v1/read?property={house.public_id}",
        {"reads": [{"serial_number": "unknown", "time_stamping": NOW.isoformat(), "kwh": 1}]},
    )

    assert answer.json()["accepted"] == 0
    assert closed() == {}


def test_without_a_destination_nothing_is_kept_and_one_look_is_all_it_costs(gateway, house, meters):
    with CaptureQueriesContext(connection) as queries:
        send_reads(gateway, house, NOW, *meters)

    assert len([query for query in queries.captured_queries if "fileupload" in query["sql"]]) == 1
    assert closed() == {}


@pytest.mark.parametrize("size", [2, 40])
def test_what_a_cycle_costs_does_not_grow_with_its_reads(gateway, house, destinations, size):
    meters = [MeterFactory(property=house) for _ in range(size)]

    with CaptureQueriesContext(connection) as queries:
        send_reads(gateway, house, NOW, *meters)

    assert len([query for query in queries.captured_queries if "fileupload" in query["sql"]]) == 6


def test_destination_that_refused_is_left_to_the_sweep(gateway, house, meters, destinations, monkeypatch):
    """However many dead ones a cycle has files for, the sweep alone tries them, a few at once."""
    refusing, taking = destinations
    Destination.objects.filter(pk=refusing.pk).update(failures=1, next_attempt=NOW)
    rung: list[int] = []
    monkeypatch.setattr(cycles, "ring", rung.extend)

    send_reads(gateway, house, NOW, *meters)

    assert rung == [taking.pk]
    assert due_destinations(NOW) == [taking.pk, refusing.pk]


def test_other_properties_are_left_alone(gateway, house, meters, destinations):
    other = HttpDestinationFactory()

    send_reads(gateway, house, NOW, *meters)

    assert not Delivery.objects.filter(destination=other).exists()


def test_old_cycles_are_forgotten_with_their_deliveries(gateway, house, meters, destinations):
    send_reads(gateway, house, NOW, *meters)

    cycles.forget(NOW + timedelta(days=89))
    kept = Delivery.objects.count()
    cycles.forget(NOW + timedelta(days=91))

    assert (kept, Delivery.objects.count(), Cycle.objects.count()) == (2, 0, 0)
