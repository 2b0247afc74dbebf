"""Issuing a month by hand, and mailing again."""

from decimal import Decimal
from email.utils import parseaddr

import pytest
from django.core import mail

from billing.enums import MailStatus
from billing.models import Invoice, InvoiceMail, Service
from tests.factories.billing import ServiceFactory
from tests.factories.metering import SuiteFactory
from tests.portal.conftest import browser
from tests.portal.pages import document, table, text


@pytest.fixture
def second(site):
    """A further service, which has billed nothing yet: the fee and its tax, for a suite without meters."""
    suite = SuiteFactory(property=site.tower, name="Suite 102")
    return ServiceFactory(suite=suite, name="102 fees", invoice_type="Customized Price")


def address(site):
    return f"/properties/{site.tower.public_id}/generate"


def test_preview_shows_every_amount_and_stores_nothing(site, second):
    page = document(browser(site.admin).get(f"{address(site)}?month=2021-03"))

    assert table(page, "To be issued") == [
        [
            "Suite 102",
            "102 fees",
            "1 Mar 2021 – 31 Mar 2021",
            "Admin Fee $6.26",
            "$6.26",
            "$0.81 13 %",
            "$7.07",
            "nobody",
        ]
    ]
    assert "1 is issued already" in text(page.xpath("//main")[0])
    assert Invoice.objects.count() == 1


def test_preview_says_how_each_amount_is_reckoned(site):
    Invoice.objects.all().delete()
    client = browser(site.admin)

    (row,) = table(document(client.get(f"{address(site)}?month=2021-03")), "To be issued")
    assert row[3].startswith("Electricity 40.000 kWh × 13 ¢/kWh $5.20")

    Service.objects.update(invoice_type="Split From General")
    (row,) = table(document(client.get(f"{address(site)}?month=2021-03")), "To be issued")
    assert row[3].startswith("Electricity 40.000 kWh, 100.00% of $5.20 $5.20")


def test_what_was_shown_is_issued(site, second):
    response = browser(site.admin).post(address(site), {"month": "2021-03", "total": "7.07"})

    assert response["Location"] == f"/invoices?property={site.tower.public_id}&month=2021-03"
    assert list(Invoice.objects.order_by("number").values_list("suite_name", "total")) == [
        ("Suite 101", site.invoice.total),
        ("Suite 102", Decimal("7.07")),
    ]


def test_what_changed_since_the_look_is_shown_again_first(site, second):
    page = document(browser(site.admin).post(address(site), {"month": "2021-03", "total": "5.00"}))

    assert "Something has changed since the page was made." in text(page.xpath("//main")[0])
    assert Invoice.objects.count() == 1


@pytest.mark.parametrize("month", ["", "x", "2021-13"])
def test_month_that_is_none_is_the_month_before(site, second, month):
    page = document(browser(site.admin).get(f"{address(site)}?month={month}"))

    assert page.xpath("//select[@id='month']/option[@selected]/@value") == ["2021-03"]


def test_month_that_is_not_over_has_nothing_to_issue(site, second):
    page = document(browser(site.admin).get(f"{address(site)}?month=2021-04"))

    assert "Nothing to issue" in text(page.xpath("//main")[0])


@pytest.mark.django_db(transaction=True)
def test_invoice_is_mailed_again(site):
    InvoiceMail.objects.update(status=MailStatus.SENT)
    mail.outbox.clear()

    response = browser(site.admin).post(f"/invoices/{site.invoice.public_id}/resend")

    assert response.status_code == 302
    assert [parseaddr(message.to[0])[1] for message in mail.outbox] == ["marie@example.com"]
    assert InvoiceMail.objects.get().status == MailStatus.SENT


def test_clerk_without_the_property_issues_and_mails_nothing(site, second):
    client = browser(site.clerk)

    assert client.post(address(site), {"month": "2021-03", "total": "7.07"}).status_code == 404
    assert client.post(f"/invoices/{site.invoice.public_id}/resend").status_code == 404
    assert Invoice.objects.count() == 1
