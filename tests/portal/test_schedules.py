"""Scheduled reports in the portal: made, changed, run at once, fetched, deleted; one's own alone."""

from datetime import date

import pytest

from reporting.enums import RunStatus
from reporting.models import Run, Schedule
from tests.portal.conftest import browser
from tests.portal.pages import document, table, text

TYPED = {
    "name": "Owner",
    "reports": ["TopSuites", "ConsumptionTable"],
    "repeat": "month",
    "period": "1",
    "active": "on",
}


@pytest.fixture
def schedule(site):
    browser(site.admin).post("/reports/scheduled/new", TYPED | {"start": "2021-05-01"})
    return Schedule.objects.get()


def test_report_is_scheduled(site, schedule, django_assert_num_queries):
    client = browser(site.admin)

    with django_assert_num_queries(5):
        page = document(client.get("/reports/scheduled"))

    assert (schedule.user, schedule.sections) == (site.admin, ["TopSuites", "ConsumptionTable"])
    assert table(page, "Scheduled reports") == [["Owner", "every month", "1 May 2021", "–"]]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reports": []}, "reports"),
        ({"reports": ["Everything"]}, "reports"),
        ({"period": "0"}, "period"),
        ({"start": "2021-05-01", "end": "2021-04-30"}, "end"),
        ({"repeat": "hour"}, "repeat"),
    ],
)
def test_schedule_that_cannot_be(site, typed, field):
    response = browser(site.admin).post("/reports/scheduled/new", TYPED | typed)

    assert response.status_code == 422
    assert text(document(response).get_element_by_id(f"id_{field}_error"))
    assert not Schedule.objects.exists()


def test_order_of_sections_stays_when_one_is_added(site, schedule):
    Schedule.objects.update(sections=["TopSuites", "ConsumptionTable"])

    chosen = ["ConsumptionTable", "ConsumptionDaily", "TopSuites"]
    browser(site.admin).post(
        f"/reports/scheduled/{schedule.public_id}/edit", TYPED | {"reports": chosen, "name": "New"}
    )

    schedule.refresh_from_db()
    assert (schedule.name, schedule.sections) == ("New", ["TopSuites", "ConsumptionTable", "ConsumptionDaily"])


@pytest.mark.django_db(transaction=True)
def test_report_is_made_now_and_fetched(site, schedule):
    client = browser(site.admin)

    client.post(f"/reports/scheduled/{schedule.public_id}/run")

    run = Run.objects.get()
    (row,) = table(document(client.get(f"/reports/scheduled/{schedule.public_id}")), "Results")
    assert (run.status, row[2], row[4]) == (RunStatus.DONE, "Done", "Download")
    assert b"".join(client.get(f"/reports/results/{run.public_id}.pdf").streaming_content).startswith(b"%PDF")


def test_page_asks_again_while_one_is_made(site, schedule):
    Run.objects.create(
        schedule=schedule, before=date(2021, 2, 1), first=date(2021, 3, 1), until=date(2021, 4, 1), token_hash="0"
    )

    page = document(browser(site.admin).get(f"/reports/scheduled/{schedule.public_id}"))

    assert page.get_element_by_id("runs").get("hx-get") == f"/reports/scheduled/{schedule.public_id}?part=runs"


def test_delete_takes_its_runs_along(site, schedule):
    browser(site.admin).post(f"/reports/scheduled/{schedule.public_id}/delete")

    assert not Schedule.objects.exists()


@pytest.mark.parametrize("path", ["", "/edit", "/delete", "/run"])
def test_report_of_a_colleague_is_out_of_reach(site, schedule, path):
    client = browser(site.clerk)

    assert client.post(f"/reports/scheduled/{schedule.public_id}{path}").status_code in (404, 405)
    assert (Schedule.objects.count(), Run.objects.count()) == (1, 0)
    assert "No scheduled report yet" in text(document(client.get("/reports/scheduled")).xpath("//main")[0])
