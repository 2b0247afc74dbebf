"""Whatever comes instead of a request, an operation answers with a 4xx and one clear sentence, and nothing has changed."""

import pytest

from tests.contract.calls import ROOT, call
from tests.contract.operations import OPERATIONS
from tests.contract.world import World, everything
from tests.factories.accounts import api_client

pytestmark = pytest.mark.django_db
ONCE = list({(one.method, one.address): one for one in OPERATIONS}.values())
WITH_BODY = [
    one for one in ONCE if isinstance(one.body, dict | list) and one.address != "read"
]  # files of reads have tests of their own
JSON = "application/json"
LONGEST_MESSAGE = 500

BODIES: dict[str, tuple[bytes, str, int]] = {
    "malformed": (b'{"name": ', JSON, 400),
    "something behind it": (b"{} {}", JSON, 400),
    "a text": (b'"name"', JSON, 400),
    "a number": (b"5", JSON, 400),
    "null": (b"null", JSON, 400),
    "a list of lists": (b"[[]]", JSON, 400),
    "UTF-16": ('{"name": "Büro"}'.encode("utf-16"), JSON, 400),
    "Latin-1": ('{"name": "Büro"}'.encode("latin-1"), JSON, 400),
    "a NUL": (b'{"name": "a\\u0000b"}', JSON, 400),
    "a raw NUL": (b'{"name": "a\x00b"}', JSON, 400),
    "half a surrogate pair": (b'{"name": "\\ud800"}', JSON, 400),
    "NaN": (b'{"name": NaN}', JSON, 400),
    "Infinity": (b'{"name": -Infinity}', JSON, 400),
    "1e400": (b'{"colour": 1e400}', JSON, 400),
    "an exponent beyond all": (b'{"name": 1e9999999999999999999}', JSON, 400),
    "10^5000": (b'{"name": 1' + b"0" * 5000 + b"}", JSON, 400),
    "a key twice": (b'{"name": "a", "name": "b"}', JSON, 400),
    "nested deep": (b"[" * 200_000, JSON, 400),
    "nested deep in a key": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, JSON, 400),
    "a very long key": (b'{"' + b"k" * 100_000 + b'": 1}', JSON, 400),
    "plain text": (b"name=x", "text/plain", 415),
    "a form": (b"name=x", "application/x-www-form-urlencoded", 415),
    "a form of parts": (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 415),
    "no type": (b'{"name": "x"}', "", 415),
    "no type at all": (b'{"name": "x"}', "/", 415),
    "no such type": (b'{"name": "x"}', "application/vnd.x+json", 415),
}


def refused(answer) -> int:
    """The status of what comes in the shape of errors, with one clear sentence."""
    body = answer.json()
    assert body.keys() - {"fields"} == {"code", "error", "message"}
    assert (body["code"], body["message"][-1:] in {".", ")"}, "\n" in body["message"]) == (
        answer.status_code,
        True,
        False,
    )
    assert len(body["message"]) <= LONGEST_MESSAGE
    return answer.status_code


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_what_is_no_body(operation):
    world = World()
    client = api_client(user=world.user)
    address = f"{ROOT}{operation.address}?" + "&".join(
        f"{name}={value}" for name, value in world.filled(dict(operation.query)).items()
    )
    before = everything()

    found = {
        name: refused(client.generic(operation.method, address, content, content_type=media_type))
        for name, (content, media_type, _status) in BODIES.items()
    }

    assert found == {name: status for name, (_content, _media_type, status) in BODIES.items()}
    assert everything() == before


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_a_body_of_megabytes(operation):
    world = World()
    client = api_client(user=world.user)
    body = {**operation.body, "name": "x" * 2_000_000} if isinstance(operation.body, dict) else ["x"] * 1_000_000
    before = everything()

    assert refused(call(client, operation, world, body=body)) == 413
    assert everything() == before


BAD_IDS = ["\x00", "' OR 1=1 --", "x" * 4000, "00000000", "ÄÖÜ", "%", "*", "8B70AC80", "", "../../etc/passwd", "\ufffd"]


