"""Batches that come at the same time neither lose nor double anything (design, section 4)."""

import random
import threading

import pytest
from django.db import connection

from tests.factories.metering import MeterFactory, PropertyFactory
from tests.metering.ingest.conftest import read, send, state

SERIALS = [f"S-{number}" for number in range(6)]
READS = [
    read(
        f"2026-03-{day:02}T{hour:02}:00:00Z", day * 24 + hour - (500 if day == 5 else 0), serial=serial, voltage_a="120"
    )
    for day in range(1, 9)
    for hour in range(24)
    for serial in SERIALS
]


@pytest.mark.django_db(transaction=True)
def test_eight_senders_of_overlapping_reads_end_as_one():
    alone, together = PropertyFactory(), PropertyFactory()
    for property in (alone, together):
        for serial in SERIALS:
            MeterFactory(property=property, serial_number=serial)
    send(alone, *READS)
    results, errors = [], []
    start = threading.Barrier(8)

    def run(number: int) -> None:
        mine = random.Random(number).sample(READS, len(READS) * 2 // 3)
        start.wait()
        try:
            results.extend(send(together, *mine[begin : begin + 200]) for begin in range(0, len(mine), 200))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    send(together, *READS)
    assert errors == []
    assert sum(result.conflicts for result in results) == 0
    meters = zip(alone.meters.order_by("serial_number"), together.meters.order_by("serial_number"), strict=True)
    for one, other in meters:
        assert state(other) == state(one)
