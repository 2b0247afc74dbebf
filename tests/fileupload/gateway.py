"""What a gateway does: it sends the reads of some of a property's meters by `POST /read`."""

from datetime import datetime

from rest_framework.test import APIClient

from metering.models import Meter, Property
from tests.factories.accounts import AdminFactory, api_client


def gateway_of(property: Property) -> APIClient:
    return api_client("meter:reads:create", user=AdminFactory(company=property.company))


def send_reads(gateway: APIClient, property: Property, time: datetime, *meters: Meter, kwh: float = 5) -> dict:
    """The answer to a batch of one read a meter at the instant."""
    reads = [{"serial_number": one.serial_number, "time_stamping": time.isoformat(), "kwh": kwh} for one in meters]
    answer = gateway.post(f"/api/v1/read?property={property.public_id}", {"reads": reads})
    assert answer.status_code == 200, answer.content
    return answer.json()
