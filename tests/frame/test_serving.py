"""What `make serve` holds together: server, worker and beat as real processes on the embedded parts."""

import http.client
import re
import socket

import pytest

from intellimeter.beat import SCHEDULE
from tests.frame.installation import wait_until

pytestmark = pytest.mark.xdist_group("processes")

SUCCEEDED = re.compile(r"Task ([\w.]+)\[[^]]*\] succeeded in ")
EXPIRED_SESSION = """
from django.contrib.sessions.models import Session
Session.objects.create(session_key="old", session_data="", expire_date="2020-01-01T00:00Z")
"""
SESSIONS_LEFT = "from django.contrib.sessions.models import Session; print(Session.objects.count())"
TWO_HUNDRED_TASKS = """
from billing.tasks import send_invoice_mail
for number in range(200): send_invoice_mail.delay(-1)

"""
DAY_OFF = """
from datetime import timedelta
from celery.beat import PersistentScheduler
from django.conf import settings
from intellimeter.celery import app
scheduler = PersistentScheduler(app, schedule_filename=str(settings.DATA_DIR / "beat-schedule"))
for entry in scheduler.schedule.values():
    entry.last_run_at -= timedelta(days=2)
scheduler.close()
"""


def test_stranger_is_sent_to_the_sign_in_and_interrupt_ends_all(install):
    site = install()
    site.start()
    wait_until(lambda: _listens(site.port), seconds=90, what="the server listens")

    home = _get(site.port, "/")
    sign_in = _get(site.port, home.getheader("Location"))

    assert (home.status, home.getheader("Location")) == (302, "/sign-in?next=/")
    assert sign_in.status == 200

    wait_until(lambda: "ready." in site.log.read_text(), seconds=90, what="the worker is ready")
    site.interrupt()

    assert site.processes() == []
    assert not _listens(site.port)


def test_beat_catches_up_through_the_worker_after_two_days_off(install):
    site = install()
    site.run("python manage.py shell", stdin=EXPIRED_SESSION)
    site.run("python manage.py shell", stdin=DAY_OFF)

    site.start("worker", "uploads", "beat")
    wait_until(
        lambda: {entry["task"] for entry in SCHEDULE.values()} <= set(SUCCEEDED.findall(site.log.read_text())),
        seconds=90,
        what="each task of the schedule ran once",
    )
    wait_until(
        lambda: [path.name for path in (site.data_dir / "broker").iterdir()] == ["control"],
        seconds=30,
        what="no message is left over",
    )
    site.interrupt()

    assert site.run("python manage.py shell --no-imports", stdin=SESSIONS_LEFT).strip() == "0"
    assert "ERROR" not in site.log.read_text()


def test_worker_takes_tasks_from_the_folder_many_a_second(install):
    """Left to kombu's own pace it would take one a second from a worker of one process."""
    site = install()
    site.run("python manage.py shell --no-imports", stdin=TWO_HUNDRED_TASKS)

    site.start("worker")

    wait_until(lambda: " succeeded in " in site.log.read_text(), seconds=90, what="the worker has begun")
    wait_until(lambda: site.log.read_text().count(" succeeded in ") == 200, seconds=60, what="all tasks are done")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _get(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer
