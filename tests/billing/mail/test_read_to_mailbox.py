"""The main job in one go: reads go in, and what a tenant can check by hand comes out of a mail server."""

import io
import re

import pytest
from django.test import TestCase
from pypdf import PdfReader

from billing.enums import InvoiceType
from billing.issuing import issue_property
from billing.models import Constants, Invoice
from tests.billing.houses import AFTER_MARCH, APRIL, REFERENCE, house
from tests.factories.billing import FeeFactory, ServiceFactory, TenantFactory

pytestmark = pytest.mark.django_db


def _pdf(message):
    (content,) = [part.get_content() for part in message.iter_attachments() if part.get_content_subtype() == "pdf"]
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def test_reads_become_an_invoice_in_the_mailbox_of_each_tenant(server):
    property, suites = house(*REFERENCE)
    Constants.objects.update_or_create(property=property, defaults={"price_per_electricity": 13, "tax_rate": 13})
    FeeFactory(property=property, name="Admin Fee", value="6.26")
    tenants = [TenantFactory(property=property, email=f"{name}@example.com") for name in ("ada", "ben")]
    for tenant in tenants:
        tenant.suites.add(suites[0])
    ServiceFactory(property=property, suite=suites[0], invoice_type=InvoiceType.SPLIT, day_of_month=1)

    with TestCase.captureOnCommitCallbacks(execute=True):
        issue_property(property=property, now=AFTER_MARCH, on=APRIL, wait_for_reads=False)

    invoice = Invoice.objects.get()
    assert invoice.email_sent is not None
    assert sorted(recipients for _, recipients, _ in server.taken) == [["ada@example.com"], ["ben@example.com"]]
    for _, _, message in server.taken:
        printed = _pdf(message)
        assert "Whole property: 95.965 kWh × 13 ¢/kWh = $12.48" in printed
        assert "Your suite used 40.215 kWh, 41.91% of what all suites used $12.48 × 41.91% $5.23" in printed
        assert "1,000.000 2021-04-01 00:00 1,040.215 40.215 kWh" in printed
        assert "Subtotal $11.49" in printed
        assert "Tax (HST), 13% of $11.49 $1.49" in printed
        assert "Total $12.98" in printed
