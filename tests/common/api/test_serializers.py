import pytest
from rest_framework import serializers

from intellimeter.common.api.serializers import StrictSerializer
from metering.models import Suite

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.common.api.suites")]
SUITES = "/api/v1/suites"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("colour", "red", "There is no such field."),
        ("name", 101, "Must be a string."),
        ("name", True, "Must be a string."),
        ("name", ["101"], "Must be a string."),
        ("name", {"a": 1}, "Must be a string."),
        ("name", None, "This field may not be null."),
        ("name", "", "This field may not be blank."),
        ("name", "x" * 121, "Ensure this field has no more than 120 characters."),
        ("property", 12345678, "Must be an id of 8 hexadecimal characters."),
        ("property", ["00000000"], "Must be an id of 8 hexadecimal characters."),
        ("level", "5", "Must be a whole number."),
        ("level", 5.0, "Must be a whole number."),
        ("level", True, "Must be a whole number."),
        ("level", 10**30, "Is out of range."),
        ("share", "0.5", "Must be a number."),
        ("share", False, "Must be a number."),
        ("share", 0.123, "Ensure that there are no more than 2 decimal places."),
        ("share", 1e300, "Ensure that there are no more than 6 digits in total."),
        ("corner", 1, "Must be true or false."),
        ("corner", "true", "Must be true or false."),
        ("corner", None, "This field may not be null."),
        ("side", 1, "Must be a string."),
        ("side", ["north"], "Must be a string."),
        ("side", "east", "Must be one of north, south."),
        ("rooms", "hall", "Must be a list."),
        ("rooms", ["hall", 2], "Must be a string."),
        ("since", 20210409, "Must be a date and time such as 2021-04-09T10:20:00, with or without an offset."),
        ("since", "yesterday", "Must be a date and time such as 2021-04-09T10:20:00, with or without an offset."),
    ],
)
def test_wrong_value_is_400_and_names_the_field(client, house, field, value, sentence):
    answer = client.post(SUITES, {"name": "101", "property": house.public_id, field: value})
    assert answer.status_code == 400
    assert answer.json()["fields"] == {field: [sentence]}
    assert answer.json()["message"] == f"{field}: {sentence}"
    assert not Suite.objects.exists()


def test_right_values_pass(client, house):
    body = {
        "name": "101",
        "property": house.public_id,
        "level": None,
        "share": 1,
        "corner": False,
        "side": "north",
        "rooms": ["hall"],
        "since": "2021-04-09T10:20:00Z",
    }
    assert client.post(SUITES, body).status_code == 201


def test_all_faults_are_told_at_once(client):
    answer = client.post(SUITES, {"name": 5, "colour": "red"})
    assert answer.json()["fields"] == {
        "name": ["Must be a string."],
        "colour": ["There is no such field."],
        "property": ["This field is required."],
    }


def test_read_only_fields_are_ignored(client, house):
    answer = client.post(SUITES, {"name": "101", "property": house.public_id, "id": 5, "created": "yesterday"})
    assert answer.status_code == 201
    assert answer.json()["id"] == Suite.objects.get().public_id


@pytest.mark.parametrize("body", [[], [{}], "text", 5, None, True])
def test_body_that_is_no_object_is_400(client, body):
    answer = client.post(SUITES, body)
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_long_text_is_refused_where_no_field_bounds_it():
    class Note(StrictSerializer):
        text = serializers.CharField()

    assert Note(data={"text": "x" * 10_000}).is_valid()
    note = Note(data={"text": "x" * 10_001})
    assert not note.is_valid()
    assert note.errors == {"text": ["Must be at most 10,000 characters."]}


def test_nested_faults_are_told_by_their_path(client):
    class Inner(StrictSerializer):
        value = serializers.IntegerField()

    class Outer(StrictSerializer):
        rows = Inner(many=True)

    from intellimeter.common.api.errors import flatten

    outer = Outer(data={"rows": [{"value": 1}, {"value": "1", "more": 2}]})
    assert not outer.is_valid()
    assert flatten(outer.errors) == {
        "rows.1.value": ["Must be a whole number."],
        "rows.1.more": ["There is no such field."],
    }
