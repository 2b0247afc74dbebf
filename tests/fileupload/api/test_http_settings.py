"""`/api/v1/file-upload/http`: shapes, defaults, what is refused, and who may (reference, File Upload (HTTP/HTTPS))."""

import pytest
import time_machine

from fileupload.models import HttpDestination
from tests.factories.accounts import AdminFactory, UserFactory, api_client
from tests.factories.fileupload import HttpDestinationFactory
from tests.factories.metering import PropertyFactory

pytestmark = pytest.mark.django_db
URL = "https://93.184.216.34/in"


@pytest.fixture
def client():
    return api_client("file:*:*")


@pytest.fixture
def house(client):
    return PropertyFactory(company=client.user.company)


def address(property) -> str:
    return f"/api/v1/file-upload/http?property={property.public_id}"


def test_put_enables_with_the_references_defaults(client, house):
    with time_machine.travel("2021-04-14T13:22:56Z", tick=False):
        client.token.__class__.objects.update(expires="2021-04-15T00:00Z")
        answer = client.put(address(house), {"file_type": "CSV", "url": URL})
        shown = client.get(address(house))

    assert (answer.status_code, answer.content) == (204, b"")
    assert shown.json() == [
        {
            "body": None,
            "created": "2021-04-14T09:22:56",
            "expected_code": 200,
            "file_type": "CSV",
            "header": None,
            "method": "POST",
            "property": house.public_id,
            "updated": "2021-04-14T09:22:56",
            "url": URL,
        }
    ]


def test_put_replaces_and_keeps_the_day_of_enabling(client, house):
    with time_machine.travel("2021-04-14T13:22:56Z", tick=False):
        client.token.__class__.objects.update(expires="2031-04-15T00:00Z")
        full = {
            "url": URL,
            "file_type": "XML",
            "method": "PATCH",
            "expected_code": 201,
            "header": {"X-A": "1"},
            "body": {"a": 1.5, "b": [None, True]},
        }
        client.put(address(house), full)
        first = client.get(address(house)).json()[0]
    with time_machine.travel("2021-04-15T13:22:56Z", tick=False):
        client.put(address(house), {"file_type": "JSON", "url": URL + "2"})
        second = client.get(address(house)).json()[0]

    assert {name: first[name] for name in full} == full
    assert second == {
        "body": None,
        "created": "2021-04-14T09:22:56",
        "expected_code": 200,
        "file_type": "JSON",
        "header": None,
        "method": "POST",
        "property": house.public_id,
        "updated": "2021-04-15T09:22:56",
        "url": URL + "2",
    }


def test_what_get_shows_can_be_put_back(client, house):
    client.put(address(house), {"file_type": "CSV", "url": URL, "header": {"X-A": "1"}, "body": {"a": 0.1}})
    shown = client.get(address(house)).json()[0]

    assert client.put(address(house), shown).status_code == 204
    assert client.get(address(house)).json()[0] | {"updated": ""} == shown | {"updated": ""}


def test_delete_disables_and_is_204_all_the_same_without_settings(client, house):
    client.put(address(house), {"file_type": "CSV", "url": URL})

    assert [client.delete(address(house)).status_code for _ in range(2)] == [204, 204]
    assert client.get(address(house)).json() == []


def test_list_is_of_all_properties_or_of_one(client, house, django_assert_num_queries):
    HttpDestinationFactory()
    mine = [HttpDestinationFactory(property=house)]
    mine += [HttpDestinationFactory(property=PropertyFactory(company=client.user.company)) for _ in range(3)]

    with django_assert_num_queries(2):
        every = client.get("/api/v1/file-upload/http").json()

    assert {row["property"] for row in every} == {row.property.public_id for row in mine}
    assert [row["property"] for row in client.get(address(house)).json()] == [house.public_id]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "test"}, "url"),
        ({"url": "ftp://example.com/"}, "url"),
        ({"url": "https:///in"}, "url"),
        ({"url": "https://user:password@93.184.216.34/"}, "url"),
        ({"url": "https://93.184.216.34/a b"}, "url"),
        ({"url": "https://93.184.216.34\\@127.0.0.1/"}, "url"),
        ({"url": "https://93.184.216.34:99999/"}, "url"),
        ({"url": "https://93.184.216.34/" + "a" * 2050}, "url"),
        ({"url": None}, "url"),
        ({"url": 5}, "url"),
        ({"method": "TRACE"}, "method"),
        ({"method": "post"}, "method"),
        ({"expected_code": 99}, "expected_code"),
        ({"expected_code": "200"}, "expected_code"),
        ({"expected_code": None}, "expected_code"),
        ({"file_type": "XLSX"}, "file_type"),
        ({"body": [1]}, "body"),
        ({"body": "text"}, "body"),
        ({"body": {"file": "x"}}, "body"),
        ({"body": {"a\r\nb": "x"}}, "body"),
        ({"body": {"a": "x" * 70_000}}, "body"),
        ({"header": ["X-A"]}, "header"),
        ({"header": {"Host": "x"}}, "header"),
        ({"header": {"content-length": "5"}}, "header"),
        ({"header": {"Transfer-Encoding": "chunked"}}, "header"),
        ({"header": {"X-Delivery-Id": "1"}}, "header"),
        ({"header": {"X A": "1"}}, "header"),
        ({"header": {"X-A:": "1"}}, "header"),
        ({"header": {"": "1"}}, "header"),
        ({"header": {"X-A": "1\r\nX-B: 2"}}, "header"),
        ({"header": {"X-A\r\nX-B": "2"}}, "header"),
        ({"header": {"X-A": " 1"}}, "header"),
        ({"header": {"X-A": {"b": 1}}}, "header"),
        ({"header": {"X-A": None}}, "header"),
        ({"header": {"X-A": "1", "x-a": "2"}}, "header"),
        ({"header": {"X-A": "日本"}}, "header"),
        ({"header": {"Content-Type": "a/b"}, "body": {}}, "header"),
        ({"hedaer": {}}, "hedaer"),
    ],
)
def test_unfit_values_are_refused_by_name_and_change_nothing(client, house, change, field):
    answer = client.put(address(house), {"file_type": "CSV", "url": URL, **change})

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]
    assert not HttpDestination.objects.exists()


