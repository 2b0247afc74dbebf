"""Batches of one cycle that are stored at the same moment: exactly one of them closes it."""

from datetime import UTC
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from fileupload.models import Cycle, Delivery
from metering.ingest import RawRow, ingest
from tests.factories.fileupload import HttpDestinationFactory
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.fileupload.servers.http import HttpServer

GATEWAYS = 6


@pytest.mark.django_db(transaction=True)
def test_parallel_batches_close_their_cycle_once(http_server: HttpServer):
    house = PropertyFactory()
    meters = [MeterFactory(property=house) for _ in range(GATEWAYS)]
    HttpDestinationFactory(property=house, url=http_server.url())
    now = timezone.now().replace(microsecond=0)
    barrier = Barrier(GATEWAYS)
    names = ("serial_number", "time_stamping", "kwh")

    def send(serial_number: str) -> None:
        barrier.wait(30)
        try:
            row = RawRow(1, names, (serial_number, now.isoformat(), "5"))
            ingest(property=house, rows=iter([row]), announce=True)
        finally:
            connection.close()

    threads = [Thread(target=send, args=(meter.serial_number,)) for meter in meters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    [cycle] = Cycle.objects.all()
    assert (cycle.time, cycle.closed is not None) == (now.astimezone(UTC), True)
    assert [one.status for one in Delivery.objects.all()] == ["sent"]
    [request] = http_server.requests
    assert len(request.body.splitlines()) == 1 + GATEWAYS
