"""What the sections show, of properties whose consumption is known; each in its own local calendar."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from intellimeter.common.local_time import day_start, zone_of
from metering.enums import Utility
from metering.services import assign_suite
from reporting.document import report_html, report_pdf
from reporting.models import Run
from reporting.schedules.calendar import Span
from reporting.sections import SECTIONS
from reporting.sections.estate import Estate
from reporting.sections.parts import Grid, Picture, Words
from tests.billing.houses import consume
from tests.factories.accounts import AdminFactory, UserFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory
from tests.factories.reporting import ScheduleFactory

pytestmark = pytest.mark.django_db

MARCH = Span(date(2021, 2, 1), date(2021, 3, 1), date(2021, 4, 1))
ALL_TEN = list(SECTIONS)


def run_of(user, sections=ALL_TEN, span=MARCH, name="Owner’s report"):
    schedule = ScheduleFactory(user=user, sections=sections, name=name)
    return Run.objects.create(schedule=schedule, before=span.before, first=span.first, until=span.until)


def use(property, name, before, now, utility=Utility.ELECTRICITY):
    """A suite that used so much in February and in March, read at each midnight of a month's first day."""
    meter = MeterFactory(suite=SuiteFactory(property=property, name=name), name=f"{name} {utility}", utility=utility)
    consume(meter, {date(2021, 2, 1): "1000", date(2021, 3, 1): before, date(2021, 4, 1): now})
    return meter


@pytest.fixture
def user():
    return AdminFactory(company__name="Lakeshore Property Management")


@pytest.fixture
def houses(user):
    """Maple in Toronto and Oak in St. John's, with two suites and one."""
    maple = PropertyFactory(company=user.company, display_name="Maple Court")
    oak = PropertyFactory(company=user.company, display_name="Oak House", timezone="America/St_Johns")
    use(maple, "101", "100", "150.5")
    use(maple, "102", "50", "49.5")
    use(oak, "1", "200", "100")
    use(oak, "1 water", "20", "21.25", Utility.WATER)
    return [maple, oak]


def parts(name, properties, span=MARCH):
    return list(SECTIONS[name].build(Estate(properties, span)))


def printed(grid):
    return [[cell.text for cell in row] for row in [*grid.body(), *grid.foot()]]


def text_of(pdf):
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_consumption_table_compares_with_the_period_before(houses):
    electricity, water = parts("ConsumptionTable", houses)

    assert electricity.title == "Electricity (kWh)"
    assert printed(electricity) == [
        ["Maple Court", "200.00", "150.00", "50.00", "+33.3%", "6.45"],
        ["Oak House", "100.00", "200.00", "−100.00", "−50.0%", "3.23"],
        ["All properties", "300.00", "350.00", "−50.00", "−14.3%", "9.68"],
    ]
    assert water.title == "Water (m³)"
    assert [row[:3] for row in printed(water)] == [["Oak House", "21.250", "20.000"]]


def test_top_suites_table_ranks_suites_of_all_properties(houses):
    electricity, water = parts("TopSuitesTable", houses)

    assert printed(electricity) == [
        ["1", "101", "Maple Court", "150.5", "50.2%", "100.0", "+50.5%"],
        ["2", "1", "Oak House", "100.0", "33.3%", "200.0", "−50.0%"],
        ["3", "102", "Maple Court", "49.5", "16.5%", "50.0", "−1.0%"],
        ["", "Together", "", "300.0", "100.0%", "350.0", "−14.3%"],
    ]
    assert [row[1] for row in printed(water)] == ["1 water"]


def test_a_meter_that_moved_counts_for_each_suite_in_its_time(user):
    house = PropertyFactory(company=user.company)
    first, second = SuiteFactory(property=house, name="A"), SuiteFactory(property=house, name="B")
    meter = MeterFactory(suite=first)
    consume(meter, {date(2021, 3, 1): "0", date(2021, 3, 11): "30", date(2021, 4, 1): "70"})
    assign_suite(meter=meter, suite=second, now=day_start(date(2021, 3, 11), zone_of(house.timezone)))

    uses = Estate([house], MARCH).suite_uses(Utility.ELECTRICITY)

    assert [(use.name, use.now, use.before) for use in uses] == [
        ("A", Decimal(30), Decimal(0)),
        ("B", Decimal(70), None),
    ]


def test_a_property_with_a_main_meter_is_counted_by_it(user):
    house = PropertyFactory(company=user.company)
    use(house, "101", "10", "20")
    consume(
        MeterFactory(property=house, general=True, name="Main"),
        {date(2021, 2, 1): "0", date(2021, 3, 1): "100", date(2021, 4, 1): "120"},
    )

    [found] = Estate([house], MARCH).uses(Utility.ELECTRICITY)

    assert (found.now, found.before) == (Decimal(120), Decimal(100))


def test_weekend_table_parts_the_days_of_the_week(user):
    house = PropertyFactory(company=user.company)
    days = {date(2021, 2, 28): "0"} | {date(2021, 3, day): "10" for day in range(1, 6)}
    days |= {date(2021, 3, 6): "10", date(2021, 3, 7): "30", date(2021, 3, 8): "30"}
    consume(MeterFactory(property=house), days)
    span = Span(date(2021, 2, 22), date(2021, 3, 1), date(2021, 3, 8))

    [grid] = parts("WeekendTable", [house], span)

    # a read at midnight belongs to the day before it: 10 on each weekday, 30 on Saturday and on Sunday
    assert printed(grid)[0][1:] == ["50", "60", "54.5%", "10", "30", "+200.0%"]


