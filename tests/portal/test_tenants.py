import pytest

from tests.factories.accounts import AdminFactory
from tests.factories.billing import TenantFactory
from tests.factories.metering import SuiteFactory
from tests.portal.conftest import browser
from tests.portal.pages import document, table, text


@pytest.fixture
def tenants(site):
    TenantFactory(
        suite=SuiteFactory(property=site.court, name="Unit A"), first_name="Bo", last_name="Olsen", phone=None
    )
    TenantFactory(property=site.court, first_name="Ida", last_name="Alone", email="ida@example.com")


def names(client, query="") -> list[str]:
    page = document(client.get(f"/tenants{query}"))
    return [row[0] for row in table(page, "Tenants")] if page.xpath("//table") else []


def test_tenants_are_listed_by_name_with_their_suites(site, tenants):
    rows = table(document(browser(site.admin).get("/tenants")), "Tenants")

    assert rows[0] == [
        "Ida Alone",
        "Harbour Court",
        "none: gets no invoices",
        "ida@example.com",
        "–",
        "101-123 Main St.",
    ]
    assert rows[2] == [
        "Marie-Ève Tremblay",
        "Maple Tower",
        "Suite 101",
        "marie@example.com",
        "416 555 0101",
        "101-123 Main St.",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=bo+unit", ["Bo Olsen"]),
        ("?q=0101", ["Marie-Ève Tremblay"]),
        ("?q=ida@", ["Ida Alone"]),
        ("?q=nobody", []),
    ],
)
def test_tenants_found_by_words(site, tenants, query, expected):
    assert names(browser(site.admin), query) == expected


def test_tenants_of_one_property(site, tenants):
    assert names(browser(site.admin), f"?property={site.tower.public_id}") == ["Marie-Ève Tremblay"]


def test_tenants_of_a_property_withheld_are_not_listed(site, tenants):
    assert names(browser(site.clerk), f"?property={site.tower.public_id}") == []
    assert names(browser(site.clerk)) == ["Ida Alone", "Bo Olsen"]


def test_company_without_tenants_is_told_what_they_are_for(db):
    page = document(browser(AdminFactory()).get("/tenants"))

    assert text(page.xpath("//p[@class='empty-note']")[0]).startswith(
        "No tenant yet. Add tenants and bind them to a suite"
    )


def test_tenants_take_as_many_queries_for_many_rows(site, tenants, django_assert_num_queries):
    client = browser(site.admin)
    client.get("/tenants")
    with django_assert_num_queries(7):
        client.get("/tenants")
    for _ in range(10):
        TenantFactory(suite=SuiteFactory(property=site.court))

    with django_assert_num_queries(7):
        client.get("/tenants")
