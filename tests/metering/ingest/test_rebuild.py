"""What follows from reads is rebuilt when what it rests on changes."""

from decimal import Decimal

from metering.ingest import rebuild
from metering.models import DayRollup, HourRollup
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.metering.ingest.conftest import chain, read, send, state

READS = [
    read("2026-03-01T03:30:00Z", 99000, voltage_a="120"),
    read("2026-03-01T04:30:00Z", voltage_a="121"),
    read("2026-03-01T05:30:00Z", 99990),
    read("2026-03-01T06:30:00Z", 0),
    read("2026-03-01T07:30:00Z", 30),
    read("2026-03-02T07:30:00Z", 40),
]


def test_rebuild_changes_nothing_where_nothing_changed(property, meter):
    send(property, *READS)
    before = state(meter)
    rebuild([meter.pk])
    assert state(meter) == before


def test_a_register_maximum_set_later_turns_resets_into_rollovers(property, meter):
    send(property, *READS)
    fresh = MeterFactory(property=property, serial_number="E-2", register_max=Decimal(100000))
    send(property, *(row | {"serial_number": "E-2"} for row in READS))
    meter.register_max = Decimal(100000)
    meter.save()
    rebuild([meter.pk])
    assert state(meter) == state(fresh)
    assert chain(meter)[3][2] == Decimal(10)


def test_another_time_zone_moves_hours_and_days(property, meter):
    send(property, *READS)
    there = PropertyFactory(timezone="Asia/Kolkata", company=property.company)
    fresh = MeterFactory(property=there, serial_number="E-1")
    send(there, *READS)
    property.timezone = "Asia/Kolkata"
    property.save()
    rebuild([meter.pk])
    assert state(meter) == state(fresh)
    assert {hour.minute for hour in HourRollup.objects.filter(meter=meter).values_list("hour", flat=True)} == {30}
    assert DayRollup.objects.filter(meter=meter).count() == 2
