"""One company with one of each thing, and the ids that the table's placeholders stand for."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.conf import settings

from accounts.models import User
from reporting.schedules.services import start_generation
from tests.factories.accounts import AdminFactory, ApplicationFactory, UserFactory
from tests.factories.billing import FeeFactory, InvoiceFactory, ServiceFactory, TenantFactory
from tests.factories.fileupload import FtpsDestinationFactory, HttpDestinationFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.factories.reporting import ScheduleFactory
from tests.metering.feeding import feed

APPS = settings.AUDITED_APPS
READ_AT = datetime(2021, 3, 10, 15, tzinfo=UTC)


class World:
    """What there is around a user; each placeholder `$name` is a key of `ids`."""

    def __init__(self, user: User | None = None):
        self.user = user or AdminFactory()
        self.property = PropertyFactory(company=self.user.company)
        self.suite = suite = SuiteFactory(property=self.property)
        self.tenant = TenantFactory(suite=suite)
        meter = MeterFactory(suite=suite)
        feed({meter: [(READ_AT, Decimal("1258.265"))]})
        service = ServiceFactory(suite=suite)
        invoice = InvoiceFactory(service=service)
        HttpDestinationFactory(property=self.property)
        FtpsDestinationFactory(property=self.property)
        schedule = ScheduleFactory(user=self.user)
        _run, token = start_generation(schedule=schedule, now=READ_AT)
        rows = {
            "property": self.property,
            "suite": suite,
            "empty_suite": SuiteFactory(property=self.property),
            "meter": meter,
            "fee": FeeFactory(property=self.property),
            "tenant": self.tenant,
            "service": service,
            "invoice": invoice,
            "application": ApplicationFactory(user=self.user),
            "schedule": schedule,
            "colleague": UserFactory(company=self.user.company),
        }
        self.ids = {name: row.public_id for name, row in rows.items()}
        self.ids["filename"] = invoice.filename
        self.ids["token"] = token
        self.ids["serial_number"] = meter.serial_number

    def filled(self, value: Any) -> Any:
        """The value with every `$name` in it, however deep, made the id that it stands for."""
        match value:
            case str() if value.startswith("$"):
                return self.ids[value[1:]]
            case dict():
                return {name: self.filled(inner) for name, inner in value.items()}
            case list():
                return [self.filled(inner) for inner in value]
        return value


def everything() -> dict[str, list[Any]]:
    """All that is stored, to see that a denied request left it alone."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if model._meta.managed
    }
