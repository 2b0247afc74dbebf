from decimal import Decimal

import pytest
from rest_framework.exceptions import ParseError

from intellimeter.common.api.parsers import StrictJSONParser, parse_json

SUITES = "/api/v1/suites"


def test_numbers_with_a_point_are_decimal():
    value = parse_json(b'{"a": 0.1, "b": 10, "c": 1e2, "d": -0.0}')
    assert value == {"a": Decimal("0.1"), "b": 10, "c": Decimal("1E+2"), "d": Decimal("-0.0")}
    assert [type(number) for number in value.values()] == [Decimal, int, Decimal, Decimal]


def test_text_in_utf_8_with_or_without_a_mark():
    assert parse_json('{"a": "Montréal 😀"}'.encode()) == {"a": "Montréal 😀"}
    assert parse_json('{"a": "é"}'.encode("utf-8-sig")) == {"a": "é"}
    assert parse_json(b'{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"{", "The JSON body is malformed at line 1, column 2."),
        (b'{"a": 1,}', "The JSON body is malformed at line 1, column 9."),
        (b"{'a': 1}", "The JSON body is malformed at line 1, column 2."),
        (b'{"a": 1} {}', "The JSON body is malformed at line 1, column 10."),
        (b'\n{"a": tru}', "The JSON body is malformed at line 2, column 7."),
        (b'{"a": NaN}', "The JSON body holds NaN, which is not JSON; use a number or null."),
        (b"[Infinity]", "The JSON body holds Infinity, which is not JSON; use a number or null."),
        (b"[-Infinity]", "The JSON body holds -Infinity, which is not JSON; use a number or null."),
        (b'{"a": 1, "b": 2, "a": 3}', "The JSON body has the key 'a' twice."),
        (b'{"x": {"\\u00e9": 1, "\\u00e9": 3}}', "The JSON body has the key '\\xe9' twice."),
        (b'["\xff"]', "The JSON body must be UTF-8; byte 2 is not."),
        ('["é"]'.encode("utf-16"), "The JSON body must be UTF-8; byte 0 is not."),
        (b'["a\\u0000b"]', "The JSON body holds a NUL character; leave it out."),
        (b'{"a\\u0000": 1}', "The JSON body holds a NUL character; leave it out."),
        (b'["\\ud800"]', "The JSON body holds half a surrogate pair; send whole characters."),
        (b"[" * 100_000, "The JSON body is nested over 32 levels."),
        (b"[" * 33 + b"]" * 33, "The JSON body is nested over 32 levels."),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "The JSON body is nested over 32 levels."),
        (b"[1e99999999999999999999]", "The JSON body holds a number that is out of range."),
        (b"[" + b"9" * 5000 + b"]", "The JSON body holds a number that is out of range."),
    ],
)
def test_what_is_not_strict_json_is_refused(body, sentence):
    with pytest.raises(ParseError) as raised:
        parse_json(body)
    assert str(raised.value.detail) == sentence


def test_nesting_of_thirty_levels_passes():
    assert parse_json(b"[" * 30 + b"]" * 30)


@pytest.mark.django_db
@pytest.mark.urls("tests.common.api.suites")
class TestRequests:
    def send(self, client, body, content_type="application/json"):
        return client.generic("POST", SUITES, body, content_type=content_type)

    def test_malformed_body_is_400(self, client):
        answer = self.send(client, b"{")
        assert answer.status_code == 400
        assert answer.json() == {
            "code": 400,
            "error": "Bad Request",
            "message": "The JSON body is malformed at line 1, column 2.",
        }

    def test_empty_body_lacks_its_fields(self, client):
        answer = self.send(client, b"")
        assert (answer.status_code, set(answer.json()["fields"])) == (400, {"name", "property"})

    def test_long_body_is_413(self, client):
        answer = self.send(client, b'{"name": "' + b"x" * StrictJSONParser.max_bytes + b'"}')
        assert answer.status_code == 413
        assert answer.json()["message"] == "The body is over 1,048,576 bytes; send less at a time."

    @pytest.mark.parametrize(
        "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"]
    )
    def test_other_content_types_are_415(self, client, content_type):
        answer = self.send(client, b"{}", content_type)
        assert (answer.status_code, answer.json()["error"]) == (415, "Unsupported Media Type")

    @pytest.mark.parametrize(
        "content_type", ["application/json; charset=utf-8", "Application/JSON", "application/json;"]
    )
    def test_content_type_may_have_parameters(self, client, content_type):
        assert self.send(client, b"{}", content_type).status_code == 400

    @pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "nonsense"])
    def test_answer_is_json_whatever_is_accepted(self, client, accept):
        answer = client.get(SUITES, HTTP_ACCEPT=accept)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
