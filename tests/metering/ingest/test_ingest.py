"""What becomes of single reads: counted, refused, merged, kept."""

from decimal import Decimal

import pytest

from metering.enums import Flag
from metering.models import DayRollup, HourRollup, LatestRead, Meter, Read
from tests.factories.metering import MeterFactory
from tests.metering.ingest.conftest import chain, read, send

D = Decimal


def test_reads_in_order_give_intervals(property, meter):
    result = send(property, read("2026-03-01T00:00:00", "10.5"), read("2026-03-01T01:00:00", "12"))
    assert result.as_dict() == {"accepted": 2, "duplicates": 0, "conflicts": 0, "rejected": []}
    assert chain(meter) == [("03-01T05:00", D("10.5"), D(0), 0), ("03-01T06:00", D(12), D("1.5"), 0)]


def test_midnight_belongs_to_the_day_before(property, meter):
    send(property, read("2026-03-31T12:00:00", 10), read("2026-04-01T00:00:00", 15), read("2026-04-01T00:05:00", 16))
    days = DayRollup.objects.filter(meter=meter).order_by("day").values_list("day", "consumption", "register")
    assert [(day.isoformat(), *rest) for day, *rest in days] == [
        ("2026-03-31", D(5), D(15)),
        ("2026-04-01", D(1), D(16)),
    ]


def test_a_late_read_splits_the_interval_it_falls_into(property, meter):
    send(property, read("2026-03-01T00:00", 10), read("2026-03-01T04:00", 18), read("2026-03-01T05:00", 19))
    send(property, read("2026-03-01T02:00", 13))
    assert [interval for *_, interval, _ in chain(meter)] == [D(0), D(3), D(5), D(1)]
    assert sum(HourRollup.objects.filter(meter=meter).values_list("consumption", flat=True)) == D(9)


def test_the_newest_read_turns_out_an_outlier_when_the_next_comes(property, meter):
    send(property, read("2026-03-01T00:00", 24263), read("2026-03-01T01:00", 0))
    assert chain(meter)[1][2:] == (D(0), Flag.RESET)
    send(property, read("2026-03-01T02:00", 24264))
    assert [row[2:] for row in chain(meter)] == [(D(0), Flag.NONE), (None, Flag.OUTLIER), (D(1), Flag.NONE)]
    day = DayRollup.objects.get(meter=meter, day="2026-03-01")
    assert (day.consumption, day.register, day.reads, day.flagged) == (D(1), D(24264), 2, 1)


def test_a_rollover_is_consumption(property):
    meter = MeterFactory(property=property, serial_number="E-1", register_max=D(100000))
    send(property, read("2026-03-01T01:00", 99990), read("2026-03-01T02:00", 5))
    assert chain(meter)[1][2:] == (D(15), Flag.ROLLOVER)


def test_points_of_the_same_instant_merge(property, meter):
    send(property, read("2026-03-01T01:00", voltage_a="121.90"))
    result = send(property, read("2026-03-01T01:00", 7, voltage_a="121.9", voltage_b="0122"))
    assert result.as_dict() == {"accepted": 1, "duplicates": 0, "conflicts": 0, "rejected": []}
    stored = Read.objects.get(meter=meter)
    assert (stored.register, stored.points) == (D(7), {"voltage_a": 121.9, "voltage_b": 122})
    assert LatestRead.objects.get(meter=meter).points == {"voltage_a": 121.9, "voltage_b": 122}


def test_texts_and_truths_are_kept_as_sent(property, meter):
    points = {"état": "x"}
    assert send(property, read("2026-03-01T01:00", 7, **points)).accepted == 0
    odd = 'a "quoted" \\ back\tslash, é and 電'
    send(property, read("2026-03-01T01:00", 7, b=True, note=odd, longer_name="1.50"))
    assert Read.objects.get(meter=meter).points == {"b": True, "note": odd, "longer_name": 1.5}
    assert send(property, read("2026-03-01T01:00", 7, longer_name="1.5", note=odd, b=True)).duplicates == 1


def test_part_of_a_stored_read_is_a_duplicate(property, meter):
    send(property, read("2026-03-01T01:00", 7, voltage_a="121.9"))
    assert send(property, read("2026-03-01T01:00", "7.000")).duplicates == 1
    assert send(property, read("2026-03-01T01:00", voltage_a="121.90")).duplicates == 1


def test_a_contradiction_keeps_what_is_stored_and_reports_it_back(property, meter):
    send(property, read("2026-03-01T01:00", 7, voltage_a="121"))
    result = send(property, read("2026-03-01T01:00", 8, voltage_a="122", voltage_b="120"))
    assert (result.accepted, result.duplicates, result.conflicts) == (0, 0, 1)
    assert [tuple(note) for note in result.conflicting] == [
        (1, "E-1", "kwh is 8 where 7 is stored, voltage_a is 122 where 121 is stored; what is stored stays.")
    ]
    stored = Read.objects.get(meter=meter)
    assert (stored.register, stored.points) == (D(7), {"voltage_a": 121, "voltage_b": 120})


