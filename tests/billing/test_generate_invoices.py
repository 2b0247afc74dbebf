"""`manage.py generate_invoices` (decisions, section 10)."""

import io
import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from billing import issuing
from billing.models import Invoice
from tests.billing.houses import house
from tests.factories.billing import ServiceFactory

pytestmark = pytest.mark.django_db

LONG_AFTER = datetime(2026, 11, 23, 12, tzinfo=UTC)


def run(**options) -> dict:
    out = io.StringIO()
    with time_machine.travel(LONG_AFTER, tick=False):
        call_command("generate_invoices", stdout=out, stderr=io.StringIO(), **options)
    return json.loads(out.getvalue().splitlines()[-1])


@pytest.fixture
def billed():
    """Two properties whose services were made long after their reads."""
    properties = []
    for job_number, use in (("20-350-0001", "40.215"), ("20-350-0002", "35.5")):
        property, [suite] = house(use, job_number=job_number)
        ServiceFactory(suite=suite, active_since=LONG_AFTER)
        properties.append(property)
    return properties


def test_a_date_bills_the_periods_that_end_with_it(billed):
    assert run(date="2021-04-01") == {"properties": 2, "invoices": 2, "total": 11.13, "failed": []}
    assert set(Invoice.objects.values_list("period_start", "period_end")) == {
        (datetime(2021, 3, 1).date(), datetime(2021, 4, 1).date())  # noqa: DTZ001 - local dates
    }


def test_a_repeat_issues_nothing(billed):
    run(date="2021-04-01")

    assert run(date="2021-04-01") == {"properties": 2, "invoices": 0, "total": 0.0, "failed": []}


def test_without_a_date_nothing_from_before_the_services_is_billed(billed):
    assert run() == {"properties": 2, "invoices": 0, "total": 0.0, "failed": []}


def test_one_property_by_its_job_number(billed):
    assert run(date="2021-04-01", property="20-350-0002")["total"] == 5.22
    assert list(Invoice.objects.values_list("property", flat=True)) == [billed[1].pk]


def test_a_job_number_of_two_companies_needs_the_company(billed):
    other, _ = house("1", job_number="20-350-0001")

    with pytest.raises(CommandError, match="--company"):
        run(date="2021-04-01", property="20-350-0001")
    assert run(date="2021-04-01", property="20-350-0001", company=other.company.name)["invoices"] == 0
    assert not Invoice.objects.exists()


def test_an_unknown_job_number_is_an_error(billed):
    with pytest.raises(CommandError, match="No property has the job number nowhere"):
        run(property="nowhere")


@pytest.mark.parametrize("date", ["2021-02-30", "yesterday", "0001-01-01"])
def test_a_date_that_is_none_is_an_error(date):
    with pytest.raises(CommandError, match="date"):
        call_command("generate_invoices", "--date", date)


def test_one_propertys_trouble_leaves_the_others_their_invoices(billed, monkeypatch):
    def fail_for_the_first(*, property, **options):
        if property == billed[0]:
            raise RuntimeError("no figures")
        return issuing.issue_property(property=property, **options)

    monkeypatch.setattr("billing.management.commands.generate_invoices.issue_property", fail_for_the_first)

    with pytest.raises(CommandError, match="20-350-0001"):
        run(date="2021-04-01")

    assert list(Invoice.objects.values_list("property", flat=True)) == [billed[1].pk]
