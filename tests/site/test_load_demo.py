"""`manage.py load_demo`: through provisioning, ingest and issuing, once; here with a shorter past than in earnest."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.hashers import check_password
from django.core.management import call_command

from accounts.models import Application, User
from billing.models import Invoice
from intellimeter.demo import load
from intellimeter.demo.buildings import PROPERTIES
from metering.enums import Flag, Utility
from metering.models import Read
from tests.site.sites import rows_of_everything

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 7, 2, 15, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _short_past(monkeypatch):
    monkeypatch.setattr(load, "MONTHS", 1)


def load_demo(now: datetime) -> str:
    out = StringIO()
    with time_machine.travel(now, tick=False):
        call_command("load_demo", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_demo_is_what_the_portal_is_to_show():
    zones = {property.timezone for property in PROPERTIES}
    meters = [meter for property in PROPERTIES for meter in property.meters]

    assert zones == {"America/Toronto", "America/St_Johns", "America/Vancouver"}
    assert len(meters) == 60
    assert {meter.utility for meter in meters} == set(Utility)
    for mishap in ("general", "replaced", "register_max", "silent", "misread"):
        assert sum(bool(getattr(meter, mishap)) for meter in meters) == 1


def test_demo_loads_its_past_once_and_tops_it_up_the_day_after():
    said = load_demo(DAY)

    hours = (
        31 * 24 + 11 + 1
    )  # since 1 June, 00:00 in Toronto and St. John's, up to 11:00 and 12:50; Vancouver until 08:00
    assert Read.objects.filter(meter__property__job_number="26-100-0001").count() == 25 * hours
    assert set(Read.objects.values_list("flag", flat=True)) == {Flag.NONE}
    issued = Invoice.objects.order_by("number").values_list("number", "created", "property__job_number")
    assert [number for number, _, _ in issued] == list(range(1, 19))
    assert {created for _, created, _ in issued} == {
        datetime(2026, 7, 1, 8, 30, tzinfo=UTC),
        datetime(2026, 7, 1, 10, tzinfo=UTC),
    }
    before = rows_of_everything()

    assert load_demo(DAY) == said
    assert rows_of_everything() == before

    load_demo(DAY + timedelta(days=1))

    assert Read.objects.filter(meter__property__job_number="26-100-0001").count() == 25 * (hours + 24)
    assert Read.objects.filter(flag=Flag.NONE).count() == Read.objects.count()
    assert Invoice.objects.count() == 18


def test_logins_and_client_that_are_printed_work():
    said = load_demo(DAY.replace(day=1, hour=6)).splitlines()

    logins = {line.split()[0]: line.split()[1] for line in said if "@" in line}
    assert len(logins) == 3
    assert all(User.objects.get(email=email).check_password(password) for email, password in logins.items())
    client_id, secret = said[-2].split()[1], said[-1].split()[1]
    assert check_password(secret, Application.objects.get(client_id=client_id).client_secret)
