"""/application: one's own programs (reference, OAuth2.0 Application; decisions, section 4)."""

import pytest
from django.contrib.auth.hashers import check_password

from accounts.models import Application
from tests.accounts.oauth.asking import ask
from tests.factories.accounts import SECRET, ApplicationFactory, UserFactory

ADDRESS = "/api/v1/application"
EXPANDED = "uac:user:read uac:user:update uac:users:create uac:users:delete uac:users:read uac:users:update"
BODY = {"name": "My New App", "scopes": "uac:user:* uac:users:*"}
STAMPS = ("created", "updated")


def at(application):
    return f"{ADDRESS}?id={application.public_id}"


def without_stamps(row):
    assert all(len(row[name]) == len("2021-04-08T12:00:17") for name in STAMPS)
    return {name: value for name, value in row.items() if name not in STAMPS}


def shown(application, **more):
    return {
        "client_id": application.client_id,
        "id": application.public_id,
        "name": application.name,
        "redirect_uris": application.redirect_uris.split(),
        "user": application.user.public_id,
    } | more


@pytest.fixture
def application(client):
    return ApplicationFactory(user=client.user, name="Zeta", redirect_uris="https://a.example/x http://127.0.0.1/y")


def test_list_is_of_ones_own_and_without_secrets(client, application, django_assert_num_queries):
    ApplicationFactory(user=UserFactory(company=client.user.company))
    with django_assert_num_queries(2):
        answer = client.get(ADDRESS)

    rows = [without_stamps(row) for row in answer.json()]
    assert (answer.status_code, rows) == (200, [shown(client.token.application), shown(application)])


def test_list_with_an_id_or_part_of_a_name(client, application):
    found = [client.get(ADDRESS, query).json() for query in ({"id": application.public_id}, {"name": "zet"})]

    assert [[without_stamps(row) for row in rows] for rows in found] == [[shown(application)]] * 2


def test_a_colleagues_is_not_found(client):
    other = ApplicationFactory(user=UserFactory(company=client.user.company))

    answers = [client.get(at(other)), client.put(at(other), {"name": "Mine"}), client.delete(at(other))]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert list(Application.objects.filter(pk=other.pk).values_list("name")) == [(other.name,)]


def test_post_tells_the_secret_once_and_the_secret_serves(client):
    answer = client.post(ADDRESS, BODY | {"redirect_uris": ["https://a.example/x"]})

    application = Application.objects.get(name="My New App")
    row = without_stamps(answer.json())
    secret = row.pop("client_secret")
    assert (answer.status_code, row) == (201, shown(application, scopes=EXPANDED))
    assert ask(application, client_secret=secret, scope="uac:user:read").status_code == 200
    assert secret not in client.get(ADDRESS).content.decode()


def test_put_changes_what_it_is_sent_and_keeps_the_secret(client, application):
    answer = client.put(at(application), {"name": "My New App", "redirect_uris": []})

    application.refresh_from_db()
    assert (answer.status_code, without_stamps(answer.json())) == (200, shown(application, scopes=application.scopes))
    assert (application.name, application.redirect_uris) == ("My New App", "")
    assert check_password(SECRET, application.client_secret)


def test_put_makes_a_new_secret_only_when_asked(client, application):
    kept = client.put(at(application), {"client_secret": False})
    answer = client.put(at(application), {"client_secret": True})

    application.refresh_from_db()
    assert "client_secret" not in kept.json()
    assert check_password(answer.json()["client_secret"], application.client_secret)
    assert ask(application, client_secret=SECRET, scope="uac:user:read").status_code == 401


def test_put_takes_back_what_get_gave(client, application):
    row = client.get(at(application)).json()[0]

    answer = client.put(at(application), row)

    assert (answer.status_code, without_stamps(answer.json())) == (
        200,
        shown(application, scopes=application.scopes),
    )


def test_delete_ends_its_tokens(client, application):
    token = ask(application, scope="uac:user:read").json()["access_token"]

    answer = client.delete(at(application))

    assert (answer.status_code, answer.content) == (204, b"")
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    assert client.get("/api/v1/user").status_code == 401


@pytest.mark.parametrize("method", ["put", "delete"])
def test_the_id_is_required(client, method):
    assert list(getattr(client, method)(ADDRESS, {}).json()["fields"]) == ["id"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 256),
        ("scopes", "uac:user:fly"),
        ("scopes", ["uac:user:read"]),
        ("scopes", ""),
        ("redirect_uris", "https://a.example/"),
        ("redirect_uris", ["http://a.example/"]),
        ("redirect_uris", [5]),
        ("redirect_uris", ["https://a.example/"] * 51),
        ("client_type", "public"),
    ],
)
def test_post_refuses_what_is_not_valid_and_names_it(client, field, value):
    before = Application.objects.count()

    answer = client.post(ADDRESS, BODY | {field: value})

    names = {name.partition(".")[0] for name in answer.json()["fields"]}
    assert (answer.status_code, names, Application.objects.count()) == (400, {field}, before)


@pytest.mark.parametrize("missing", ["name", "scopes"])
def test_post_names_what_is_missing(client, missing):
    answer = client.post(ADDRESS, {name: value for name, value in BODY.items() if name != missing})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [missing])
