"""/billing/invoice (reference, Invoice) and what we add: filters and the generation of past months."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from billing.models import Invoice
from tests.billing.houses import house
from tests.factories.billing import InvoiceFactory, ServiceFactory
from tests.factories.metering import PropertyFactory, SuiteFactory

ADDRESS = "/api/v1/billing/invoice"
CREATED = datetime(2021, 4, 12, 16, 8, 4, tzinfo=UTC)


@pytest.fixture
def suite(property):
    return SuiteFactory(property=property)


def shown(invoice, **changes):
    return {
        "created": "2021-04-12T12:08:04",
        "due": "2021-05-01",
        "email_sent": None,
        "filename": invoice.filename,
        "id": invoice.public_id,
        "paid": None,
        "property": invoice.property.public_id,
        "service": invoice.service_reference,
        "suite": invoice.suite.public_id,
        "total": 113.0,
    } | changes


def issued(suite, **values):
    return InvoiceFactory(service__suite=suite, **{"created": CREATED, **values})


def test_invoices_of_a_property_newest_first(client, suite, django_assert_num_queries):
    old = issued(suite, number=1, email_sent=CREATED + timedelta(seconds=1))
    new = issued(suite, number=2, paid=CREATED + timedelta(minutes=6))
    deleted = issued(suite, number=3)
    reference = deleted.service_reference
    deleted.service.delete()
    InvoiceFactory(service__suite__property__company=suite.property.company, number=99)

    with django_assert_num_queries(3):
        answer = client.get(ADDRESS, {"property": suite.property.public_id})

    assert (answer.status_code, answer.json()) == (
        200,
        [
            shown(deleted, service=reference),
            shown(new, paid="2021-04-12T12:14:04"),
            shown(old, email_sent="2021-04-12T12:08:05"),
        ],
    )


def test_one_invoice_comes_as_a_list_of_one(client, suite, address):
    invoice, _ = issued(suite), issued(suite)

    assert client.get(address("invoice", id=invoice.public_id)).json() == [shown(invoice)]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"paid": "true"}, [3, 2]),
        ({"paid": "false"}, [4, 1]),
        ({"late": "true"}, [3, 1]),
        ({"late": "false"}, [4, 2]),
        ({"late": "true", "paid": "false"}, [1]),
        ({"created_after": "2021-04-01"}, [4, 3]),
        ({"created_before": "2021-04-01"}, [2, 1]),
        ({"created_after": "2021-03-31T23:59:59", "created_before": "2021-04-02"}, [3]),
        ({"created_after": "2021-04-01T04:00:00Z", "created_before": "2021-04-01T04:00:01Z"}, [3]),
        ({"due_after": "2021-05-01", "due_before": "2021-05-02"}, [3]),
        ({"limit": "1", "offset": "1"}, [3]),
        ({"colour": "red"}, [4, 3, 2, 1]),
    ],
)
def test_filters(client, suite, query, numbers):
    issued(suite, number=1, created=datetime(2021, 1, 1, tzinfo=UTC), due=date(2021, 1, 31))
    on_its_day = datetime(2021, 5, 1, 3, 59, tzinfo=UTC)  # 30 April in Toronto
    issued(suite, number=2, created=datetime(2021, 3, 31, tzinfo=UTC), due=date(2021, 4, 30), paid=on_its_day)
    midnight = datetime(2021, 4, 1, 4, tzinfo=UTC)  # of 1 April in Toronto
    issued(suite, number=3, created=midnight, due=date(2021, 5, 1), paid=datetime(2021, 5, 2, 4, tzinfo=UTC))
    issued(suite, number=4, created=timezone.now(), due=timezone.now().date() + timedelta(days=30))
    names = dict(Invoice.objects.values_list("public_id", "number"))

    answer = client.get(ADDRESS, {"property": suite.property.public_id, **query})

    assert [names[row["id"]] for row in answer.json()] == numbers


def test_filters_by_suite_and_service(client, suite):
    mine = issued(suite)
    other = issued(SuiteFactory(property=suite.property))
    asked = {"property": suite.property.public_id}

    assert client.get(ADDRESS, {**asked, "suite": suite.public_id}).json() == [shown(mine)]
    assert client.get(ADDRESS, {**asked, "service": other.service.public_id}).json() == [shown(other)]
    assert client.get(ADDRESS, {**asked, "suite": "ffffffff"}).status_code == 404


@pytest.mark.parametrize(
    "query", [{"paid": "perhaps"}, {"late": "2"}, {"created_after": "yesterday"}, {"due_before": "2021-02-30"}]
)
def test_a_filter_that_makes_no_sense_is_refused_by_name(client, property, query):
    answer = client.get(ADDRESS, {"property": property.public_id, **query})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, list(query))


def test_put_marks_as_paid_and_a_second_changes_nothing(client, suite, address):
    invoice = issued(suite)
    client.token.expires = datetime(2030, 1, 1, tzinfo=UTC)
    client.token.save()

    with time_machine.travel(CREATED + timedelta(minutes=6), tick=False):
        first = client.put(address("invoice", id=invoice.public_id), {})
    with time_machine.travel(CREATED + timedelta(days=9), tick=False):
        second = client.put(address("invoice", id=invoice.public_id), first.json())

    assert (first.status_code, first.json()) == (200, shown(invoice, paid="2021-04-12T12:14:04"))
    assert (second.status_code, second.json()) == (200, first.json())


def test_put_needs_an_id(client, suite, address):
    issued(suite)

    answer = client.put(address("invoice"), {})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["id"])
    assert not Invoice.objects.exclude(paid=None).exists()


# --- generation


@pytest.fixture
def billed(client):
    """Two suites with a service each, and their reads of March 2021."""
    property, suites = house("40.215", "35.5", company=client.user.company)
    return property, [ServiceFactory(suite=suite) for suite in suites]


def test_generate_issues_a_past_month_and_returns_what_is_there(client, billed):
    property, services = billed
    there = f"{ADDRESS}?property={property.public_id}"

    one = client.post(there, {"month": "2021-03", "service": services[1].public_id})
    both = client.post(there, {"month": "2021-03"})
    again = client.post(there, {"month": "2021-03"})

    assert [answer.status_code for answer in (one, both, again)] == [201, 201, 201]
    assert [(row["service"], row["total"]) for row in both.json()] == [
        (services[1].public_id, 5.22),
        (services[0].public_id, 5.91),
    ]
    assert both.json()[:1] == one.json()
    assert again.json() == both.json()
    assert client.get(there).json() == [*reversed(both.json())]


def test_generate_bills_nothing_that_is_not_over(client, billed):
    property, _ = billed
    month = f"{timezone.now():%Y-%m}"

    answer = client.post(f"{ADDRESS}?property={property.public_id}", {"month": month})

    assert (answer.status_code, answer.json(), Invoice.objects.count()) == (201, [], 0)


def test_generate_for_an_inactive_service_is_a_conflict(client, billed):
    property, [service, _] = billed
    service.active = False
    service.save()

    answer = client.post(f"{ADDRESS}?property={property.public_id}", {"month": "2021-03", "service": service.public_id})

    assert (answer.status_code, Invoice.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "month"),
        ({"month": "2021-3"}, "month"),
        ({"month": "2021-13"}, "month"),
        ({"month": "0001-01"}, "month"),
        ({"month": 202103}, "month"),
        ({"month": None}, "month"),
        ({"month": "2021-03-01"}, "month"),
        ({"month": "2021-03", "service": "ffffffff"}, "service"),
        ({"month": "2021-03", "services": []}, "services"),
    ],
)
def test_generate_refuses_what_is_not_valid_and_names_it(client, billed, body, field):
    answer = client.post(f"{ADDRESS}?property={billed[0].public_id}", body)

    assert (answer.status_code, list(answer.json()["fields"]), Invoice.objects.count()) == (400, [field], 0)


def test_generate_needs_a_property(client, billed):
    answer = client.post("/api/v1/billing/invoice", {"month": "2021-03"})

    assert (answer.status_code, answer.json()["fields"].keys()) == (400, {"property"})


def test_generate_refuses_the_service_of_another_property(client, billed):
    other = ServiceFactory(suite__property=PropertyFactory(company=billed[0].company))

    answer = client.post(f"{ADDRESS}?property={billed[0].public_id}", {"month": "2021-03", "service": other.public_id})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["service"])
