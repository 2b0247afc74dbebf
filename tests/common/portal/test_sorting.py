import pytest

from accounts.models import Company
from intellimeter.common.portal.sorting import Choice, Column, Heading, Sorting
from tests.factories.accounts import CompanyFactory

SORTING = Sorting({"name": Column("Name", ("name",)), "age": Column("Age", ("created", "name"))}, default="-age")


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("name", ("name",)),
        ("-name", ("-name",)),
        ("age", ("created", "name")),
        (None, ("-created", "-name")),
        ("", ("-created", "-name")),
        ("password", ("-created", "-name")),
        ("--name", ("-created", "-name")),
        ("name,pk", ("-created", "-name")),
    ],
)
def test_order_by_what_is_asked(asked, order):
    assert SORTING.apply(Company.objects.all(), asked).query.order_by == order


def test_rows_in_the_order_asked_for(db):
    for name in ("b", "a", "c"):
        CompanyFactory(name=name)

    assert [company.name for company in SORTING.apply(Company.objects.all(), "-name")] == ["c", "b", "a"]


def test_heading_links_the_other_way_round():
    assert SORTING.headings("name") == {"name": Heading("ascending", "-name"), "age": Heading("", "age")}
    assert SORTING.headings(None) == {"name": Heading("", "name"), "age": Heading("descending", "age")}


def test_choices_are_every_column_both_ways():
    assert SORTING.choices("name") == [
        Choice("name", "Name, ascending", True),
        Choice("-name", "Name, descending", False),
        Choice("age", "Age, ascending", False),
        Choice("-age", "Age, descending", False),
    ]
