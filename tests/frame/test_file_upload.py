"""Files sent by real processes: beside destinations that accept and never answer, and after a worker was killed."""

from itertools import accumulate

import pytest

from tests.fileupload.servers.http import HttpServer, Request, answer, hang
from tests.frame.installation import Installation, wait_until

pytestmark = pytest.mark.xdist_group("processes")

WAITING = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import Company
from fileupload.models import Cycle, Delivery, HttpDestination
from metering.models import Property
company, now = Company.objects.create(name="C"), timezone.now()
for number, (url, failures) in enumerate({destinations}):
    house = Property.objects.create(company=company, job_number=str(number), job_name="", display_name=str(number))
    one = HttpDestination.objects.create(property=house, transport="http", file_type="CSV", url=url, failures=failures)
    cycle = Cycle.objects.create(property=house, time=now, deadline=now, closed=now)
    Delivery.objects.create(destination=one, cycle=cycle, created=now, give_up=now + timedelta(hours=24))

"""
LEASE_IS_OVER = """
from django.utils import timezone
from fileupload.models import Destination
print(Destination.objects.exclude(claim="").update(lease_until=timezone.now()))
"""
SAMPLE = """
from accounts.models import Company
from django.utils import timezone
from fileupload.models import HttpDestination
from fileupload.samples import ask
from metering.models import Property
house = Property.objects.create(company=Company.objects.create(name="C"), job_number="1", job_name="", display_name="1")
one = HttpDestination.objects.create(property=house, transport="http", file_type="CSV", url={url!r})
ask(destination=one, now=timezone.now())
"""
SAMPLES = """
from fileupload.models import Sample
print(list(Sample.objects.values_list("taken", "problem")))
"""
STATES = """
from fileupload.models import Delivery
print(sorted(Delivery.objects.values_list("status", "attempts")))
"""


@pytest.fixture
def site(install) -> Installation:
    return install(FILE_UPLOAD_ALLOWED_NETWORKS="127.0.0.0/8")


def shell(site: Installation, source: str) -> str:
    return site.run("python manage.py shell --no-imports", stdin=source).strip()


def most_at_once(requests: list[Request]) -> int:
    """How many of the requests were open when most of them were."""
    begun = [(request.at, 1) for request in requests]
    ended = [(request.ended, -1) for request in requests if request.ended is not None]
    return max(accumulate(change for _, change in sorted(begun + ended)))


def test_destinations_that_never_answer_do_not_hold_up_the_others(site):
    silent, alive = HttpServer(), HttpServer()
    silent.always = hang()
    dead = [(silent.url(f"/{number}"), 1) for number in range(40)]
    shell(site, WAITING.format(destinations=[*dead, *((alive.url(f"/{number}"), 0) for number in range(5))]))

    site.start("uploads", "beat")
    wait_until(lambda: len(alive.requests) == 5, seconds=60, what="each living server has its file")
    wait_until(lambda: len(silent.requests) > 6, seconds=90, what="the silent ones are tried too, one after the other")

    tried = list(silent.requests)
    assert max(one.at for one in alive.requests) < min(one.ended for one in tried if one.ended is not None)
    assert most_at_once(tried) <= 6
    silent.stop()
    alive.stop()


def test_what_a_killed_worker_had_in_hand_is_sent_by_the_next(site):
    server = HttpServer()
    server.behaviours = [hang(), answer()]
    shell(site, WAITING.format(destinations=[(server.url(), 0)]))

    site.start("uploads", "beat")
    wait_until(lambda: len(server.requests) == 1, seconds=60, what="the file is on its way")
    site.kill()
    assert shell(site, STATES) == "[('waiting', 1)]"
    assert shell(site, LEASE_IS_OVER) == "1"
    site.start("uploads", "beat")
    wait_until(lambda: len(server.requests) == 2, seconds=60, what="the file comes again")
    wait_until(lambda: shell(site, STATES) == "[('sent', 2)]", seconds=30, what="it is noted as sent")

    first, second = server.requests
    assert first.headers["X-Delivery-Id"] == second.headers["X-Delivery-Id"]
    server.stop()


def test_sample_is_sent_by_the_uploads_worker(site):
    """The process that asks is gone before the server answers: the row has the result all the same."""
    server = HttpServer()
    server.always = hang()
    shell(site, SAMPLE.format(url=server.url()))
    assert server.requests == []

    site.start("uploads")
    wait_until(lambda: len(server.requests) == 1, seconds=60, what="the sample is on its way")
    wait_until(
        lambda: shell(site, SAMPLES) == "[(False, 'The server did not answer in time.')]",
        seconds=60,
        what="its result is noted",
    )
    server.stop()
