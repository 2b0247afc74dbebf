"""What billing's operations cannot do without, and the methods that its addresses do not serve.

Who may do what is a table of its own: tests/permissions.
"""

import pytest

from tests.contract.calls import Operation, call
from tests.contract.operations import BILLING
from tests.contract.world import World, everything
from tests.factories.accounts import api_client

pytestmark = pytest.mark.django_db
OF_ONE_PROPERTY = [one for one in BILLING if "property" in one.query and "constants" not in one.address]
ALSO_WITHOUT = {("POST", "billing/fee")}
"""Takes the property from the body too, and means the only one there is where neither names it."""


@pytest.mark.parametrize(
    "operation", [one for one in OF_ONE_PROPERTY if (one.method, one.address) not in ALSO_WITHOUT], ids=str
)
def test_the_property_is_required(operation: Operation):
    world = World()
    client = api_client("billing:*:*", user=world.user)
    before = everything()

    query = {name: value for name, value in operation.query.items() if name != "property"}
    answer = call(client, operation, world, query=query)

    assert (answer.status_code, list(answer.json()["fields"]), everything() == before) == (400, ["property"], True)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "constants"),
        ("delete", "constants"),
        ("delete", "invoice"),
        ("get", "feeFlush"),
        ("put", "tenantSuite"),
    ],
)
def test_a_method_that_is_not_served(method, address):
    client = api_client("billing:*:*")

    assert getattr(client, method)(f"/api/v1/{address}", {}).status_code == 405
