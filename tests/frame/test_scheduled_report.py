"""A scheduled report from reads to the mailbox: real beat, real worker, real mail server."""

import io
import re
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from pypdf import PdfReader

from tests.billing.mail.conftest import Sink
from tests.frame.installation import Installation, free_port, wait_until
from tests.frame.test_serving import DAY_OFF, SUCCEEDED

pytestmark = pytest.mark.xdist_group("processes")

WEEKLY = """
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo
from django.utils import timezone
from accounts.models import Company
from accounts.services import create_user
from metering.ingest import RawRow, ingest
from metering.models import LatestRead, Meter, Property
from reporting.schedules.services import create_schedule
zone = ZoneInfo("America/Toronto")
company = Company.objects.create(name="Lakeshore", timezone=zone.key)
user = create_user(company=company, password=None, email="ada@example.com", first_name="Ada", last_name="B", is_admin=True)
house = Property.objects.create(company=company, job_number="1", job_name="", display_name="Maple Court", timezone=zone.key)
meter = Meter.objects.create(property=house, serial_number="M-1", name="Main", utility="E")
LatestRead.objects.create(meter=meter)
now = timezone.now()
due = now.astimezone(zone).date() - timedelta(days=3)
midnights = [datetime.combine(due - timedelta(days=back), time(), zone) for back in range(15, -1, -1)]
columns = ("serial_number", "time_stamping", "kwh")
ingest(property=house, rows=[RawRow(n, columns, ("M-1", at.isoformat(), str(10 * n))) for n, at in enumerate(midnights)])
timing = {"repeat": "week", "start": due, "sections": ["ConsumptionTable", "ConsumptionDaily"]}
create_schedule(user=user, now=now - timedelta(days=5), name="For the owner", **timing)

"""
TOLD = """
from reporting.models import Run, Schedule
print(Schedule.objects.get().result, Run.objects.values_list("status", "mail_status"))
"""


@pytest.fixture
def mailbox() -> Iterator[tuple[Sink, str]]:
    """A mail server and its address."""
    sink, port = Sink(), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    yield sink, f"smtp://127.0.0.1:{port}"
    controller.stop()


def shell(site: Installation, source: str) -> str:
    return site.run("python manage.py shell --no-imports", stdin=source).strip()


def sweeps(site: Installation) -> int:
    return SUCCEEDED.findall(site.log.read_text()).count("reporting.tasks.run_due")


def test_a_report_that_came_due_while_all_was_down_is_mailed_once(install, mailbox):
    sink, url = mailbox
    site = install(EMAIL_URL=url)
    shell(site, WEEKLY)

    shell(site, DAY_OFF)
    site.start("worker", "beat")
    wait_until(lambda: sink.taken, seconds=120, what="the report is mailed")
    wait_until(lambda: "and mailed to ada@example.com." in shell(site, TOLD), seconds=60, what="its result is told")
    site.interrupt()
    shell(site, DAY_OFF)
    site.start("worker", "beat")
    wait_until(lambda: sweeps(site), seconds=120, what="the next sweep is through")
    site.interrupt()

    [(_, recipients, message)] = sink.taken
    assert recipients == ["ada@example.com"]
    assert message["Subject"].startswith("For the owner: ")
    [pdf] = [part.get_content() for part in message.iter_attachments() if part.get_content_subtype() == "pdf"]
    pages = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))
    assert "Maple Court 70 70 0 ±0.0% 10" in pages
    assert shell(site, TOLD).endswith("<RunQuerySet [('done', 'sent')]>")
