"""`/api/v1/schema` is open to all and sent once; `/api/v1/docs` keeps to the policy."""

import re

import pytest

from intellimeter.api_docs.views import document

PAGES = ["/api/v1/docs", "/api/v1/docs/redoc"]


def test_schema_needs_no_token(client):
    answer = client.get("/api/v1/schema")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json()["info"]["title"] == "Intellimeter API"


def test_schema_is_not_sent_again_to_those_who_have_it(client):
    first = client.get("/api/v1/schema")
    again = client.get("/api/v1/schema", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_schema_is_made_once_and_without_the_database(client):
    client.get("/api/v1/schema")
    made = document.cache_info().misses
    client.get("/api/v1/schema", headers={"Host": "localhost"})

    assert document.cache_info().misses == made


def test_schema_names_the_server_that_is_asked(client):
    shown = client.get("/api/v1/schema", headers={"Host": "localhost:81"}).json()

    assert shown["servers"] == [{"url": "http://localhost:81"}]
    flows = shown["components"]["securitySchemes"]["oauth2"]["flows"]
    assert flows["clientCredentials"]["tokenUrl"] == "http://localhost:81/api/v1/auth"


def test_schema_refuses_other_methods_as_the_api_does(client):
    answer = client.post("/api/v1/schema")

    assert (answer.status_code, answer.json()["code"]) == (405, 405)


@pytest.mark.parametrize("page", [*PAGES, "/api/v1/docs/oauth2-redirect"])
def test_page_runs_no_inline_script(client, page):
    answer = client.get(page)
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    inline = [script for script in re.findall(r"<script[^>]*>", answer.content.decode()) if "src=" not in script]

    assert answer.status_code == 200
    assert "script-src" not in policy
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert inline == []


@pytest.mark.parametrize("page", PAGES)
def test_page_links_to_its_sibling_and_to_the_description(client, page):
    content = client.get(page).content.decode()

    assert all(f'href="{address}"' in content for address in [*PAGES, "/api/v1/schema"])


@pytest.mark.parametrize("page", PAGES)
def test_page_has_a_heading_before_a_script_draws_it(client, page):
    assert client.get(page).content.decode().count("<h1") == 1
