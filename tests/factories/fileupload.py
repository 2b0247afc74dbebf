"""Destinations, cycles and deliveries for tests. A destination is made past its checks: its address need not be a public one."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from fileupload.models import Cycle, Delivery, FtpsDestination, HttpDestination, Sample
from tests.factories.metering import PropertyFactory


class HttpDestinationFactory(DjangoModelFactory):
    class Meta:
        model = HttpDestination

    property = factory.SubFactory(PropertyFactory)
    transport = "http"
    file_type = "CSV"
    url = "https://hooks.example.com/in"


class FtpsDestinationFactory(DjangoModelFactory):
    class Meta:
        model = FtpsDestination

    property = factory.SubFactory(PropertyFactory)
    transport = "ftps"
    file_type = "CSV"
    host = "ftps.example.com"
    user = "customer"
    password = "s3cret pass"


class CycleFactory(DjangoModelFactory):
    """A closed cycle of 15:20 on 20 January 2021 in Toronto, and the ones after it each a quarter of an hour later."""

    class Meta:
        model = Cycle

    property = factory.SubFactory(PropertyFactory)
    time = factory.Sequence(lambda n: datetime(2021, 1, 20, 20, 20, tzinfo=UTC) + n * timedelta(minutes=15))
    deadline = factory.LazyAttribute(lambda cycle: cycle.time + timedelta(minutes=2))
    closed = factory.SelfAttribute("deadline")


class DeliveryFactory(DjangoModelFactory):
    """A delivery that waits."""

    class Meta:
        model = Delivery

    destination = factory.SubFactory(HttpDestinationFactory)
    cycle = factory.SubFactory(CycleFactory, property=factory.SelfAttribute("..destination.property"))
    created = factory.SelfAttribute("cycle.closed")
    give_up = factory.LazyAttribute(lambda delivery: delivery.created + timedelta(hours=24))


class SampleFactory(DjangoModelFactory):
    """A sample that waits for a worker."""

    class Meta:
        model = Sample

    destination = factory.SubFactory(HttpDestinationFactory)
    created = datetime(2021, 1, 20, 20, 20, tzinfo=UTC)
