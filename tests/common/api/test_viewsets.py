import pytest

from metering.models import Property, Suite
from tests.factories.accounts import api_client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.common.api.suites")]
SUITES = "/api/v1/suites"


@pytest.fixture
def client():
    return api_client("billing:suite:*")


@pytest.fixture
def house(client):
    return Property.objects.create(company=client.user.company, job_number="1", job_name="J", display_name="House")


def test_list_holds_the_companys_rows_only(client, house):
    mine = Suite.objects.create(property=house, name="101")
    stranger = api_client("billing:suite:*")
    other = Property.objects.create(company=stranger.user.company, job_number="1", job_name="J", display_name="Other")
    Suite.objects.create(property=other, name="102")

    answer = client.get(SUITES)

    assert answer.status_code == 200
    assert [row["id"] for row in answer.json()] == [mine.public_id]
