"""Every page of the administration, whichever app it belongs to."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db.models import CompositePrimaryKey
from django.urls import reverse

from accounts.models import Application
from accounts.oauth.consents import give_consent
from billing.models import InvoiceLine, InvoiceMail, InvoiceSequence, InvoiceTemplate
from intellimeter.site_files.models import SiteFile
from metering.models import PropertyAccess, Read, ReadImport
from reporting.models import Run
from tests.accounts.oauth.asking import ask
from tests.factories.accounts import AdminFactory, ApplicationFactory, UserFactory
from tests.factories.billing import FeeFactory, InvoiceFactory, ServiceFactory, TenantFactory
from tests.factories.fileupload import DeliveryFactory, FtpsDestinationFactory, SampleFactory
from tests.factories.help import QuestionFactory
from tests.factories.metering import MeterFactory, SuiteFactory
from tests.factories.reporting import ScheduleFactory

pytestmark = pytest.mark.django_db

PAGES = {model._meta.label_lower: (model, page) for model, page in admin.site._registry.items()}
WITHOUT_A_PAGE = {
    "accounts.Attempt": "counts for an hour, and says nothing to people",
    "accounts.DeviceGrant": "holds a pending consent for ten minutes",
    "accounts.Grant": "holds a pending code for a minute",
    "accounts.IDToken": "unused: no OpenID",
    "accounts.RefreshToken": "goes with its access token",
    "billing.InvoiceBundle": "a zip that waits to be fetched in the portal",
    "billing.InvoiceLine": "on the invoice's page",
    "billing.TemplateDraft": "holds a template until it is looked at",
    "billing.TenantSuite": "on the tenant's page",
    "fileupload.Destination": "has a page for each transport",
    "metering.LatestRead": "in the list of meters",
    "metering.MeterSuite": "on the meter's page",
    "metering.PropertyAccess": "on the user's page",
    "metering.ReadReview": "on the portal's page of reads for review",
}


def one_of_everything():
    """A row of every model, each in a company of its own where it can be."""
    suite = SuiteFactory()
    meter = MeterFactory(suite=suite)
    Read.objects.create(meter=meter, time=datetime(2021, 4, 9, 14, tzinfo=UTC), register=Decimal("5"), points={"pf": 1})
    service = ServiceFactory(suite=suite)
    invoice = InvoiceFactory(service=service)
    InvoiceLine.objects.create(invoice=invoice, position=1, kind="fee", description="Fee", amount=Decimal(1))
    InvoiceMail.objects.create(invoice=invoice, email="x@example.com", name="X")
    InvoiceSequence.objects.create(company=invoice.company)
    InvoiceTemplate.objects.create(property=invoice.property, size=1, digest="0" * 64, document=b"x")
    TenantFactory(suite=suite)
    FeeFactory(property=suite.property)
    QuestionFactory()
    DeliveryFactory(destination__property=suite.property)
    SampleFactory(destination=FtpsDestinationFactory(property=suite.property))
    user = UserFactory(company=suite.property.company, all_properties=False)
    PropertyAccess.objects.create(user=user, property=suite.property)
    ReadImport.objects.create(property=suite.property, user=user, name="march.csv", format="csv")
    month = {"before": date(2021, 2, 1), "first": date(2021, 3, 1), "until": date(2021, 4, 1)}
    Run.objects.create(schedule=ScheduleFactory(), **month)
    SiteFile.objects.create(user=user, name="site.json")
    application = ApplicationFactory()
    ask(application)
    give_consent(user=user, application=application, scopes=["uac:user:read"])


def test_every_model_has_a_page_or_a_reason():
    """Django admin takes no model with a composite key: reads are on their meter's page, rollups are figures of reads."""
    models = [model for label in settings.AUDITED_APPS for model in apps.get_app_config(label).get_models()]
    labels = {model._meta.label for model in models if not isinstance(model._meta.pk, CompositePrimaryKey)}
    shown = {model._meta.label for model, _ in PAGES.values()}
    assert labels - shown == set(WITHOUT_A_PAGE)