def test_a_month_that_goes_on_is_counted_up_to_the_periods_end(user):
    house = PropertyFactory(company=user.company)
    consume(MeterFactory(property=house), {date(2021, 3, 1): "0", date(2021, 3, 11): "10", date(2021, 3, 21): "25"})
    estate = Estate([house], Span(date(2021, 3, 9), date(2021, 3, 10), date(2021, 3, 11)))

    assert estate.in_months(house, Utility.ELECTRICITY)[date(2021, 3, 1)] == 10


@pytest.mark.parametrize("name", ALL_TEN)
def test_every_section_has_a_table_or_a_chart_of_each_utility(houses, name):
    found = parts(name, houses)
    titles = " ".join(part.title for part in found if isinstance(part, Grid | Picture))

    assert "Electricity" in titles
    assert "Water" in titles
    assert "Gas" not in titles


def test_the_sections_stand_in_the_order_asked(user, houses):
    backwards = ALL_TEN[::-1]

    pages = text_of(report_pdf(run_of(user, backwards)))
    contents = pages[1]

    titles = [SECTIONS[name].title for name in backwards]
    assert re.findall(r"(\d+) ([^.\d]+?) [. ]+ (\d+)", contents)
    places = [contents.index(f"{number} {title}") for number, title in enumerate(titles, 1)]
    assert places == sorted(places)
    for number, title in enumerate(titles, 1):
        page = int(re.search(rf"{number} {title}[. ]+(\d+)", contents)[1])
        assert title in pages[page - 1]


def test_the_cover_says_whose_what_and_when(user, houses):
    [cover, *_] = pages = text_of(report_pdf(run_of(user, ["TopSuites"])))

    for told in (
        "Lakeshore Property Management",
        "Owner’s report",
        "March 1 to 31, 2021",
        "300 kWh",
        "−14.3% on the period before",
        "21.25 m³",
        "Maple Court",
        "Oak House",
        "February 1 to 28, 2021",
    ):
        assert told in cover
    assert f"Page 1 of {len(pages)}" in cover


def test_the_cover_is_one_page_however_many_properties_there_are(user):
    for number in range(45):
        name = f"The Residences at Lakeshore Boulevard West, North Tower {number}"
        PropertyFactory(
            company=user.company, display_name=name, address="1200 Bay Street, Suite 1805, Toronto ON M5R 2A5"
        )

    cover, contents, *_ = text_of(report_pdf(run_of(user, ["ConsumptionTable"])))

    assert "45 properties" in cover.lower()
    assert "and 5 more" in cover
    assert "Contents" in contents


def test_days_without_reads_are_told(user, houses):
    html = report_html(run_of(user, ["ConsumptionTable"]))

    assert "Rests on incomplete reads" in html
    assert "no read on 30 of 31 days" in html


def test_whole_reads_are_told_to_be_whole(user):
    house = PropertyFactory(company=user.company)
    consume(MeterFactory(property=house), {date(2021, 3, day): "1" for day in range(1, 32)} | {date(2021, 4, 1): "1"})

    html = report_html(run_of(user, ["ConsumptionTable"]))

    assert "The one meter was read on each of the 31 days of the period" in html
    assert "incomplete reads" not in html


def test_an_owner_without_properties_is_told_so():
    html = report_html(run_of(UserFactory(all_properties=False)))

    assert html.count("There is no property to report on") == 10


def test_properties_without_reads_are_told_so(user):
    MeterFactory(property=PropertyFactory(company=user.company))

    pages = " ".join(text_of(report_pdf(run_of(user, ["TopSuites", "ConsumptionDaily"]))))

    assert "No meter of these properties was read in the period, March 1 to 31, 2021" in pages


def test_only_what_the_owner_may_see_is_reported(houses):
    maple, _ = houses
    clerk = UserFactory(company=maple.company, all_properties=False)
    clerk.property_access.create(property=maple)

    html = report_html(run_of(clerk))

    assert "Maple Court" in html
    assert "Oak House" not in html


def test_names_are_shown_as_they_are(user):
    house = PropertyFactory(company=user.company, display_name="<b>Maple</b> & Sons")
    use(house, "<i>1</i>", "1", "2")

    html = report_html(run_of(user, name="<script>"))

    assert "<script>" not in html
    assert "&lt;b&gt;Maple&lt;/b&gt; &amp; Sons" in html
    assert "There is one property" not in html


def test_more_properties_and_suites_need_no_more_queries(user, houses, django_assert_num_queries):
    run = run_of(user)
    with django_assert_num_queries(11):
        report_html(run)
    for number in range(4):
        house = PropertyFactory(company=user.company, display_name=f"More {number}")
        for suite in range(3):
            use(house, f"Suite {suite}", "5", "6")

    with django_assert_num_queries(11):
        report_html(run)


def test_words_alone_say_what_there_is_not(user):
    assert all(isinstance(part, Words) for name in ALL_TEN for part in parts(name, []))
