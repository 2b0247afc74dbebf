"""A client of the API that may do all that billing has, and a property of its company."""

import pytest

from tests.factories.accounts import api_client
from tests.factories.metering import PropertyFactory


@pytest.fixture
def client(db):
    return api_client("billing:*:*")


@pytest.fixture
def property(client):
    return PropertyFactory(company=client.user.company)


@pytest.fixture
def address(property):
    """`/api/v1/billing/…?property=…` and what else the query holds."""

    def build(name: str, **query) -> str:
        named = {"property": property.public_id, **query}
        return f"/api/v1/billing/{name}?" + "&".join(f"{key}={value}" for key, value in named.items())

    return build
