"""Changing a meter, and adding a read by hand."""

from decimal import Decimal

import pytest

from metering.models import LatestRead, Meter, Read
from tests.portal.conftest import browser
from tests.portal.pages import document, text

TYPED = {"name": "Hall", "floor": "2", "panel": "", "register_max": "100000"}


def test_meter_is_changed(site):
    response = browser(site.admin).post(f"/meters/{site.electricity.public_id}/edit", TYPED | {"suite": ""})

    assert response.status_code == 302
    meter = Meter.objects.with_current_suite().get(pk=site.electricity.pk)
    assert (meter.name, meter.floor, meter.panel, meter.suite_name) == ("Hall", "2", None, None)
    assert meter.register_max == Decimal(100000)


def test_meter_form_shows_the_suite_of_now(site):
    page = document(browser(site.admin).get(f"/meters/{site.electricity.public_id}/edit"))

    assert page.xpath("//select[@name='suite']/option[@selected]/text()") == ["Suite 101"]


def test_general_meter_with_a_suite_is_refused(site):
    suite = Meter.objects.with_current_suite().get(pk=site.electricity.pk).suite_public_id
    typed = TYPED | {"suite": suite, "general": "on"}

    page = document(browser(site.admin).post(f"/meters/{site.electricity.public_id}/edit", typed))

    assert "general meters belong to no suite" in text(page.xpath("//*[@role='alert']")[0])
    site.electricity.refresh_from_db()
    assert site.electricity.general is False


def test_clerk_may_not_change_a_meter(site):
    client = browser(site.clerk)

    assert client.post(f"/meters/{site.general.public_id}/edit", TYPED).status_code == 403
    assert "Edit" not in text(document(client.get(f"/meters/{site.general.public_id}")).xpath("//main")[0])


def test_read_by_hand_counts_at_once(site):
    typed = {"time": "2021-04-15T11:45", "register": "1150"}

    response = browser(site.admin).post(f"/meters/{site.electricity.public_id}/reads/new", typed)

    assert response.status_code == 302
    read = Read.objects.filter(meter=site.electricity).latest("time")
    assert (read.time.isoformat(), read.interval) == ("2021-04-15T15:45:00+00:00", Decimal("8.5"))
    assert LatestRead.objects.get(meter=site.electricity).time == read.time


@pytest.mark.parametrize(
    ("register", "said"),
    [
        ("1150", "The read is stored. It counts 8.500 kWh."),
        ("3", "The read is stored, and stands for review: it does not fit the registers around it."),
    ],
)
def test_read_by_hand_says_what_it_counts(site, register, said):
    typed = {"time": "2021-04-15T11:45", "register": register}

    response = browser(site.admin).post(f"/meters/{site.electricity.public_id}/reads/new", typed, follow=True)

    assert text(document(response).xpath("//*[contains(@class, 'alert')]")[0]) == said


def test_read_form_begins_with_now_and_the_register_before(site):
    page = document(browser(site.clerk).get(f"/meters/{site.general.public_id}/reads/new"))

    assert page.xpath("//input[@name='time']/@value") == ["2021-04-15T13:30"]  # noon in Toronto is later in St. John's
    assert "The register before: 900.500 kWh · 15 Apr 2021, 13:15" in text(page.xpath("//main")[0])
    assert page.xpath("//ol[@class='breadcrumb']//a/@href") == [
        "/",
        f"/properties/{site.court.public_id}",
        f"/meters/{site.general.public_id}",
    ]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"time": "2021-04-16T11:45", "register": "1150"}, "time", "more than 10 minutes in the future"),
        ({"time": "2021-03-14T02:30", "register": "1150"}, "time", "does not exist in America/Toronto"),
        ({"time": "2021-04-15T11:30", "register": "1150"}, "register", "1141.5"),
        ({"time": "soon", "register": "1150"}, "time", "Enter a valid date/time."),
        ({"time": "2021-04-15T11:45", "register": "-1"}, "register", "greater than or equal to 0"),
    ],
)
def test_read_that_cannot_be(site, typed, field, said):
    before = Read.objects.count()

    page = document(browser(site.admin).post(f"/meters/{site.electricity.public_id}/reads/new", typed))

    assert said in text(page.get_element_by_id(f"id_{field}_error"))
    assert Read.objects.count() == before


def test_read_that_contradicts_replaces_where_asked(site):
    typed = {"time": "2021-04-15T11:30", "register": "1150", "replace": "on"}

    assert browser(site.admin).post(f"/meters/{site.electricity.public_id}/reads/new", typed).status_code == 302
    assert Read.objects.filter(meter=site.electricity).latest("time").register == Decimal(1150)
