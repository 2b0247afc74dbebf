"""The file of the bench: 1,000 meters x 30 days of five-minute reads, a register and three voltages each."""

from datetime import datetime, timedelta
from pathlib import Path

from bench.sites import register, serial_number, stamps, voltages

HEADER = "name,serial_number,utility,panel,suite,floor,time_stamping,sent,kwh,voltage_a,voltage_b,voltage_c\n"
STEPS_A_DAY = 288


def write_csv(path: Path, job_number: str, *, meters: int, days: int, end: datetime) -> int:
    """Write the file in the File Send CSV format, cycle by cycle; the number of its rows."""
    start = end - timedelta(days=days) + timedelta(minutes=5)
    named = [f"Meter {number},{serial_number(job_number, number)},E,,Suite {number},," for number in range(meters)]
    with path.open("w") as file:
        file.write(HEADER)
        for step, stamp in enumerate(stamps(start, days * STEPS_A_DAY)):
            file.writelines(
                f"{about}{stamp},,{register(number, step)},{','.join(voltages(number, step))}\n"
                for number, about in enumerate(named)
            )
    return meters * days * STEPS_A_DAY


def write_copy_file(path: Path, *, meters: int, days: int, end: datetime) -> int:
    """The same reads as PostgreSQL's COPY takes them for a table of the reads' columns, ready made."""
    start = end - timedelta(days=days) + timedelta(minutes=5)
    with path.open("w") as file:
        for step, stamp in enumerate(stamps(start, days * STEPS_A_DAY)):
            for number in range(meters):
                thousandths = int(register(number, step).replace(".", ""))
                a, b, c = voltages(number, step)
                points = f'{{"voltage_a":{a},"voltage_b":{b},"voltage_c":{c}}}'
                file.write(f"{number}\t{stamp}\t{thousandths * 1000}\t40000\t0\t{points}\n")
    return meters * days * STEPS_A_DAY
