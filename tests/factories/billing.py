"""Fees, tenants, services and invoices for tests. Constants come with their property."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from billing.enums import InvoiceType
from billing.models import Fee, Invoice, Service, Tenant, TenantSuite
from tests.factories.metering import PropertyFactory, SuiteFactory


class FeeFactory(DjangoModelFactory):
    class Meta:
        model = Fee

    property = factory.SubFactory(PropertyFactory)
    name = factory.Sequence(lambda n: f"Fee {n:04}")
    value = Decimal("6.26")


class TenantFactory(DjangoModelFactory):
    """A tenant. `suite=` binds them to it, in its property."""

    class Meta:
        model = Tenant
        skip_postgeneration_save = True

    property = factory.SubFactory(PropertyFactory)
    email = factory.Sequence(lambda n: f"tenant{n}@example.com")
    first_name = "John"
    last_name = factory.Sequence(lambda n: f"Smith {n:04}")
    address = "101-123 Main St."

    @classmethod
    def _generate(cls, strategy, params):
        if params.get("suite") is not None:
            params = {**params, "property": params["suite"].property}
        return super()._generate(strategy, params)

    @classmethod
    def _create(cls, model_class, *args, suite=None, **kwargs):
        tenant = super()._create(model_class, *args, **kwargs)
        if suite is not None:
            TenantSuite.objects.create(tenant=tenant, suite=suite)
        return tenant


class ServiceFactory(DjangoModelFactory):
    """A service of a suite that bills its consumption on the first of the month."""

    class Meta:
        model = Service

    suite = factory.SubFactory(SuiteFactory)
    property = factory.SelfAttribute("suite.property")
    name = factory.Sequence(lambda n: f"Service {n:04}")
    address = "101-123 Main St."
    invoice_type = InvoiceType.CONSUMPTION
    day_of_month = 1


class InvoiceFactory(DjangoModelFactory):
    """An issued invoice of a service, for March 2021, without lines."""

    class Meta:
        model = Invoice

    service = factory.SubFactory(ServiceFactory)
    suite = factory.SelfAttribute("service.suite")
    property = factory.SelfAttribute("service.property")
    company = factory.SelfAttribute("property.company")
    service_reference = factory.SelfAttribute("service.public_id")
    number = factory.Sequence(lambda n: n + 1)
    filename = factory.LazyAttribute(lambda invoice: f"invoice-{invoice.number}-{invoice.company.public_id}.odt")
    invoice_type = factory.SelfAttribute("service.invoice_type")
    period_start = date(2021, 3, 1)
    period_end = date(2021, 4, 1)
    due = date(2021, 5, 1)
    subtotal = Decimal("100.00")
    tax_rate = Decimal(13)
    tax = Decimal("13.00")
    total = Decimal("113.00")
    company_name = factory.SelfAttribute("company.name")
    property_name = factory.SelfAttribute("property.display_name")
    property_address = factory.SelfAttribute("property.address")
    timezone = factory.SelfAttribute("property.timezone")
    suite_name = factory.SelfAttribute("suite.name")
    service_name = factory.SelfAttribute("service.name")
    service_address = factory.SelfAttribute("service.address")
