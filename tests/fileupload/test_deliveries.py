"""Files on their way: order, repeats, pauses, what a dead or slow server costs, and what survives a killed worker."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db.models import F

from fileupload import deliveries, services
from fileupload.deliveries import LEASE, PAUSES, RETRIES_AT_ONCE, deliver, due_destinations, pause_after
from fileupload.enums import Status
from fileupload.models import Delivery, Destination
from intellimeter.common.errors import Conflict
from metering.models import Read
from tests.factories.fileupload import (
    CycleFactory,
    DeliveryFactory,
    FtpsDestinationFactory,
    HttpDestinationFactory,
)
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.fileupload.pace import within
from tests.fileupload.servers.ftps import PASSWORD, USER, talking
from tests.fileupload.servers.http import answer, hang

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 4, 9, 14, 20, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def house():
    return PropertyFactory(job_number="20-350 / 1")


@pytest.fixture
def destination(house, http_server):
    return HttpDestinationFactory(property=house, url=http_server.url())


def cycle_at(property, time: datetime):
    """A closed cycle with a read of one meter."""
    meter = property.meters.first() or MeterFactory(property=property, name="Meter1", serial_number="A")
    Read.objects.create(meter=meter, time=time, register=5, interval=1)
    return CycleFactory(property=property, time=time, closed=time)


def waiting(destination, *times: datetime) -> list[Delivery]:
    return [DeliveryFactory(destination=destination, cycle=cycle_at(destination.property, time)) for time in times]


def states(destination) -> list[tuple[str, int]]:
    rows = Delivery.objects.filter(destination=destination).order_by("cycle__time")
    return list(rows.values_list("status", "attempts"))


def test_file_and_answer_of_a_delivery(destination, http_server, clock):
    [delivery] = waiting(destination, NOW)

    assert deliver(destination.pk) is False

    [request] = http_server.requests
    delivery.refresh_from_db()
    assert request.headers["X-Delivery-Id"] == str(delivery.delivery_id)
    assert request.body.decode().splitlines() == [
        "name,serial_number,utility,panel,suite,floor,time_stamping,sent,kwh,kwh_interval",
        "Meter1,A,E,,,,2021-04-09 10:20:00,,5,1",
    ]
    assert (delivery.status, delivery.attempts, delivery.code, delivery.answer, delivery.problem) == (
        Status.SENT,
        1,
        200,
        "ok",
        "",
    )
    assert (delivery.first_attempt, delivery.last_attempt, delivery.sent) == (NOW, NOW, NOW)
    assert (delivery.size, delivery.duration is not None) == (len(request.body), True)


def test_a_repeat_has_the_same_id_and_says_when_it_was_first_sent(destination, http_server, clock):
    waiting(destination, NOW)
    http_server.behaviours = [answer(500)]

    deliver(destination.pk)
    clock.move_to(NOW + timedelta(minutes=1))
    deliver(destination.pk)

    first, second = http_server.requests
    assert first.headers["X-Delivery-Id"] == second.headers["X-Delivery-Id"]
    assert first.body.decode().splitlines()[1] == "Meter1,A,E,,,,2021-04-09 10:20:00,,5,1"
    assert second.body.decode().splitlines()[1] == "Meter1,A,E,,,,2021-04-09 10:20:00,2021-04-09 10:20:00,5,1"
    assert states(destination) == [("sent", 2)]


def test_ftps_delivery_has_its_id_in_the_files_name(house, ftps_server, authority, clock):
    server = ftps_server()
    destination = FtpsDestinationFactory(
        property=house, host="127.0.0.1", port=server.port, user=USER, password=PASSWORD, ca_certificate=authority.pem
    )
    [delivery] = waiting(destination, NOW)

    deliver(destination.pk)

    assert states(destination) == [("sent", 1)]
    assert list(server.files()) == [f"20-350-1_20210409T142000Z_{delivery.delivery_id}.csv"]


def test_oldest_cycle_goes_first_and_none_overtakes_one_that_failed(destination, http_server, clock):
    waiting(destination, NOW - QUARTER, NOW, NOW - 2 * QUARTER)
    http_server.behaviours = [answer(), answer(503)]

    deliver(destination.pk)
    assert states(destination) == [("sent", 1), ("waiting", 1), ("waiting", 0)]

    clock.move_to(NOW + timedelta(minutes=1))
    deliver(destination.pk)
    assert states(destination) == [("sent", 1), ("sent", 2), ("sent", 1)]
    stamps = [request.body.decode().splitlines()[1].split(",")[6] for request in http_server.requests]
    assert stamps == ["2021-04-09 09:50:00", *["2021-04-09 10:05:00"] * 2, "2021-04-09 10:20:00"]


def test_first_pause_is_5_to_30_seconds_and_pauses_grow():
    first = [pause_after(1).total_seconds() for _ in range(200)]

    assert 5 <= min(first) < max(first) <= 20  # the sweep comes every ten seconds
    assert list(PAUSES) == sorted(set(PAUSES))
    assert pause_after(500) <= timedelta(minutes=20)


def test_a_destination_that_refused_is_left_alone_for_its_pause(destination, http_server, clock):
    waiting(destination, NOW)
    http_server.behaviours = [answer(500)]
    deliver(destination.pk)
    due = Destination.objects.get().next_attempt

    clock.move_to(due - timedelta(seconds=1))
    assert (due_destinations(due - timedelta(seconds=1)), deliver(destination.pk)) == ([], False)
    assert len(http_server.requests) == 1
    assert due_destinations(due) == [destination.pk]


def test_an_outage_of_an_hour_loses_nothing_and_keeps_the_order(destination, http_server, clock):
    """Cycles go on coming each quarter of an hour; sweeps come each ten seconds, as beat has them."""
    url = destination.url
    type(destination).objects.update(url="http://127.0.0.1:9/")  # nobody listens there
    times = [NOW + number * QUARTER for number in range(6)]
    coming = list(times)
    now = NOW
    while now < NOW + timedelta(minutes=90):
        clock.move_to(now)
        if coming and now >= coming[0]:
            waiting(destination, coming.pop(0))
        if now == NOW + timedelta(hours=1):
            type(destination).objects.update(url=url)
        for pk in due_destinations(now):
            deliver(pk)
        now += timedelta(seconds=10)

    stamps = [request.body.decode().splitlines()[1].split(",")[6] for request in http_server.requests]
    assert stamps == [f"2021-04-09 {time - timedelta(hours=4):%H:%M:%S}" for time in times]
    assert {status for status, _ in states(destination)} == {"sent"}
    assert 5 < states(destination)[0][1] < 20
    assert Destination.objects.get().failures == 0


def test_after_24_hours_it_has_failed_and_can_be_sent_by_hand(destination, http_server, clock):
    day = timedelta(hours=24)
    [old, young] = waiting(destination, NOW - day, NOW)
    http_server.always = answer(500, b"down")
    deliver(destination.pk)
    assert states(destination) == [("failed", 1), ("waiting", 0)]
    old.refresh_from_db()
    assert (old.code, old.answer, old.problem) == (500, "down", "The server answered 500; 200 is expected.")

    http_server.always = answer()
    services.resend(delivery=old, now=NOW)
    deliver(destination.pk)

    assert states(destination) == [("sent", 2), ("sent", 1)]
    with pytest.raises(Conflict):
        services.resend(delivery=DeliveryFactory(destination=destination), now=NOW)
    assert young.delivery_id != old.delivery_id


def test_nothing_fails_untried_only_because_we_were_down(destination, http_server, clock):
    waiting(destination, NOW - timedelta(days=3), NOW - timedelta(days=2))

    deliver(destination.pk)

    assert states(destination) == [("sent", 1), ("sent", 1)]


def test_a_dead_destination_gathers_no_deliveries_without_end(destination, http_server, clock):
    waiting(destination, *(NOW - timedelta(hours=hours) for hours in (30, 26, 25, 1)))
    http_server.always = answer(500)

    deliver(destination.pk)

    assert states(destination) == [("failed", 1), ("failed", 0), ("failed", 0), ("waiting", 0)]


def test_new_settings_are_tried_at_once(destination, http_server, clock, django_capture_on_commit_callbacks):
    waiting(destination, NOW)
    http_server.behaviours = [answer(401)]
    deliver(destination.pk)

    with django_capture_on_commit_callbacks(execute=True):
        services.put_http(
            property=destination.property, url=destination.url, file_type="JSON", header={"Authorization": "Bearer x"}
        )

    assert states(destination) == [("sent", 2)]
    assert http_server.requests[-1].headers["Authorization"] == "Bearer x"


def test_disabled_destination_gets_nothing_more(destination, http_server, clock):
    waiting(destination, NOW)
    services.disable(property=destination.property, transport="http")

    assert deliver(destination.pk) is False
    assert http_server.requests == []
    assert not Delivery.objects.exists()


def test_only_one_worker_has_a_destination(destination, http_server, clock):
    waiting(destination, NOW)
    Destination.objects.update(claim="another's", lease_until=NOW + LEASE)

    assert (due_destinations(NOW), deliver(destination.pk)) == ([], False)
    assert http_server.requests == []


def test_what_a_killed_worker_had_is_sent_when_its_lease_ends(destination, http_server, clock):
    """It died after its request went out, before it noted the answer: the file comes again, with the same id."""
    [delivery] = waiting(destination, NOW)
    Destination.objects.update(claim="of the dead", lease_until=NOW + LEASE)
    Delivery.objects.update(attempts=F("attempts") + 1, first_attempt=NOW, last_attempt=NOW)

    clock.move_to(NOW + LEASE)
    assert due_destinations(NOW + LEASE) == [destination.pk]
    deliver(destination.pk)

    assert states(destination) == [("sent", 2)]
    assert http_server.requests[0].headers["X-Delivery-Id"] == str(delivery.delivery_id)


def test_who_lost_the_lease_meanwhile_changes_nothing_of_the_next_ones(destination, http_server, clock, monkeypatch):
    """A worker that was stopped for minutes comes back with a failure, while another already has the destination."""
    waiting(destination, NOW)
    http_server.behaviours = [answer(500)]
    noted = deliveries._note

    def late(*args) -> None:
        Destination.objects.update(claim="another's")
        noted(*args)

    monkeypatch.setattr(deliveries, "_note", late)
    deliver(destination.pk)

    taken = Destination.objects.get()
    assert (taken.claim, taken.failures, taken.next_attempt) == ("another's", 0, None)


def test_dead_destinations_however_many_leave_slots_to_the_living(clock, house):
    """Those that refused share a few slots; those that never did are all rung for."""
    dead = [HttpDestinationFactory(failures=3, next_attempt=NOW - n * QUARTER) for n in range(20)]
    alive = [HttpDestinationFactory() for _ in range(20)]
    for one in [*dead, *alive]:
        DeliveryFactory(destination=one)

    rung = due_destinations(NOW)
    assert rung == [*(one.pk for one in alive), *(one.pk for one in dead[: -RETRIES_AT_ONCE - 1 : -1])]

    Destination.objects.filter(pk__in=rung[20:24]).update(claim="taken", lease_until=NOW + LEASE)
    assert len(due_destinations(NOW)) == 20 + RETRIES_AT_ONCE - 4


def test_silent_server_holds_a_worker_for_the_time_of_an_attempt_only(http_server, short_attempts):
    http_server.always = hang()

    def one_turn() -> list[Delivery]:
        silent = HttpDestinationFactory(url=http_server.url())
        waiting(silent, NOW, NOW + QUARTER)
        deliver(silent.pk)
        return list(Delivery.objects.filter(destination=silent).order_by("cycle__time"))

    first, second = within(2.5, one_turn)

    assert (first.attempts, first.problem) == (1, "The server did not answer in time.")
    assert (second.attempts, second.problem) == (0, "")
    assert first.duration >= 990


def test_whatever_a_server_says_the_attempt_is_noted(destination, house, http_server, clock):
    """NUL characters too, which PostgreSQL takes in no text: what cannot be noted would be tried again at once, for ever."""
    other = FtpsDestinationFactory(property=house, host="127.0.0.1", port=talking(b"421 a\0b\r\n"))
    cycle = cycle_at(house, NOW)
    http_server.always = answer(500, b"a\0b")

    for one in (destination, other):
        DeliveryFactory(destination=one, cycle=cycle)
        deliver(one.pk)

    noted = Delivery.objects.order_by("pk").values_list("status", "code", "answer", "destination__failures")
    assert list(noted) == [("waiting", 500, "a�b", 1), ("waiting", 421, "421 a�b", 1)]


def test_a_file_that_cannot_be_made_is_a_failed_attempt(destination, http_server, clock):
    [delivery] = waiting(destination, NOW)
    type(destination).objects.update(file_type="XLSX")

    deliver(destination.pk)

    delivery.refresh_from_db()
    assert (delivery.status, delivery.problem) == ("waiting", "Something failed on our side: KeyError.")