def test_replace_takes_the_new_value_and_all_that_follows_from_it(property, meter):
    send(property, *(read(f"2026-03-01T0{hour}:00", register) for hour, register in enumerate((10, 20, 30), 1)))
    result = send(property, read("2026-03-01T02:00", 25), replace=True)
    assert result.as_dict() == {"accepted": 1, "duplicates": 0, "conflicts": 0, "rejected": []}
    assert [row[1:3] for row in chain(meter)] == [(D(10), D(0)), (D(25), D(15)), (D(30), D(5))]


def test_the_same_read_twice_in_a_batch_is_stored_once(property, meter):
    result = send(property, read("2026-03-01T01:00", 7), read("2026-03-01T01:00", 7), read("2026-03-01T01:00", 9))
    assert (result.accepted, result.duplicates, result.conflicts) == (1, 1, 1)
    assert chain(meter) == [("03-01T06:00", D(7), D(0), 0)]


def test_a_senders_interval_is_not_used(property, meter):
    send(property, read("2026-03-01T01:00", 7), read("2026-03-01T02:00", 9, kwh_interval="500"))
    assert Read.objects.filter(meter=meter, points__isnull=True).count() == 2
    assert chain(meter)[1][2] == D(2)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (read("2026-03-01T01:00", 1, serial="E-9"), "The property has no meter with the serial number E-9."),
        (read("2026-03-01T01:00", -1), "kwh is -1; a register is not negative."),
        (read("2026-03-01T01:00", "1e12"), "kwh is 1e12; a register is below 10^12."),
        (read("2026-03-01T01:00", "NaN"), "kwh is 'NaN'; it must be a number."),
        (read("2026-03-01T01:00", 1000, serial="M"), "kwh is 1000; this meter's register returns to 0 at 1000."),
        (
            read("2026-03-01T01:00", kwh_interval="5"),
            "An interval without kwh: consumption is reckoned from registers.",
        ),
        (read("2026-03-01T01:00"), "The row has no metering point."),
        (read("yesterday", 1), "time_stamping is 'yesterday'; it must be an ISO 8601 date and time."),
        (read("", 1), "time_stamping is missing."),
        (read("2026-06-01T00:11:00Z", 1), "time_stamping is 2026-06-01T00:11:00Z, more than 10 minutes in the future."),
        (read("1989-01-01T00:00:00Z", 1), "time_stamping is 1989-01-01T00:00:00Z, before 1990."),
        (
            read("2026-03-08T02:30:00", 1),
            "time_stamping: 2026-03-08T02:30:00 does not exist in America/Toronto: a clock change skips it.",
        ),
        (read("2026-03-01T01:00", 1, **{"bad name": "1"}), None),
        (read("2026-03-01T01:00", 1, a=["x"]), "a is neither a number nor a short text."),
        (read("2026-03-01T01:00", 1, a="\ud800"), "a is neither a number nor a text of at most 200 characters."),
        (read("2026-03-01T01:00", 1, a="x\0"), "a is neither a number nor a text of at most 200 characters."),
        (read("2026-03-01T01:00", 1, a="x" * 201), "a is neither a number nor a text of at most 200 characters."),
    ],
)
def test_a_bad_row_is_refused_and_the_batch_goes_on(property, meter, row, message):
    MeterFactory(property=property, serial_number="M", register_max=D(1000))
    result = send(property, read("2026-03-01T00:00", 1), row, read("2026-03-01T03:00", 2))
    assert result.accepted == 2
    note = result.rejected[0]
    assert (len(result.rejected), note.row, note.serial_number) == (1, 2, row["serial_number"])
    assert note.message == (message or "'bad name' cannot name a metering point: letters, digits, _ . - serve.")
    assert Meter.objects.get(pk=meter.pk).reads.count() == 2


def test_ten_minutes_ahead_are_taken(property, meter):
    assert send(property, read("2026-06-01T00:10:00Z", 1)).accepted == 1


def test_the_first_pass_of_a_repeated_hour_is_meant_without_an_offset(property, meter):
    send(
        property,
        read("2025-11-02T01:30:00", 1),
        read("2025-11-02T01:30:00-05:00", 3),
        read("2025-11-02T03:00:00", 4),
    )
    assert [row[0] for row in chain(meter)] == ["11-02T05:30", "11-02T06:30", "11-02T08:00"]


def test_another_propertys_meter_is_unknown(property, meter):
    other = MeterFactory(serial_number="X-1")
    assert send(property, read("2026-03-01T01:00", 1, serial="X-1")).accepted == 0
    assert other.reads.count() == 0


def test_reads_of_a_meter_without_a_latest_row_are_taken(property, meter):
    LatestRead.objects.all().delete()
    assert send(property, read("2026-03-01T01:00", 1)).accepted == 1
    assert LatestRead.objects.get(meter=meter).register == D(1)


def test_queries_do_not_grow_with_the_batch(property, django_assert_max_num_queries):
    for number in range(50):
        MeterFactory(property=property, serial_number=f"S-{number}")
    reads = [read(f"2026-03-01T{hour:02}:00", hour, serial=f"S-{n}") for hour in range(20) for n in range(50)]
    with django_assert_max_num_queries(13):
        assert send(property, *reads).accepted == 1000
    with django_assert_max_num_queries(13):
        assert send(property, *reads).duplicates == 1000
