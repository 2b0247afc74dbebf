from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.models import Constants, Fee, InvoiceTemplate, Service, Tenant, TenantSuite
from tests.billing.documents.templates import own_template
from tests.factories.accounts import StaffFactory
from tests.factories.billing import FeeFactory, ServiceFactory, TenantFactory
from tests.factories.metering import PropertyFactory, SuiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def staff(client):
    client.force_login(StaffFactory(is_superuser=False))


def url(model, page, *args):
    return reverse(f"admin:billing_{model}_{page}", args=args)


def messages_of(answer):
    return [str(message) for message in answer.context["messages"]]


def test_constants_are_changed_but_neither_made_nor_deleted(client):
    constants = Constants.objects.get(property=PropertyFactory())
    fields = {
        "price_per_electricity": "14.5",
        "price_per_water": "390",
        "price_per_gas": "42.5",
        "tax_rate": "13",
        "days_to_pay": "21",
        "invoice_from": "Maple",
    }
    client.post(url("constants", "change", constants.pk), fields)
    constants.refresh_from_db()
    assert (constants.price_per_electricity, constants.days_to_pay) == (Decimal("14.5"), 21)
    assert client.post(url("constants", "delete", constants.pk), {"post": "yes"}).status_code == 403
    assert client.get(url("constants", "add")).status_code == 403


def test_fee_is_made_changed_and_deleted(client):
    house = PropertyFactory()
    client.post(url("fee", "add"), {"property": house.pk, "name": "Admin", "value": "6.26", "active": "on"})
    fee = Fee.objects.get()
    client.post(url("fee", "change", fee.pk), {"name": "Admin", "value": "7.00"})
    fee.refresh_from_db()
    assert (fee.property, fee.value, fee.active) == (house, Decimal("7.00"), False)
    client.post(url("fee", "delete", fee.pk), {"post": "yes"})
    assert not Fee.objects.exists()


def test_fees_are_deleted_together(client):
    fees = [FeeFactory(), FeeFactory()]
    selected = {"action": "delete_selected", "_selected_action": [fee.pk for fee in fees], "post": "yes"}
    client.post(url("fee", "changelist"), selected)
    assert not Fee.objects.exists()


def service_fields(service, **changes):
    fields = {
        "suite": service.suite.pk,
        "name": service.name,
        "address": service.address,
        "invoice_type": service.invoice_type,
        "day_of_month": service.day_of_month,
    }
    return fields | changes


def test_service_that_is_active_again_does_not_catch_up(client):
    service = ServiceFactory(active=False)
    before = service.active_since
    client.post(url("service", "change", service.pk), service_fields(service, active="on"))
    service.refresh_from_db()
    assert service.active
    assert service.active_since > before


def test_service_of_another_propertys_suite_is_refused(client):
    service = ServiceFactory()
    fields = service_fields(service, suite=SuiteFactory().pk, active="on")
    answer = client.post(url("service", "change", service.pk), fields, follow=True)
    assert "The suite is of another property." in messages_of(answer)[0]
    assert Service.objects.get().suite == service.suite


def bindings(tenant, *suites):
    fields = {"bindings-TOTAL_FORMS": str(len(suites)), "bindings-INITIAL_FORMS": "0"}
    for number, suite in enumerate(suites):
        fields |= {f"bindings-{number}-tenant": tenant.pk, f"bindings-{number}-suite": suite.pk}
    return fields


def tenant_fields(tenant):
    names = ("email", "first_name", "last_name", "address")
    return {name: getattr(tenant, name) for name in names}


def test_tenant_is_bound_to_suites_and_freed(client):
    tenant = TenantFactory()
    suite = SuiteFactory(property=tenant.property)
    page = url("tenant", "change", tenant.pk)
    client.post(page, tenant_fields(tenant) | bindings(tenant, suite))
    binding = TenantSuite.objects.get()
    assert (binding.tenant, binding.suite) == (tenant, suite)

    stored = bindings(tenant, suite) | {"bindings-INITIAL_FORMS": "1", "bindings-0-id": binding.pk}
    client.post(page, tenant_fields(tenant) | stored | {"bindings-0-DELETE": "on"})
    assert not TenantSuite.objects.exists()


def test_tenant_is_not_bound_to_another_propertys_suite(client):
    tenant = TenantFactory()
    page = url("tenant", "change", tenant.pk)
    fields = tenant_fields(tenant) | {"last_name": "Changed"} | bindings(tenant, SuiteFactory())
    answer = client.post(page, fields, follow=True)
    assert "Tenant and suite are of different properties." in messages_of(answer)[0]
    assert not TenantSuite.objects.exists()
    assert Tenant.objects.get().last_name != "Changed"


def test_invoice_template_is_uploaded_downloaded_and_dropped(client):
    house = PropertyFactory()
    document = own_template()  # once: the archive holds the time it was made
    file = SimpleUploadedFile("ours.odt", document)

    client.post(url("invoicetemplate", "add"), {"property": house.pk, "file": file})

    template = InvoiceTemplate.objects.get()
    assert (template.property, template.ended, bytes(template.document)) == (house, None, document)
    page = client.get(url("invoicetemplate", "change", template.pk)).content.decode()
    address = url("invoicetemplate", "document", template.pk)
    assert f'href="{address}"' in page
    assert client.get(address).content == document
    client.post(url("invoicetemplate", "delete", template.pk), {"post": "yes"})
    assert not InvoiceTemplate.objects.exists()


def test_invoice_template_that_is_refused_says_why(client):
    file = SimpleUploadedFile("ours.odt", b"no zip")

    answer = client.post(url("invoicetemplate", "add"), {"property": PropertyFactory().pk, "file": file}, follow=True)

    assert messages_of(answer) == ["The file is not a readable .odt file."]
    assert not InvoiceTemplate.objects.exists()


def test_invoice_template_of_staff_only(client):
    template = InvoiceTemplate.objects.create(property=PropertyFactory(), size=1, digest="0" * 64, document=b"x")
    client.logout()

    assert client.get(url("invoicetemplate", "document", template.pk)).status_code == 302
