"""Samples: sent by a worker once, never many at a time, and never in the way of deliveries."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from fileupload import samples
from fileupload.models import Delivery, Sample
from fileupload.tasks import forget_old, sweep
from metering.models import LatestRead, Read
from tests.factories.fileupload import HttpDestinationFactory, SampleFactory
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.fileupload.servers.http import answer, hang

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 4, 9, 14, 20, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def destination(http_server):
    return HttpDestinationFactory(property=PropertyFactory(job_number="20-350-1"), url=http_server.url())


def test_sample_is_a_file_of_the_newest_reads(destination, http_server, clock):
    meter = MeterFactory(property=destination.property, name="Meter1", serial_number="A")
    Read.objects.create(meter=meter, time=NOW, register=5, interval=1)
    LatestRead.objects.filter(meter=meter).update(time=NOW)
    sample = SampleFactory(destination=destination, created=NOW)

    samples.send(sample.pk)

    [request] = http_server.requests
    sample.refresh_from_db()
    assert (sample.taken, sample.code, sample.answer, sample.problem) == (True, 200, "ok", "")
    assert (sample.started, sample.finished, sample.size) == (NOW, NOW, len(request.body))
    assert request.headers["X-Delivery-Id"].startswith("test-")
    assert sample.file_name == f"20-350-1_20210409T142000Z_{request.headers['X-Delivery-Id']}.csv"
    assert request.body.decode().splitlines()[1] == "Meter1,A,E,,,,2021-04-09 10:20:00,,5,1"
    assert not Delivery.objects.exists()


def test_asking_rings_for_a_worker_and_sends_nothing_itself(
    destination, http_server, clock, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as rings:
        sample = samples.ask(destination=destination, now=NOW)

    assert (len(rings), http_server.requests) == (1, [])
    rings[0]()
    sample.refresh_from_db()
    assert (sample.taken, len(http_server.requests)) == (True, 1)


def test_one_at_a_time_however_often_it_is_asked_for(destination, clock):
    first = samples.ask(destination=destination, now=NOW)

    assert samples.ask(destination=destination, now=NOW) == first
    Sample.objects.update(started=NOW, finished=NOW)
    assert samples.ask(destination=destination, now=NOW) != first


@pytest.mark.parametrize(
    ("started", "lost_after"), [(None, samples.TAKEN_WITHIN), (NOW, samples.REPORTED_WITHIN)], ids=["waiting", "sent"]
)
def test_one_that_got_lost_is_asked_for_anew(destination, started, lost_after):
    lost = SampleFactory(destination=destination, created=NOW, started=started)
    end, second = NOW + lost_after, timedelta(seconds=1)

    assert (samples.goes_on(lost, end - second), samples.goes_on(lost, end)) == (True, False)
    assert samples.ask(destination=destination, now=end - second) == lost
    assert samples.ask(destination=destination, now=end) != lost


def test_none_is_sent_twice_or_when_nobody_waits_for_it_any_more(destination, http_server, clock):
    taken = SampleFactory(destination=destination, created=NOW, started=NOW)
    late = SampleFactory(destination=destination, created=NOW - samples.TAKEN_WITHIN)

    for sample in (taken, late):
        samples.send(sample.pk)

    assert http_server.requests == []


def test_few_are_sent_at_once_and_the_sweep_rings_for_the_others(destination, http_server, clock):
    under_way = [SampleFactory(created=NOW, started=NOW) for _ in range(samples.SENT_AT_ONCE)]
    sample = SampleFactory(destination=destination, created=NOW)

    samples.send(sample.pk)
    assert http_server.requests == []
    assert samples.waiting(NOW) == [sample.pk]

    Sample.objects.filter(pk=under_way[0].pk).update(finished=NOW)
    sweep()
    assert len(http_server.requests) == 1
    assert samples.waiting(NOW) == []


def test_refusal_changes_nothing_of_the_destination(destination, http_server, clock):
    http_server.behaviours = [answer(500, b"down")]
    sample = SampleFactory(destination=destination, created=NOW)

    samples.send(sample.pk)

    sample.refresh_from_db()
    destination.refresh_from_db()
    assert (sample.taken, sample.code, sample.answer) == (False, 500, "down")
    assert (destination.failures, destination.next_attempt) == (0, None)


def test_silent_server_is_reported_in_bounded_time(destination, http_server, short_attempts):
    http_server.always = hang()
    sample = samples.ask(destination=destination, now=datetime.now(UTC))

    samples.send(sample.pk)

    sample.refresh_from_db()
    assert (sample.taken, sample.problem) == (False, "The server did not answer in time.")


def test_samples_are_forgotten_after_a_week(clock):
    SampleFactory(created=NOW - timedelta(days=8))
    kept = SampleFactory(created=NOW - timedelta(days=6))

    forget_old()

    assert list(Sample.objects.all()) == [kept]
