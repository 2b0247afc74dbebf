"""GET /reports/counts: invoices paid, late and on time, and this month's consumption (reference, Reports, Counts)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from tests.factories.accounts import UserFactory, api_client
from tests.factories.billing import InvoiceFactory
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.metering.feeding import feed

pytestmark = pytest.mark.django_db

COUNTS = "/api/v1/reports/counts"
NOW = datetime(2021, 4, 10, 3, tzinfo=UTC)
"""In Toronto still the evening of 9 April; in Kolkata the morning of the 10th."""


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client():
    return api_client("report:general:count")


def invoice(property, due, paid=None):
    return InvoiceFactory(service__suite__property=property, due=due, paid=paid)


def test_counts_have_the_shape_of_the_reference(client):
    house = PropertyFactory(company=client.user.company)
    early = datetime(2021, 4, 1, tzinfo=UTC)
    invoice(house, due=date(2021, 4, 8))
    invoice(house, due=date(2021, 4, 9))
    invoice(house, due=date(2021, 5, 1), paid=early)
    water = MeterFactory(property=house, utility="W")
    feed(
        {
            water: [
                (datetime(2021, 3, 31, tzinfo=UTC), Decimal(1)),
                (datetime(2021, 4, 2, tzinfo=UTC), Decimal("31.458")),
            ]
        }
    )

    answer = client.get(COUNTS)

    assert (answer.status_code, answer.json()) == (
        200,
        [
            {
                "invoices": {
                    "late": 1,
                    "late_percent": 100 / 3,
                    "on_time": 2,
                    "on_time_percent": 200 / 3,
                    "paid": 1,
                    "paid_percent": 100 / 3,
                    "total": 3,
                    "unpaid": 2,
                    "unpaid_percent": 200 / 3,
                },
                "monthly_consumption": {"electrical": 0, "gas": 0, "water": 30.458},
            }
        ],
    )
    assert list(answer.json()[0]["invoices"]) == [
        "late", "late_percent", "on_time", "on_time_percent", "paid", "paid_percent", "total", "unpaid", "unpaid_percent",
    ]  # fmt: skip


def test_counts_of_nothing_are_zeros(client):
    invoices = dict.fromkeys(
        [
            "late", "late_percent", "on_time", "on_time_percent", "paid", "paid_percent", "total", "unpaid",
            "unpaid_percent",
        ],
        0,
    )  # fmt: skip
    assert client.get(COUNTS).json() == [
        {"invoices": invoices, "monthly_consumption": {"electrical": 0, "gas": 0, "water": 0}}
    ]


@pytest.mark.parametrize(
    ("zone", "due", "paid", "late"),
    [
        ("America/Toronto", date(2021, 4, 9), None, 0),
        ("Asia/Kolkata", date(2021, 4, 9), None, 1),
        ("America/Toronto", date(2021, 4, 8), None, 1),
        ("America/Toronto", date(2021, 4, 8), datetime(2021, 4, 9, 3, 59, tzinfo=UTC), 0),
        ("America/Toronto", date(2021, 4, 8), datetime(2021, 4, 9, 4, 1, tzinfo=UTC), 1),
        ("Asia/Kolkata", date(2021, 4, 8), datetime(2021, 4, 8, 19, tzinfo=UTC), 1),
    ],
)
def test_late_is_past_the_due_day_by_the_propertys_calendar(client, zone, due, paid, late):
    PropertyFactory(company=client.user.company, timezone="Europe/London")
    invoice(PropertyFactory(company=client.user.company, timezone=zone), due=due, paid=paid)
    invoices = client.get(COUNTS).json()[0]["invoices"]
    assert (invoices["total"], invoices["late"], invoices["on_time"]) == (1, late, 1 - late)


def test_monthly_consumption_counts_general_meters_once_and_each_propertys_own_month(client):
    house = PropertyFactory(company=client.user.company)
    april = datetime(2021, 4, 1, 4, tzinfo=UTC)
    general = MeterFactory(property=house, general=True)
    part = MeterFactory(property=house)
    far = MeterFactory(property__company=house.company, property__timezone="Asia/Kolkata", utility="G")
    hours = [(april + timedelta(hours=step), Decimal(1000 + 10 * step)) for step in range(-12, 3)]
    feed({general: hours, part: hours, far: hours})
    assert client.get(COUNTS).json()[0]["monthly_consumption"] == {"electrical": 20, "gas": 120, "water": 0}


def test_counts_take_as_many_queries_for_any_number_of_properties(client, django_assert_num_queries):
    for _more in range(2):
        for zone in ("America/Toronto", "Asia/Kolkata"):
            house = PropertyFactory(company=client.user.company, timezone=zone)
            invoice(house, due=date(2021, 4, 8))
            MeterFactory(property=house)
        with django_assert_num_queries(6):
            assert client.get(COUNTS).status_code == 200


def test_counts_leave_out_what_the_user_may_not_see():
    house = PropertyFactory()
    invoice(house, due=date(2021, 4, 8))
    invoice(PropertyFactory(), due=date(2021, 4, 8))
    client = api_client("report:general:count", user=UserFactory(company=house.company, all_properties=False))
    assert client.get(COUNTS).json()[0]["invoices"]["total"] == 0
    house.access.create(user=client.user)
    assert client.get(COUNTS).json()[0]["invoices"]["total"] == 1


def test_counts_need_their_scope():
    assert api_client("report:reading:*").get(COUNTS).status_code == 403
