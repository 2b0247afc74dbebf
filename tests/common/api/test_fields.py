from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from rest_framework import serializers

from accounts.models import Company, User
from intellimeter.common.api.fields import LocalDateTimeField, MillionthsNumberField, MoneyField, RateField
from intellimeter.common.api.renderers import JSONRenderer
from intellimeter.common.api.streaming import json_list

FORM = "Must be a date and time such as 2021-04-09T10:20:00, with or without an offset."


class Moment(serializers.Serializer):
    at = LocalDateTimeField(allow_null=True)


def moment(**kwargs):
    user = User(company=Company(timezone="America/Toronto"))
    context = {"request": SimpleNamespace(user=user), **kwargs.pop("context", {})}
    return Moment(context=context, **kwargs)


@pytest.mark.parametrize(
    ("context", "stamp"),
    [
        ({}, "2021-04-09T10:20:00"),
        ({"zone": "America/St_Johns"}, "2021-04-09T11:50:00"),
        ({"zone": ZoneInfo("America/Vancouver")}, "2021-04-09T07:20:00"),
    ],
)
def test_instant_goes_out_in_the_zone_at_hand(context, stamp):
    at = datetime(2021, 4, 9, 14, 20, 0, 999_999, tzinfo=UTC)
    assert moment(instance=SimpleNamespace(at=at), context=context).data == {"at": stamp}


def test_null_stays_null():
    assert moment(instance=SimpleNamespace(at=None)).data == {"at": None}


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2021-04-09T10:20:00", datetime(2021, 4, 9, 14, 20, tzinfo=UTC)),
        ("2021-04-09 10:20", datetime(2021, 4, 9, 14, 20, tzinfo=UTC)),
        ("2021-04-09T10:20:00Z", datetime(2021, 4, 9, 10, 20, tzinfo=UTC)),
        ("2021-04-09T10:20:00.5+02:00", datetime(2021, 4, 9, 8, 20, 0, 500_000, tzinfo=UTC)),
        ("20210409T102000", datetime(2021, 4, 9, 14, 20, tzinfo=UTC)),
        ("2021-04-09", datetime(2021, 4, 9, 4, 0, tzinfo=UTC)),
        ("2021-11-07T01:30:00", datetime(2021, 11, 7, 5, 30, tzinfo=UTC)),
    ],
)
def test_any_iso_form_comes_in(text, instant):
    found = moment(data={"at": text})
    assert found.is_valid(), found.errors
    assert found.validated_data == {"at": instant}


@pytest.mark.parametrize("text", ["", "now", "2021-13-01", "2021-04-09T25:00:00", 1617963600, True, ["x"], "9" * 100])
def test_what_is_no_instant_is_refused(text):
    found = moment(data={"at": text})
    assert not found.is_valid()
    assert found.errors == {"at": [FORM]}


def test_time_that_a_clock_change_skips_is_refused():
    found = moment(data={"at": "2021-03-14T02:30:00"})
    assert not found.is_valid()
    assert found.errors == {"at": ["2021-03-14T02:30:00 does not exist in America/Toronto: a clock change skips it."]}


class Figures(serializers.Serializer):
    money = MoneyField()
    rate = RateField()
    register = MillionthsNumberField()


def test_figures_go_out_as_plain_numbers():
    row = SimpleNamespace(money=Decimal("10.25"), rate=Decimal("13.000000"), register=Decimal("24263.301000"))
    assert JSONRenderer().render(Figures(row).data) == b'{"money":10.25,"rate":13.0,"register":24263.301}'


@pytest.mark.parametrize(
    ("name", "value"), [("money", "0.001"), ("rate", "-1"), ("rate", "0.0000001"), ("register", "0.0000001")]
)
def test_figures_that_are_too_fine_or_negative_are_refused(name, value):
    figures = Figures(data={"money": 1, "rate": 1, "register": 1, name: Decimal(value)})
    assert not figures.is_valid()
    assert list(figures.errors) == [name]


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1200])
def test_json_list_streams_every_row(count):
    rows = [{"n": number, "x": Decimal("0.5"), "s": "é"} for number in range(count)]
    body = b"".join(json_list(iter(rows)).streaming_content)
    assert body.decode() == "[" + ",".join(f'{{"n":{n},"x":0.5,"s":"é"}}' for n in range(count)) + "]"
