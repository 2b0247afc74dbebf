import pytest

from metering.models import Property
from tests.factories.accounts import api_client


@pytest.fixture
def client(db):
    """A client of the throwaway endpoint that may do everything with suites."""
    return api_client("billing:suite:*")


@pytest.fixture
def house(client):
    """A property of the client's company, in another zone than the company."""
    return Property.objects.create(
        company=client.user.company, job_number="1", job_name="J", display_name="House", timezone="America/St_Johns"
    )
