"""The company of `tests.portal.conftest.site` after a busy month: every list of the portal has rows, in each state they take.

Each property has invoices paid, late, not mailed and for nobody, a template of its own, a server that takes its files and one
that does not, and files of reads. The admin has an application, a consent, and a scheduled report with past runs.
"""

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from accounts.oauth.consents import give_consent
from billing.documents.default_template import default_template
from billing.enums import MailStatus
from billing.models import InvoiceMail
from billing.services import replace_template
from fileupload.enums import Status
from metering import imports
from metering.models import Meter, Property, Suite
from reporting.enums import RunStatus
from reporting.models import Run
from reporting.runs.files import path_of
from reporting.schedules.services import create_schedule
from tests.factories.accounts import ApplicationFactory
from tests.factories.billing import FeeFactory, InvoiceFactory, ServiceFactory, TenantFactory
from tests.factories.fileupload import CycleFactory, DeliveryFactory, FtpsDestinationFactory, HttpDestinationFactory
from tests.factories.metering import SuiteFactory
from tests.portal.conftest import Site


def populate(site: Site) -> None:
    """Fill every list of the company with something to look at."""
    now = timezone.now()
    unit = SuiteFactory(property=site.court, name="Unit A")
    TenantFactory(suite=unit, first_name="Bo", last_name="Olsen")
    FeeFactory(property=site.court)
    for suite, meter, first_number in ((site.tower.suites.get(), site.electricity, 101), (unit, site.general, 201)):
        replace_template(property=suite.property, document=default_template(), now=now)
        _bill(suite, first_number)
        _upload(suite.property)
        _import(meter, site.admin)
    give_consent(user=site.admin, application=ApplicationFactory(user=site.admin), scopes=["meter:reads:read"])
    _schedule(site.admin, now)


def _bill(suite: Suite, first_number: int) -> None:
    """An invoice of each state: paid, late, still to be mailed, and of a suite without a tenant."""
    sent = datetime(2021, 3, 2, 12, tzinfo=UTC)
    to_bo = {"recipients": [{"name": "Bo Olsen", "email": "bo@example.com", "address": ""}]}
    states: list[tuple[dict[str, object], MailStatus | None]] = [
        ({"paid": sent, "email_sent": sent, **to_bo}, MailStatus.SENT),
        ({"due": date(2021, 4, 1), "email_sent": sent, **to_bo}, MailStatus.SENT),
        (to_bo, MailStatus.WAITING),
        ({}, None),
    ]
    for number, (values, mail) in enumerate(states, start=first_number):
        invoice = InvoiceFactory(service=ServiceFactory(suite=suite), number=number, **values)
        if mail:
            InvoiceMail.objects.create(invoice=invoice, email="bo@example.com", name="Bo Olsen", status=mail)


def _upload(property: Property) -> None:
    for destination in (HttpDestinationFactory(property=property), FtpsDestinationFactory(property=property)):
        for status in Status:
            DeliveryFactory(destination=destination, cycle=CycleFactory(property=property), status=status, attempts=1)


def _import(meter: Meter, user: User) -> None:
    """A file that waits to be looked at, and one that was stored, with a row that was refused."""
    rows = f"serial_number,time_stamping,kwh\n{meter.serial_number},2021-04-15 11:35:00,1142\nNOBODY,2021-04-15 11:35:00,5\n"
    for name in ("waiting.csv", "stored.csv"):
        given = imports.give_file(property=meter.property, user=user, file=SimpleUploadedFile(name, rows.encode()))
    imports.start(given=given)
    imports.store(given.pk)


def _schedule(admin: User, now: datetime) -> None:
    schedule = create_schedule(
        user=admin, name="Owner", sections=["TopSuites"], repeat="month", period=1, start=date(2021, 5, 1), now=now
    )
    days = {"before": date(2021, 2, 1), "first": date(2021, 3, 1), "until": date(2021, 4, 1), "finished": now}
    Run.objects.create(schedule=schedule, status=RunStatus.FAILED, reason="There is no room left.", **days)
    made = path_of(Run.objects.create(schedule=schedule, status=RunStatus.DONE, **days))
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_bytes(b"%PDF-1.7")