@pytest.mark.parametrize("operation", [one for one in ONCE if one.query or one.path], ids=str)
def test_what_is_no_id(operation):
    world = World()
    client = api_client(user=world.user)
    named = [name for name, value in operation.query.items() if str(value).startswith("$")]
    before = everything()

    found = {
        (name, bad): refused(call(client, operation, world, query={**operation.query, name: bad}))
        for name in named
        for bad in BAD_IDS
        if (name, bad) not in {("ids", ""), ("token", "")}  # an empty one is one that is missing
    }

    assert found == dict.fromkeys(found, 404)
    assert everything() == before


@pytest.mark.parametrize("bad", [bad for bad in BAD_IDS if bad])
def test_what_is_no_file_name(bad):
    world = World()
    client = api_client(user=world.user)
    [operation] = [one for one in ONCE if one.path]

    assert refused(client.get(f"{ROOT}invoiceFile", {"name": bad})) == 404
    if "/" not in bad:
        assert refused(call(client, operation, world, path={"name": bad})) == 404


PARAMETERS = [
    "limit",
    "offset",
    "by",
    "limit_quantity",
    "limit_unit",
    "start",
    "end",
    "type",
    "interval",
    "pretty",
    "table_name",
    "paid",
    "late",
    "created_after",
    "due_before",
    "search",
    "email",
    "active",
    "admin",
    "name",
    "utility",
    "general",
    "serial_number",
    "floor",
    "value",
    "month",
]
BAD_VALUES = [
    "\x00",
    "1e400",
    "9" * 5000,
    "-1",
    "NaN",
    "2021-02-30",
    "2021-03-14T02:30:00",
    "0000-00-00",
    "'",
    "ß" * 99,
]


@pytest.mark.parametrize("operation", [one for one in ONCE if one.method == "GET"], ids=str)
def test_what_is_no_parameter(operation):
    world = World()
    client = api_client(user=world.user)

    answers = [
        call(client, operation, world, query={**operation.query, name: BAD_VALUES[(number + turn) % len(BAD_VALUES)]})
        for turn in (0, 3)
        for number, name in enumerate(PARAMETERS)
    ]

    found = {refused(answer) for answer in answers if answer.status_code not in (200, operation.status)}
    full = {409} if operation.address == "reports/schedule/generate" else set()  # what was asked for often enough
    assert found <= {400, 404} | full


METHODS = ["PATCH", "TRACE", "PROPFIND", "MOVE", "OPTIONS"]


@pytest.mark.parametrize("address", sorted({one.address for one in ONCE if not one.path}))
def test_methods_that_no_address_serves(address):
    client = api_client()

    answers = [client.generic(method, ROOT + address) for method in METHODS]

    served = {one.method for one in ONCE if one.address == address}
    assert [refused(answer) for answer in answers] == [405] * len(METHODS)
    assert {*answers[0]["Allow"].split(", ")} - {"HEAD"} == served


def test_a_method_is_not_overridden_by_a_header_or_a_field():
    world = World()
    client = api_client(user=world.user)
    before = everything()

    for header in ("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"):
        answer = client.get(
            f"{ROOT}users?user={world.ids['colleague']}&_method=DELETE&method=DELETE", headers={header: "DELETE"}
        )
        assert answer.status_code == 200
    assert everything() == before


@pytest.mark.parametrize("accept", ["application/xml", "text/html", "image/*", "nonsense", "", "*/*;q=0"])
def test_the_answer_is_json_whatever_is_accepted(accept):
    answer = api_client("uac:user:read").get(f"{ROOT}user", headers={"Accept": accept})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize(
    "address",
    [
        "nothing",
        "user/",
        "user/x",
        "",
        "USER",
        "%00",
        "billing",
        "billing/invoice/",
        "..%2f",
        "/user",
        "evcmc",
        "user;x",
    ],
)
@pytest.mark.parametrize("with_token", [True, False])
def test_an_address_that_does_not_exist(address, with_token):
    client = api_client()
    if not with_token:
        client.credentials()

    for method in ("GET", "POST", "DELETE"):
        answer = client.generic(method, ROOT + address)
        assert (refused(answer), answer["Content-Type"]) == (404, "application/json")
