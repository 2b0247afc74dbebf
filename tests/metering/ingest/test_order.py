"""Any order and any repetition of the same reads ends in the same state, and that state is the brute-force reference's."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metering.models import DayRollup, HourRollup, Meter, Read
from tests.factories.metering import MeterFactory, PropertyFactory
from tests.metering.brute_force import by_step, judged
from tests.metering.ingest.conftest import send, state

BEGIN = datetime(2026, 3, 7, 22, tzinfo=UTC)
STEP = timedelta(minutes=20)
REGISTERS = st.one_of(st.integers(0, 40), st.integers(960, 999), st.sampled_from([0, 500, 999]))

# A meter's history: by step, a register and a voltage, either of which may be missing.
HISTORY = st.dictionaries(
    st.integers(0, 90),
    st.tuples(st.one_of(st.none(), REGISTERS), st.one_of(st.none(), st.integers(110, 125))).filter(
        lambda pair: pair != (None, None)
    ),
    min_size=1,
    max_size=25,
)


def growing(history: dict[int, tuple[int | None, int | None]]) -> dict[int, tuple[int | None, int | None]]:
    """The same history with its registers sorted: mostly plain growth."""
    registers = iter(sorted(register for register, _ in history.values() if register is not None))
    return {
        step: (None if register is None else next(registers), voltage)
        for step, (register, voltage) in sorted(history.items())
    }


def messages(history, serial: str, split: set[int]) -> list[dict]:
    """The reads of a history; those whose step is in `split` come as two, register and voltage apart."""
    found = []
    for step, (register, voltage) in sorted(history.items()):
        stamp = (BEGIN + step * STEP).isoformat()
        parts = [{"kwh": register, "voltage_a": voltage}]
        if step in split and register is not None and voltage is not None:
            parts = [{"kwh": register}, {"voltage_a": voltage}]
        for part in parts:
            cells = {name: str(value) for name, value in part.items() if value is not None}
            found.append({"serial_number": serial, "time_stamping": stamp, **cells})
    return found


@st.composite
def deliveries(draw):
    """Two meters' histories, and the same reads shuffled, repeated and cut into batches."""
    histories = [draw(HISTORY), growing(draw(HISTORY))]
    split = draw(st.sets(st.integers(0, 90)))
    sent = messages(histories[0], "A", split) + messages(histories[1], "B", split)
    repeated = sent + draw(st.lists(st.sampled_from(sent), max_size=10))
    shuffled = draw(st.permutations(repeated))
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(shuffled) - 1)), max_size=6)))
    batches = [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(shuffled)], strict=True)]
    return histories, split, [batch for batch in batches if batch]


def site(zone: str) -> dict[str, Meter]:
    property = PropertyFactory(timezone=zone)
    return {
        "A": MeterFactory(property=property, serial_number="A", register_max=Decimal(1000)),
        "B": MeterFactory(property=property, serial_number="B"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["America/Toronto", "America/St_Johns"])
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(delivery=deliveries())
def test_state_is_the_same_in_any_order(zone, delivery):
    histories, _, batches = delivery
    in_order, in_pieces = site(zone), site(zone)
    for history, (serial, meter) in zip(histories, in_order.items(), strict=True):
        send(meter.property, *messages(history, serial, set()))
    for batch in batches:
        send(in_pieces["A"].property, *batch)
    for serial in in_order:
        assert state(in_pieces[serial]) == state(in_order[serial])
    for history, meter in zip(histories, in_pieces.values(), strict=True):
        assert_as_brute_force(meter, history)


def assert_as_brute_force(meter: Meter, history) -> None:
    from intellimeter.common.local_time import zone_of

    zone = zone_of(meter.property.timezone)
    expected = judged(
        [
            (BEGIN + step * STEP, None if register is None else Decimal(register))
            for step, (register, _) in history.items()
        ],
        meter.register_max,
    )
    stored = Read.objects.filter(meter=meter).order_by("time")
    assert [(r.time, r.register, r.interval, r.flag) for r in stored] == [
        (r.time, r.register, r.interval, r.flag) for r in expected
    ]
    ever = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC))
    hours = by_step(expected, *ever, "hour", zone)
    kept = HourRollup.objects.filter(meter=meter)
    assert {
        (bucket.hour.astimezone(zone).isoformat()[:13], bucket.hour.astimezone(zone).utcoffset()): bucket.consumption
        for bucket in kept
    } == hours
    days = by_step(expected, *ever, "day", zone)
    assert {
        (bucket.day.isoformat(), None): bucket.consumption for bucket in DayRollup.objects.filter(meter=meter)
    } == days
