"""`/api/v1/file-upload/ftps`, also called `ftp` (reference, File Upload (FTPS); decisions, sections 1, 2 and 9)."""

import pytest
import time_machine
from auditlog.models import LogEntry
from django.db import connection

from fileupload.models import FtpsDestination
from tests.factories.accounts import AdminFactory, UserFactory, api_client
from tests.factories.metering import PropertyFactory
from tests.fileupload.servers.certificates import Authority

pytestmark = pytest.mark.django_db
HOST = "93.184.216.34"
BODY = {"file_type": "CSV", "host": HOST, "password": "1234", "user": "me"}


@pytest.fixture
def client():
    return api_client("file:*:*")


@pytest.fixture
def house(client):
    return PropertyFactory(company=client.user.company)


def address(property, name: str = "ftps") -> str:
    return f"/api/v1/file-upload/{name}?property={property.public_id}"


def test_put_enables_with_the_references_defaults(client, house):
    with time_machine.travel("2021-04-14T13:46:32Z", tick=False):
        client.token.__class__.objects.update(expires="2021-04-15T00:00Z")
        answer = client.put(address(house), BODY)
        shown = client.get(address(house, "ftp"))

    assert (answer.status_code, answer.content) == (204, b"")
    assert shown.json() == [
        {
            "created": "2021-04-14T09:46:32",
            "file_type": "CSV",
            "host": HOST,
            "path": None,
            "port": 22,
            "property": house.public_id,
            "updated": "2021-04-14T09:46:32",
            "user": "me",
        }
    ]


def test_put_replaces_all_but_a_password_left_out(client, house):
    client.put(address(house), {**BODY, "port": 2121, "path": "/reads", "password": " first "})
    client.put(address(house, "ftp"), {"file_type": "JSON", "host": HOST, "user": "you"})

    stored = FtpsDestination.objects.get()
    assert (stored.port, stored.path, stored.user, stored.file_type) == (22, None, "you", "JSON")
    assert stored.password == " first "


def test_the_first_put_needs_a_password(client, house):
    body = {name: value for name, value in BODY.items() if name != "password"}

    answer = client.put(address(house), body)

    assert (answer.status_code, answer.json()["fields"]) == (400, {"password": ["This field is required."]})


def test_password_is_encrypted_at_rest_and_masked_in_the_log(client, house):
    client.put(address(house), {**BODY, "password": "very secret"})
    client.put(address(house), {**BODY, "password": "other secret"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM fileupload_ftpsdestination")
        [(stored,)] = cursor.fetchall()
    assert "secret" not in stored
    assert FtpsDestination.objects.get().password == "other secret"
    changes = [entry.changes for entry in LogEntry.objects.filter(content_type__model="ftpsdestination")]
    assert [change["password"][1] for change in changes] == ["********", "********"]
    assert "secret" not in str(changes)


def test_ca_certificate_comes_back_where_one_is_set(client, house):
    pem = Authority().pem.strip()

    assert client.put(address(house), {**BODY, "ca_certificate": pem}).status_code == 204
    shown = client.get(address(house)).json()[0]
    assert shown["ca_certificate"] == pem
    assert client.put(address(house), shown).status_code == 204


def test_delete_disables_and_is_204_all_the_same_without_settings(client, house):
    client.put(address(house), BODY)

    assert [client.delete(address(house, name)).status_code for name in ("ftp", "ftps")] == [204, 204]
    assert client.get(address(house)).json() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"host": "ftps://example.com"}, "host"),
        ({"host": "example.com/path"}, "host"),
        ({"host": "example.com:21"}, "host"),
        ({"host": "a b"}, "host"),
        ({"host": "x\r\ny"}, "host"),
        ({"host": ""}, "host"),
        ({"host": "127.0.0.1"}, "host"),
        ({"host": "::1"}, "host"),
        ({"host": "2130706433"}, "host"),
        ({"host": "0x7f000001"}, "host"),
        ({"host": "localhost"}, "host"),
        ({"host": "localhost."}, "host"),
        ({"host": "10.0.0.1."}, "host"),
        ({"host": "0"}, "host"),
        ({"host": "0177.0.0.1"}, "host"),
        ({"host": "::"}, "host"),
        ({"host": "::ffff:10.0.0.1"}, "host"),
        ({"host": "64:ff9b::a00:1"}, "host"),
        ({"host": "fd00::1"}, "host"),
        ({"host": "100.64.0.1"}, "host"),
        ({"host": "169.254.169.254"}, "host"),
        ({"port": 0}, "port"),
        ({"port": 65536}, "port"),
        ({"port": "22"}, "port"),
        ({"user": "me\r\nDELE x"}, "user"),
        ({"user": ""}, "user"),
        ({"password": "x\ny"}, "password"),
        ({"password": None}, "password"),
        ({"path": "a\r\nDELE x"}, "path"),
        ({"path": "../../etc"}, "path"),
        ({"path": "a/../b"}, "path"),
        ({"file_type": "csv"}, "file_type"),
        ({"ca_certificate": "no certificate"}, "ca_certificate"),
        ({"ca_certificate": "-----BEGIN PRIVATE KEY-----"}, "ca_certificate"),
        ({"passwort": "x"}, "passwort"),
    ],
)
def test_unfit_values_are_refused_by_name_and_change_nothing(client, house, change, field):
    answer = client.put(address(house), {**BODY, **change})

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]
    assert not FtpsDestination.objects.exists()


@pytest.mark.parametrize("host", ["everywhere", "ftps.example.invalid", "2606:4700::1111", "élan.example.invalid"])
def test_hosts_that_may_be_outside_serve(client, house, host):
    assert client.put(address(house), {**BODY, "host": host}).status_code == 204


def test_only_admins_may(house):
    clerk = api_client("file:*:*", user=UserFactory(company=house.company))

    answers = [getattr(clerk, method)(address(house), {}) for method in ("get", "put", "delete")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


@pytest.mark.parametrize(
    ("scope", "allowed"), [("file:ftps:read", "get"), ("file:ftps:write", "put"), ("file:ftps:disable", "delete")]
)
@pytest.mark.parametrize("name", ["ftps", "ftp"])
def test_each_method_has_its_scope(house, scope, allowed, name):
    client = api_client(scope, user=AdminFactory(company=house.company))

    statuses = {
        method: getattr(client, method)(address(house, name), BODY).status_code for method in ("get", "put", "delete")
    }

    assert {method for method, status in statuses.items() if status != 403} == {allowed}


def test_foreign_properties_are_404(client):
    foreign = PropertyFactory()

    assert [getattr(client, method)(address(foreign), {}).status_code for method in ("get", "put", "delete")] == [
        404
    ] * 3
