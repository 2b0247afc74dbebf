"""A client's requests a second, counted by threads and processes together."""

import itertools
import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from intellimeter.common.api.counting import SharedCounts, count_request
from tests.factories.accounts import ApplicationFactory, access_token, api_client

ADDRESS = "/api/v1/user"


def count_many(path, times):
    counts = SharedCounts(path)
    for _ in range(times):
        counts.add("app:1", 1_700_000_000)


def test_threads_and_processes_count_together(tmp_path):
    path = tmp_path / "counts"
    processes = [multiprocessing.get_context("fork").Process(target=count_many, args=(path, 500)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    counts = SharedCounts(path)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: counts.add("app:1", 1_700_000_000), range(200)))

    assert counts.add("app:1", 1_700_000_000) == 1201


def test_another_client_or_another_second_counts_anew(tmp_path):
    counts = SharedCounts(tmp_path / "counts")

    found = [counts.add(client, second) for client, second in [("a", 1), ("a", 1), ("b", 1), ("a", 1), ("a", 2)]]

    assert found == [1, 2, 1, 3, 1]


def test_a_cache_that_is_named_counts(settings):
    settings.API_COUNTS_FILE = None
    second = int(time.time())

    assert [count_request("somebody", second) for _ in range(3)] == [1, 2, 3]


@pytest.mark.django_db
def test_one_client_too_many_requests_and_another_none(settings):
    settings.API_REQUESTS_PER_SECOND = 3
    client, other = api_client(), api_client()
    with time_machine.travel(time.time() // 1 + 10.25, tick=False):
        answers = [client.get(ADDRESS) for _ in range(5)]
        fresh = other.get(ADDRESS)

    assert [answer.status_code for answer in [*answers, fresh]] == [200, 200, 200, 429, 429, 200]
    assert answers[-1]["Retry-After"] == "1"
    assert answers[-1].json()["message"].startswith("Request was throttled.")


@pytest.mark.django_db
def test_the_next_second_lets_the_client_in_again(settings):
    settings.API_REQUESTS_PER_SECOND = 1
    client = api_client()
    start = time.time() // 1 + 20
    found = []
    for second in (0.25, 0.75, 1.25):
        with time_machine.travel(start + second, tick=False):
            found.append(client.get(ADDRESS).status_code)

    assert found == [200, 429, 200]


@pytest.mark.django_db
def test_all_tokens_of_a_program_are_one_client(settings):
    settings.API_REQUESTS_PER_SECOND = 1
    client = api_client()
    second, _row = access_token("uac:user:read", application=client.token.application)
    with time_machine.travel(time.time() // 1 + 30, tick=False):
        first = client.get(ADDRESS).status_code
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {second}")

        assert (first, client.get(ADDRESS).status_code) == (200, 429)


# --- the refused


def ask(client, second, *, times=1, **headers):
    """The statuses of so many requests at one instant."""
    with time_machine.travel(second, tick=False):
        return [client.get(ADDRESS, headers=headers).status_code for _ in range(times)]


@pytest.fixture
def second(settings):
    """An instant, in which three requests are allowed; no other test counts in it."""
    settings.API_REQUESTS_PER_SECOND = 3
    return next(SECONDS) + 0.25


SECONDS = itertools.count(int(time.time()) + 1000, 10)
FORM = "application/x-www-form-urlencoded"
BAD = {"Authorization": "Bearer guessed"}


@pytest.mark.django_db
def test_an_address_that_guesses_tokens_is_kept_from_finding_one(second):
    stranger, client = APIClient(), api_client()

    assert ask(stranger, second, times=5, **BAD) == [401, 401, 401, 429, 429]
    assert ask(client, second) == [429]
    assert ask(client, second + 1) == [200]


@pytest.mark.django_db
def test_another_address_is_not_kept_out_by_one_that_guesses(second):
    ask(APIClient(REMOTE_ADDR="203.0.113.1"), second, times=4, **BAD)

    assert ask(api_client(), second) == [200]


@pytest.mark.django_db
def test_a_refusal_for_guessing_says_when_to_come_again(second):
    ask(APIClient(), second, times=3, **BAD)
    with time_machine.travel(second, tick=False):
        answer = APIClient().get(ADDRESS, headers=BAD)

    assert (answer.status_code, answer["Retry-After"], answer.json()["code"]) == (429, "1", 429)


@pytest.mark.django_db
def test_requests_without_a_token_count_for_their_address(second):
    assert ask(APIClient(), second, times=5) == [401, 401, 401, 429, 429]


@pytest.mark.django_db
def test_requests_without_the_right_count_for_their_program(second):
    client = api_client("meter:meters:read")

    assert ask(client, second, times=5) == [403, 403, 403, 429, 429]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "claimed", "last"),
    [
        (0, "203.0.113.{}", 429),  # nobody stands between: what the request claims counts for nothing
        (1, "203.0.113.{}, 198.51.100.7", 429),  # the proxy wrote the last one, the rest came from outside
        (1, "203.0.113.{}", 401),  # the proxy saw four clients
    ],
)
def test_an_address_is_what_known_proxies_say_it_is(second, settings, proxies, claimed, last):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    headers = [BAD | {"X-Forwarded-For": claimed.format(number)} for number in range(4)]

    assert [ask(APIClient(), second, **one)[0] for one in headers] == [401, 401, 401, last]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/o/token/", "/o/introspect/", "/api/v1/auth"])
def test_guesses_of_a_client_secret_are_limited(second, path):
    application = ApplicationFactory()
    sent = {"grant_type": "client_credentials", "client_id": application.client_id, "scope": "uac:user:read"}
    client = Client()
    with time_machine.travel(second, tick=False):
        answers = [client.post(path, urlencode(sent | {"client_secret": str(n)}), content_type=FORM) for n in range(5)]

    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    assert (answers[-1]["Retry-After"], answers[-1].json()["error"]) == ("1", "temporarily_unavailable")
