"""The mail server and the places of billing's tests, and a due run."""

from datetime import UTC, date, datetime

import pytest

from reporting.models import Run
from tests.billing.mail.conftest import places, server  # noqa: F401 - fixtures
from tests.billing.processes import database  # noqa: F401 - a fixture
from tests.factories.accounts import AdminFactory
from tests.factories.reporting import ScheduleFactory

MORNING = datetime(2021, 3, 31, 10, tzinfo=UTC)
"""06:00 in Toronto."""


@pytest.fixture
def run():
    """A run that came due and is to be made."""
    user = AdminFactory(email="ada@example.com", first_name="Ada", last_name="Byron", company__name="Lakeshore")
    schedule = ScheduleFactory(user=user, name="Owner’s report")
    days = {"before": date(2021, 1, 31), "first": date(2021, 2, 28), "until": date(2021, 3, 31)}
    return Run.objects.create(schedule=schedule, due=date(2021, 3, 31), next_attempt=MORNING, **days)
