"""One cycle of 1,000 meters by POST /read, beside the same SQL steps from a bare script."""

import json
from datetime import datetime
from typing import Any

from django.db import connection

from bench.context import STEP, Context
from bench.results import Result, Work, median_times, milliseconds
from bench.rows.ingest import JOB_NUMBER, loaded_property
from bench.server import Client, server
from bench.sites import add_application, register, serial_number, voltages
from bench.yardsticks.cycle import Rows, store_cycle_postgresql, store_cycle_sqlite
from intellimeter.common.local_time import day_of, hour_of, zone_of
from metering.models import Meter

WARM_UP = 3


def measure(context: Context) -> list[Result]:
    property = loaded_property(context)
    meters = dict(Meter.objects.filter(property=property).values_list("serial_number", "pk"))
    first = context.days * 288
    client_id, secret = add_application(property.company, "meter:reads:create")
    context.settle_down()
    connection.close()
    raw = context.raw_connection()
    path = f"/api/v1/read?property={property.public_id}"
    count = WARM_UP + context.repeats
    # Our cycles and the bare ones take turns on the same meters: the even steps are ours.
    bodies = [_body(context, first + n * 2, len(meters)) for n in range(count)]
    bare_cycles = [_bare_rows(context, meters, first + n * 2 + 1) for n in range(count)]

    def store_bare(number: int) -> None:
        _store_bare(context, raw, bare_cycles[number], _instant(context, first + number * 2 + 1))

    with server() as client:
        client.sign_in(client_id, secret, "meter:reads:create")
        for number in range(WARM_UP):
            _post(client, path, bodies[number], len(meters))
            store_bare(number)
        ours, bare = median_times(
            context.repeats,
            Work(lambda n: _post(client, path, bodies[WARM_UP + n], len(meters))),
            Work(lambda n: store_bare(WARM_UP + n)),
        )
    raw.close()
    return [
        Result(
            f"one cycle of {len(meters):,} meters by POST /read: HTTP, token, commit",
            "the same SQL steps from a bare script",
            milliseconds(ours),
            milliseconds(bare),
            bare / ours,
            0.5,
            True,
            context.database,
            context.scale,
        )
    ]


def _instant(context: Context, step: int) -> datetime:
    """The file's last step is the one at the context's end."""
    return context.end + STEP * (step + 1 - context.days * 288)


def _body(context: Context, step: int, meters: int) -> bytes:
    stamp = _instant(context, step).isoformat()
    reads = []
    for number in range(meters):
        a, b, c = voltages(number, step)
        reads.append(
            {
                "serial_number": serial_number(JOB_NUMBER, number),
                "time_stamping": stamp,
                "kwh": float(register(number, step)),
                "voltage_a": float(a),
                "voltage_b": float(b),
                "voltage_c": float(c),
            }
        )
    return json.dumps({"reads": reads}).encode()


def _post(client: Client, path: str, body: bytes, meters: int) -> None:
    answer = client.post(path, body)
    if answer["accepted"] != meters:
        raise RuntimeError(f"Not all was accepted: {json.dumps(answer)[:300]}")


def _store_bare(context: Context, raw: Any, rows: Rows, instant: datetime) -> None:
    if context.database == "postgresql":
        store_cycle_postgresql(raw, rows)
        return
    zone = zone_of("America/Toronto")
    hour = hour_of(instant, zone).strftime("%Y-%m-%d %H:%M:%S")
    store_cycle_sqlite(raw, rows, hour, str(day_of(instant, zone)))


def _bare_rows(context: Context, meters: dict[str, int], step: int) -> Rows:
    stamp = _instant(context, step).strftime("%Y-%m-%d %H:%M:%S")
    stamp = f"{stamp}+00" if context.database == "postgresql" else stamp
    rows = []
    for number in range(len(meters)):
        a, b, c = voltages(number, step)
        register_millionths = int(register(number, step).replace(".", "")) * 1000
        points = f'{{"voltage_a":{a},"voltage_b":{b},"voltage_c":{c}}}'
        rows.append((meters[serial_number(JOB_NUMBER, number)], stamp, register_millionths, points))
    return rows
