import logging
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from rest_framework import exceptions

from intellimeter.common.api.errors import exception_handler, flatten
from metering.models import Property, Suite

SUITES = "/api/v1/suites"
UNMATCHED = "There is nothing at this address; the API guide lists those that serve."


def answer_to(error):
    response = exception_handler(error, {})
    return response.status_code, response.data


def test_model_validation_is_400_with_fields():
    assert answer_to(ValidationError({"name": ["Is empty."], "__all__": ["Does not fit."]})) == (
        400,
        {"code": 400, "error": "Bad Request", "message": "Does not fit.", "fields": {"name": ["Is empty."]}},
    )


def test_throttled_says_when_to_try_again():
    response = exception_handler(exceptions.Throttled(wait=0.3), {})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "1")


def test_several_fields_are_all_named():
    _, body = answer_to(exceptions.ValidationError({"a": ["Is wrong."], "b": ["Is wrong."]}))
    assert body["message"] == "a: Is wrong. (So it is with b: see fields.)"


def test_broken_constraint_that_is_no_duplicate_stays_a_fault_of_ours():
    assert exception_handler(IntegrityError("NOT NULL constraint failed"), {}) is None


def test_flatten_gives_paths():
    detail = {"a": ["x", "y"], "b": [{}, {"c": ["z"]}], "non_field_errors": ["w"]}
    assert flatten(detail) == {"a": ["x", "y"], "b.1.c": ["z"], "": ["w"]}


@pytest.mark.django_db
@pytest.mark.urls("tests.common.api.suites")
class TestRequests:
    def test_two_that_race_for_a_name_have_one_conflict(self, client, house):
        body = {"name": "101", "property": house.public_id}
        client.post(SUITES, body)
        with transaction.atomic():
            answer = client.post(SUITES, body)
            transaction.set_rollback(True)
        assert (answer.status_code, answer.json()["code"]) == (409, 409)
        assert Suite.objects.count() == 1

    def test_what_others_rest_on_is_409(self, client, house):
        Suite.objects.create(property=house, name="101")
        with pytest.raises(ProtectedError) as raised:
            Property.objects.get().delete()
        assert answer_to(raised.value) == (
            409,
            {"code": 409, "error": "Conflict", "message": "It cannot be deleted while suites rest on it."},
        )

    def test_unforeseen_error_is_500_that_tells_nothing(self, client, house, caplog):
        client.raise_request_exception = False
        with caplog.at_level(logging.ERROR):
            answer = client.post(SUITES, {"name": "broken", "property": house.public_id})
        assert answer.status_code == 500
        assert answer.json() == {
            "code": 500,
            "error": "Internal Server Error",
            "message": "Something failed on our side; it has been logged. Try again later.",
        }
        assert "a secret of the machine" in caplog.text

    @pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch"])
    def test_unknown_address_is_404_in_the_apis_shape(self, client, method):
        answer = getattr(client, method)("/api/v1/nothing")
        assert answer.status_code == 404
        assert answer.json() == {"code": 404, "error": "Not Found", "message": UNMATCHED}

    def test_trailing_slash_is_another_address(self, client):
        assert client.get(f"{SUITES}/").status_code == 404

    def test_foreign_host_is_400_in_the_apis_shape(self, client):
        answer = client.get(SUITES, HTTP_HOST="evil.example.com")
        assert (answer.status_code, answer.json()["code"]) == (400, 400)

    def test_preflight_needs_no_token_and_mirrors_the_origin(self):
        answer = Client().options(
            SUITES,
            headers={
                "Origin": "https://client.example.com",
                "Access-Control-Request-Method": "PUT",
                "Access-Control-Request-Headers": "authorization",
            },
        )
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "https://client.example.com"
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        assert "PUT" in answer.headers["Access-Control-Allow-Methods"]
        assert "authorization" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.django_db
def test_whole_product_answers_unknown_addresses_by_their_part():
    assert Client().get("/api/v1/evcmc").json() == {"code": 404, "error": "Not Found", "message": UNMATCHED}
    page = Client().get("/nothing")
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.django_db
@pytest.mark.urls("tests.common.api.suites")
def test_client_over_its_rate_is_429(client, monkeypatch):
    monkeypatch.setattr(settings, "API_REQUESTS_PER_SECOND", 3)
    with time_machine.travel(datetime(2020, 1, 1, tzinfo=UTC), tick=False):
        codes = [client.get(SUITES).status_code for _ in range(4)]
        refused = client.get(SUITES)
    assert codes == [200, 200, 200, 429]
    assert refused.headers["Retry-After"] == "1"
    assert refused.json()["code"] == 429


@pytest.mark.django_db
@pytest.mark.urls("tests.common.api.suites")
@pytest.mark.parametrize("language", ["fr", "de-DE,de;q=0.9", "zh-hans", "*"])
def test_messages_are_english_whatever_the_client_reads(client, house, language):
    answer = client.post(SUITES, {"property": house.public_id}, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.json()["message"] == "name: This field is required."
