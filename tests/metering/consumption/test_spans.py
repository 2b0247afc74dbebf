"""How a range is cut: the coarsest whole buckets, and finer ones towards its edges."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from metering.consumption.spans import Level, Piece, cut

TORONTO, ST_JOHNS, LORD_HOWE = (
    ZoneInfo(name) for name in ("America/Toronto", "America/St_Johns", "Australia/Lord_Howe")
)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def months(low, high):
    return Piece(Level.MONTH, date.fromisoformat(low), date.fromisoformat(high))


def days(low, high):
    return Piece(Level.DAY, date.fromisoformat(low), date.fromisoformat(high))


def hours(low, high):
    return Piece(Level.HOUR, utc(low), utc(high))


def reads(low, high):
    return Piece(Level.READ, utc(low), utc(high))


@pytest.mark.parametrize(
    ("zone", "start", "end", "pieces"),
    [
        (TORONTO, "2021-03-01T05:00", "2021-04-01T04:00", [months("2021-03-01", "2021-04-01")]),
        (TORONTO, "2021-03-14T05:00", "2021-03-15T04:00", [days("2021-03-14", "2021-03-15")]),
        (
            TORONTO,
            "2021-01-30T20:40",
            "2021-03-02T05:00:01",
            [
                reads("2021-01-30T20:40", "2021-01-30T21:00"),
                hours("2021-01-30T21:00", "2021-01-31T05:00"),
                days("2021-01-31", "2021-02-01"),
                months("2021-02-01", "2021-03-01"),
                days("2021-03-01", "2021-03-02"),
                reads("2021-03-02T05:00", "2021-03-02T05:00:01"),
            ],
        ),
        (TORONTO, "2021-11-07T05:00", "2021-11-07T07:00", [hours("2021-11-07T05:00", "2021-11-07T07:00")]),
        (ST_JOHNS, "2021-03-09T03:30", "2021-03-09T04:30", [hours("2021-03-09T03:30", "2021-03-09T04:30")]),
        (TORONTO, "2021-03-09T03:30", "2021-03-09T04:30", [reads("2021-03-09T03:30", "2021-03-09T04:30")]),
        (LORD_HOWE, "2021-04-03T15:00", "2021-04-03T15:30", [hours("2021-04-03T15:00", "2021-04-03T15:30")]),
        (TORONTO, "2021-03-09T03:30", "2021-03-09T03:30", []),
        (TORONTO, "2021-03-09T03:31", "2021-03-09T03:30", []),
    ],
)
def test_a_range_is_cut_into_the_coarsest_whole_buckets(zone, start, end, pieces):
    assert cut(utc(start), utc(end), zone) == tuple(pieces)
