"""Scheduled reports for tests."""

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from reporting.models import Schedule
from tests.factories.accounts import AdminFactory


class ScheduleFactory(DjangoModelFactory):
    """A monthly report of one section, which has no next due date until a service sets it."""

    class Meta:
        model = Schedule

    user = SubFactory(AdminFactory)
    name = Sequence(lambda n: f"Report {n}")
    sections = ["ConsumptionTable"]
    repeat = "month"
    period = 1
