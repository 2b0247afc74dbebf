"""How much runs through a meter in an hour: a day's shape, a week's, a year's, and chance.

A figure depends on the meter, the local day and the hour alone, so whoever asks again gets the same one.
"""

import math
from datetime import date
from random import Random

from metering.enums import Utility

# Shares of a day by local hour, 100 being the average hour's.
_DAY = {
    Utility.ELECTRICITY: (
        55,
        48,
        45,
        44,
        45,
        55,
        85,
        120,
        115,
        95,
        88,
        90,
        100,
        95,
        90,
        92,
        110,
        150,
        175,
        180,
        165,
        140,
        105,
        73,
    ),
    Utility.WATER: (
        15,
        8,
        5,
        5,
        12,
        60,
        190,
        260,
        190,
        120,
        95,
        90,
        105,
        90,
        75,
        75,
        95,
        140,
        180,
        180,
        160,
        130,
        80,
        40,
    ),
    Utility.GAS: (
        85,
        82,
        80,
        82,
        90,
        120,
        150,
        140,
        110,
        90,
        80,
        78,
        82,
        78,
        75,
        82,
        105,
        140,
        145,
        130,
        115,
        100,
        92,
        88,
    ),
}
_WEEKEND = {Utility.ELECTRICITY: 115, Utility.WATER: 110, Utility.GAS: 104}
_COLDEST_DAY, _YEAR = 20, 365.25


def season(utility: Utility, day: date) -> float:
    """The share of an average day: heating and lamps in winter, cooling in summer; gas follows the cold alone."""
    cold = math.cos(2 * math.pi * (day.timetuple().tm_yday - _COLDEST_DAY) / _YEAR)
    if utility is Utility.GAS:
        return 0.12 + 1.9 * max(0.0, 0.3 + 0.7 * cold) ** 1.5
    if utility is Utility.ELECTRICITY:
        return 0.92 + 0.28 * max(0.0, cold) + 0.35 * max(0.0, -cold) ** 2
    return 1.0 - 0.06 * cold


def hours_of(serial_number: str, utility: Utility, mean: int, day: date) -> list[int]:
    """The consumption in each hour, 0 to 23, of the meter's local day, in thousandths of its unit."""
    chance = Random(f"{serial_number} {day.isoformat()}")  # noqa: S311 - plausible figures, no secret
    week = _WEEKEND[utility] if day.weekday() >= 5 else 94
    day_mean = mean * season(utility, day) * week / 10_000 * chance.uniform(0.8, 1.2)
    return [int(day_mean * share * (0.5 + chance.random())) for share in _DAY[utility]]
