"""The company's page of the audit log: every change to what is its own, whoever made it, and nothing of anybody else's."""

import csv
import io
from importlib import import_module

import pytest
from auditlog.models import LogEntry
from celery import shared_task
from django.apps import apps

from accounts import services
from metering.models import Suite
from metering.services import create_suite, update_meter
from tests.factories.accounts import AdminFactory, StaffFactory, api_client
from tests.factories.metering import PropertyFactory
from tests.portal.conftest import browser
from tests.portal.pages import document, table, text

PAGE = "/settings/audit-log"


def rows(site, query: str = "") -> list[list[str]]:
    page = document(browser(site.admin).get(f"{PAGE}?{query}"))
    return table(page, "Audit log") if page.xpath("//main//table") else []


def rows_of(site, name: str) -> list[list[str]]:
    return [row for row in rows(site) if name in row[2]]


def test_it_tells_who_changed_what(site, django_assert_num_queries):
    client = browser(site.admin)
    client.post(f"/properties/{site.tower.public_id}/suites/new", {"name": "Suite 102"})

    with django_assert_num_queries(5):
        page = document(client.get(PAGE))

    (row,) = [row for row in table(page, "Audit log") if "Suite 102" in row[2]]
    assert row[:3] == ["15 Apr 2021, 12:00", "manager@example.com Portal", "Create · Suite Suite 102"]
    assert "name: – → Suite 102" in row[3]


def test_a_change_by_staff_is_there(site):
    staff = StaffFactory(email="staff@platform.example")
    browser(staff).post(f"/admin/metering/suite/{site.invoice.suite.pk}/change/", {"name": "Penthouse"})

    (row,) = rows_of(site, "Penthouse")
    assert row[1:3] == ["staff@platform.example Platform administration", "Update · Suite Penthouse"]


def test_a_change_by_a_program_names_the_program(site):
    client = api_client("billing:suite:create", user=site.admin)
    client.token.application.name = "Robot"
    client.token.application.save()
    client.post(f"/api/v1/billing/suite?property={site.tower.public_id}", {"name": "Suite 103"})

    (row,) = rows_of(site, "Suite 103")
    assert row[1] == "manager@example.com Program Robot"


def test_a_change_by_scheduled_work_and_by_a_command_is_there(site, monkeypatch):
    @shared_task(name="tests.add_a_suite")
    def add(name):
        create_suite(property=site.tower, name=name)

    add.delay("Suite 104")
    monkeypatch.setattr("sys.argv", ["manage.py", "provision", "site.json"])
    create_suite(property=site.tower, name="Suite 105")

    assert [row[1] for name in ("Suite 104", "Suite 105") for row in rows_of(site, name)] == [
        "Scheduled work (add a suite)",
        "Command provision",
    ]


def test_what_is_deleted_stays_the_companys(site):
    staff = StaffFactory()
    suite = create_suite(property=site.court, name="Suite 9")
    browser(staff).post(f"/admin/metering/suite/{suite.pk}/delete/", {"post": "yes"})

    assert [row[2].partition(" ")[0] for row in rows_of(site, "Suite 9")] == ["Delete", "Create"]


def test_nothing_of_another_company_is_there(site):
    stranger = AdminFactory()
    other = PropertyFactory(company=stranger.company, display_name="Secret House")
    browser(stranger).post("/settings/company", {"name": "Secret Ltd.", "timezone": "America/Toronto"})
    browser(StaffFactory()).post(f"/admin/metering/property/{other.pk}/change/", {"display_name": "Secret House 2"})
    services.update_company(company=stranger.company, tax_number="Secret")

    for query in ("", "who=&q=Secret", "kind=company", "through=admin"):
        assert "Secret" not in text(document(browser(site.admin).get(f"{PAGE}?{query}")).xpath("//main")[0])
    assert "Secret" not in file_of(site)
    assert browser(site.clerk).get(PAGE).status_code == 403
    assert browser(site.clerk).get(f"{PAGE}.csv").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=penthouse", 1),
        ("q=nothing", 0),
        ("kind=suite&action=1", 1),
        ("kind=suite&action=2", 0),
        ("through=portal", 1),
        ("through=admin", 0),
        ("who=manager@example", 1),
        ("who=somebody", 0),
        ("since=2021-04-15&until=2021-04-15&through=portal", 1),
        ("since=2021-04-16", 0),
        ("until=2021-04-14", 0),
    ],
)
def test_it_is_narrowed(site, query, found):
    address = f"/suites/{site.invoice.suite.public_id}/edit"
    browser(site.admin).post(address, {"name": "Penthouse"})

    page = document(browser(site.admin).get(f"{PAGE}?{query}"))

    if found:
        assert [row[2] for row in table(page, "Audit log")] == ["Update · Suite Penthouse"]
    else:
        assert "No change fits." in text(page.xpath("//main")[0])


def file_of(site, query: str = "") -> str:
    response = browser(site.admin).get(f"{PAGE}.csv?{query}")
    assert response.headers["Content-Disposition"] == 'attachment; filename="audit-log.csv"'
    return b"".join(response.streaming_content).decode()


def test_the_same_changes_come_as_a_file(site):
    update_meter(meter=site.electricity, floor="=1+1", panel="B")

    lines = list(csv.reader(io.StringIO(file_of(site, "kind=meter&action=1"))))

    common = ["2021-04-15T12:00:00", "", "", "update", "Meter", "Suite 101 Electricity"]
    assert lines == [
        ["time", "who", "through", "action", "kind", "name", "field", "before", "after"],
        [*common, "floor", "1", "'=1+1"],
        [*common, "panel", "A", "B"],
    ]


def test_entries_from_before_get_their_company_where_it_can_be_known(site):
    browser(site.admin).post(f"/properties/{site.tower.public_id}/suites/new", {"name": "Suite 106"})
    gone = Suite.objects.get(name="Suite 106")
    browser(StaffFactory()).post(f"/admin/metering/suite/{gone.pk}/delete/", {"post": "yes"})
    api_client(user=site.admin).put("/api/v1/company", {"tax_number": "1"})
    wanted = dict(LogEntry.objects.values_list("pk", "additional_data"))
    for entry in LogEntry.objects.all():
        details = entry.additional_data or {}
        kept = {key: details[key] for key in ("via", "application") if key in details} or None
        LogEntry.objects.filter(pk=entry.pk).update(additional_data=kept)
    assert rows(site) == []

    import_module("intellimeter.migrations.0001_companies_of_log_entries").tie(apps, None)

    assert dict(LogEntry.objects.values_list("pk", "additional_data")) == wanted
    assert [row[2].partition(" ")[0] for row in rows_of(site, "Suite 106")] == ["Delete", "Create"]