@pytest.mark.parametrize("missing", ["url", "file_type"])
def test_url_and_file_type_are_required_every_time(client, house, missing):
    full = {"file_type": "CSV", "url": URL}
    client.put(address(house), full)

    answer = client.put(address(house), {name: value for name, value in full.items() if name != missing})

    assert (answer.status_code, answer.json()["fields"]) == (400, {missing: ["This field is required."]})


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "LOCALHOST", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0.0.0.1", "①②⑦.⓪.⓪.①"),
        *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]"),
        *(
            "127.0.0.1.",
            "localhost.",
            "10.0.0.1.",
            "127。0。0。1",
            "0",
            "0.0.0.0",  # noqa: S104 - refused, not bound
            "[::]",
            "[0:0::1]",
            "[fe80::1%251]",
            "[fec0::1]",
        ),
        *("[::ffff:a9fe:a9fe]", "[2001:0:7f00:1::]", "[ff0e::1]", "224.0.0.1", "100.64.0.1", "240.0.0.1"),
        *("10.0.0.1", "169.254.169.254", "192.168.0.1", "100.100.100.200", "[fd00:ec2::254]", "%31%32%37.0.0.1"),
    ],
)
def test_no_url_leads_inside(client, house, host):
    answer = client.put(address(house), {"file_type": "CSV", "url": f"http://{host}:8000/"})

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == ["url"]


def test_name_is_judged_by_all_its_addresses(client, house, names):
    names["inside.example.com"] = ["93.184.216.34", "10.0.0.1"]
    names["outside.example.com"] = ["93.184.216.34", "2606:4700::1111"]

    inside = client.put(address(house), {"file_type": "CSV", "url": "https://inside.example.com/"})
    outside = client.put(address(house), {"file_type": "CSV", "url": "https://outside.example.com/"})

    assert inside.json()["fields"] == {
        "url": [
            "inside.example.com is, or leads to, an address that is not public; files are sent to public addresses only."
        ]
    }
    assert outside.status_code == 204


def test_name_that_does_not_resolve_is_judged_at_connect(client, house):
    assert client.put(address(house), {"file_type": "CSV", "url": "https://nobody.invalid/"}).status_code == 204


def test_property_is_required_and_ones_own(client, house):
    foreign, unknown = PropertyFactory(), "00000000"

    for method in (client.put, client.delete):
        assert method("/api/v1/file-upload/http", {}).status_code == 400
        assert method(address(foreign), {"nonsense": 1}).status_code == 404
        assert method(f"/api/v1/file-upload/http?property={unknown}", {}).status_code == 404
    assert client.get(address(foreign)).status_code == 404


def test_only_admins_may(house):
    clerk = api_client("file:*:*", user=UserFactory(company=house.company))

    answers = [getattr(clerk, method)(address(house), {}) for method in ("get", "put", "delete")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


@pytest.mark.parametrize(
    ("scope", "allowed"), [("file:http:read", "get"), ("file:http:write", "put"), ("file:http:disable", "delete")]
)
def test_each_method_has_its_scope(house, scope, allowed):
    client = api_client(scope, user=AdminFactory(company=house.company))
    body = {"file_type": "CSV", "url": URL}

    statuses = {
        method: getattr(client, method)(address(house), body).status_code for method in ("get", "put", "delete")
    }

    assert {method for method, status in statuses.items() if status != 403} == {allowed}