@pytest.mark.parametrize("label", PAGES)
def test_list_shows_and_finds(client, staff, label):
    one_of_everything()
    _, page = PAGES[label]
    url = reverse(f"admin:{label.replace('.', '_')}_changelist")
    assert client.get(url).status_code == 200
    assert page.search_fields, "a list of the platform's size needs a search"
    found = client.get(url, {"q": "1"})
    assert found.status_code == 200


@pytest.mark.parametrize("label", PAGES)
def test_list_takes_the_same_queries_however_long(client, staff, label, django_assert_max_num_queries):
    url = reverse(f"admin:{label.replace('.', '_')}_changelist")
    one_of_everything()
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    for _ in range(3):
        one_of_everything()
    with django_assert_max_num_queries(12) as many:
        client.get(url)
    assert len(many) == len(few)


@pytest.mark.parametrize("label", [label for label in PAGES if not label.startswith("axes.")])
def test_change_page_of_each_opens(client, staff, label):
    one_of_everything()
    model, _ = PAGES[label]
    row = model._default_manager.first()
    answer = client.get(reverse(f"admin:{label.replace('.', '_')}_change", args=[row.pk]))
    assert answer.status_code == 200


@pytest.mark.parametrize("label", [label for label in PAGES if not label.startswith("axes.")])
def test_add_page_of_each_opens_or_is_forbidden(client, staff, rf, label):
    _, page = PAGES[label]
    request = rf.get("/")
    request.user = staff
    answer = client.get(reverse(f"admin:{label.replace('.', '_')}_add"))
    assert answer.status_code == (200 if page.has_add_permission(request) else 403)


@pytest.mark.parametrize(
    "label",
    ["accounts.accesstoken", "auditlog.logentry", "billing.invoice", "billing.invoicemail", "billing.invoicesequence"],
)
def test_facts_cannot_be_changed(client, staff, label):
    one_of_everything()
    model, _ = PAGES[label]
    row = model._default_manager.first()
    url = reverse(f"admin:{label.replace('.', '_')}_change", args=[row.pk])
    before = model._default_manager.values().get(pk=row.pk)
    assert client.post(url, {"number": 5, "email": "y@example.com", "last_number": 99}).status_code == 403
    assert model._default_manager.values().get(pk=row.pk) == before


def test_autocomplete_serves_every_field_that_asks_for_it(client, staff):
    for model, page in PAGES.values():
        for field in page.autocomplete_fields:
            answer = client.get(
                reverse("admin:autocomplete"),
                {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field,
                    "term": "x",
                },
            )
            assert answer.status_code == 200, (model, field)


def test_index_lists_the_apps(client, staff):
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 200
    for name in ("Companies", "Properties", "Meters", "Invoices"):
        assert name in answer.content.decode()


@pytest.mark.parametrize("who", ["stranger", "admin of a company", "inactive staff"])
def test_administration_is_for_staff(client, who):
    if who == "admin of a company":
        client.force_login(AdminFactory())
    if who == "inactive staff":
        client.force_login(AdminFactory(is_staff=True, is_active=False))
    for label in PAGES:
        answer = client.get(reverse(f"admin:{label.replace('.', '_')}_changelist"))
        assert (answer.status_code, answer.headers.get("Location", "").startswith("/admin/login/")) == (302, True)


def test_policy_lets_the_administration_run_its_own_templates_alone(client, staff):
    policy = client.get(reverse("admin:index")).headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "frame-ancestors 'none'" in policy


def test_no_page_shows_a_secret(client, staff):
    one_of_everything()
    application = Application.objects.get()
    secrets = [application.client_secret, application.client_secret.split("$")[2]]
    for label, (model, _) in PAGES.items():
        for row in model._default_manager.all():
            page = client.get(reverse(f"admin:{label.replace('.', '_')}_change", args=[row.pk])).content.decode()
            assert [secret for secret in secrets if secret in page] == []
