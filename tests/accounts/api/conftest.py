"""A client of an admin who may do all that accounts have, in a company in another zone than UTC."""

import pytest

from tests.factories.accounts import AdminFactory, api_client


@pytest.fixture
def admin(db):
    return AdminFactory(first_name="John", last_name="Smith", email="john@example.com")


@pytest.fixture
def client(admin):
    return api_client(user=admin)
