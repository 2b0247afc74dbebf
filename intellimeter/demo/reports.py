"""The demo's scheduled reports: one that comes every month, and one to be made on request."""

from datetime import datetime

from accounts.models import User
from intellimeter.demo.site import ADMIN, CLERK
from reporting.enums import Repeat
from reporting.models import Schedule
from reporting.schedules.services import create_schedule
from reporting.sections import SECTIONS

MONTHLY, ON_REQUEST = "Monthly owner's report", "Suites at a glance"


def schedule_reports(*, now: datetime) -> None:
    """Set up what is missing: all sections on the first of each month for the admin, some on request for the clerk."""
    admin, clerk = (User.objects.get(email=email) for email in (ADMIN, CLERK))
    if not Schedule.objects.filter(user=admin, name=MONTHLY).exists():
        create_schedule(
            user=admin,
            now=now,
            name=MONTHLY,
            sections=list(SECTIONS),
            repeat=Repeat.MONTH,
            start=now.date().replace(day=1),
        )
    if not Schedule.objects.filter(user=clerk, name=ON_REQUEST).exists():
        create_schedule(user=clerk, now=now, name=ON_REQUEST, sections=["TopSuites", "TopSuitesTable"])
