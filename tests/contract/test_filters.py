"""What lists can be narrowed by, beyond the ids of the reference (decisions, section 2)."""

import pytest

from tests.contract.calls import ROOT
from tests.contract.world import World
from tests.factories.accounts import api_client
from tests.factories.billing import FeeFactory, ServiceFactory, TenantFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A world with a second one of each thing, which has names of its own."""
    world = World()
    suite = SuiteFactory(property=world.property, name="Penthouse")
    ServiceFactory(suite=suite, name="Hydro", address="1 Top Floor", active=False, invoice_type="Customized Price")
    FeeFactory(property=world.property, name="Parking", active=False)
    TenantFactory(
        property=world.property, first_name="Ada", last_name="Byron", email="ada@example.org", phone="416 555 0100"
    )
    MeterFactory(property=world.property, name="Main water", utility="W", general=True, serial_number="W-1")
    PropertyFactory(company=world.user.company, display_name="Oak House", job_number="99-1", address="9 Elm Rd.")
    return world


NEW_ONES = [
    ("billing/suite", "search", ["pent", "HOUSE"]),
    ("billing/service", "search", ["hydro", "top hyd"]),
    ("billing/service", "active", ["false", "0"]),
    ("billing/service", "invoice_type", ["Customized Price"]),
    ("billing/fee", "search", ["park"]),
    ("billing/fee", "active", ["False"]),
    ("billing/tenant", "search", ["byron", "ada 0100", "example.org"]),
    ("billing/tenant", "email", ["ADA@example.org"]),
    ("meter", "utility", ["W"]),
    ("meter", "general", ["true"]),
    ("meter", "serial_number", ["W-1"]),
    ("property", "search", ["oak", "elm 99-1"]),
    ("property", "job_number", ["99-1"]),
]


@pytest.mark.parametrize(("address", "name", "values"), NEW_ONES)
def test_a_list_is_narrowed(world, address, name, values):
    client = api_client(user=world.user)
    query = {} if address == "property" else {"property": world.property.public_id}
    every = {row["id"] for row in client.get(ROOT + address, query).json()}
    [new] = every - set(world.ids.values())

    found = [[row["id"] for row in client.get(ROOT + address, {**query, name: value}).json()] for value in values]

    assert found == [[new]] * len(values)


@pytest.mark.parametrize(
    ("address", "query", "said"),
    [
        ("billing/fee", {"active": "perhaps"}, {"active": ["Must be true or false."]}),
        ("meter", {"general": "yes"}, {"general": ["Must be true or false."]}),
        ("meter", {"utility": "X"}, {"utility": ["Must be one of E, W, G."]}),
        (
            "billing/service",
            {"invoice_type": "Free"},
            {"invoice_type": ["Must be one of Split From General, General Consumption Price, Customized Price."]},
        ),
    ],
)
def test_an_unknown_value_is_refused_with_those_that_serve(world, address, query, said):
    answer = api_client(user=world.user).get(ROOT + address, {"property": world.property.public_id, **query})

    assert (answer.status_code, answer.json()["fields"]) == (400, said)


def test_a_search_of_too_many_words_is_refused(world):
    answer = api_client(user=world.user).get(f"{ROOT}property", {"search": "a " * 101})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["search"])
