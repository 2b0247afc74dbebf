"""A company with one of everything, so that operations have something to answer with."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from intellimeter.common.api.schema.parameters import EXAMPLE_ID
from reporting.runs.making import make
from reporting.schedules.services import start_generation
from tests.factories.accounts import SECRET, AdminFactory, ApplicationFactory, UserFactory, access_token
from tests.factories.billing import FeeFactory, InvoiceFactory, ServiceFactory, TenantFactory
from tests.factories.help import QuestionFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.factories.reporting import ScheduleFactory
from tests.metering.feeding import feed

DAY = timedelta(days=1)
MARCH = datetime(2021, 3, 9, 17, tzinfo=UTC)


class House:
    """A property of a company, its token with every scope, and the ids of its things by chapter."""

    def __init__(self) -> None:
        admin = AdminFactory()
        company = admin.company
        property = PropertyFactory(company=company)
        suite = SuiteFactory(property=property)
        meter = MeterFactory(suite=suite)
        service = ServiceFactory(suite=suite)
        self.invoice = InvoiceFactory(service=service)
        self.schedule = ScheduleFactory(user=admin)
        self.application = ApplicationFactory(user=admin)
        self.token, _row = access_token("*:*:*", user=admin, application=ApplicationFactory(user=admin))
        self.serial_number = meter.serial_number
        now = timezone.now()
        times = [*(MARCH + DAY * day for day in range(3)), now - DAY, now - timedelta(minutes=5)]
        feed({meter: [(time, Decimal(place)) for place, time in enumerate(times)]})
        self.ids = {
            "property": property.public_id,
            "suite": suite.public_id,
            "tenant": TenantFactory(suite=suite).public_id,
            "service": service.public_id,
            "user": UserFactory(company=company).public_id,
            "name": self.invoice.filename,
            "ids": meter.public_id,
        }
        self.own = {
            "Meter": meter.public_id,
            "Fee": FeeFactory(property=property).public_id,
            "Invoice": self.invoice.public_id,
            "Service": service.public_id,
            "Suite": SuiteFactory(property=property).public_id,
            "Tenant": TenantFactory(property=property).public_id,
            "Scheduled Reports": ScheduleFactory(user=admin).public_id,
            "Generate a Scheduled Report": self.schedule.public_id,
            "FAQ": QuestionFactory().public_id,
            "OAuth2.0 Application": ApplicationFactory(user=admin).public_id,
        }

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def generated(self) -> str:
        """The token of a report that has been made."""
        run, token = start_generation(schedule=self.schedule, now=timezone.now())
        make(run.pk)
        return token

    def real(self, name: str, chapter: str) -> str:
        """The id that a parameter or field of this name means in a chapter."""
        return self.own.get(chapter, EXAMPLE_ID) if name == "id" else self.ids.get(name, EXAMPLE_ID)

    def filled(self, body: Any, chapter: str) -> Any:
        """The body of an example with real ids, serial numbers and secrets in place of the printed ones."""
        if isinstance(body, list):
            return [self.filled(item, chapter) for item in body]
        if not isinstance(body, dict):
            return body
        told: dict[str, Any] = {
            "serial_number": self.serial_number,
            "client_id": self.application.client_id,
            "client_secret": SECRET,
            "properties": [self.ids["property"]],
        }
        found = {}
        for name, value in body.items():
            if name in self.ids and isinstance(value, str) and name != "name":
                found[name] = self.ids[name]
            elif name in told and not isinstance(value, bool):
                found[name] = told[name]
            else:
                found[name] = self.filled(value, chapter)
        return found
