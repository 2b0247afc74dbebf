"""A client's requests a second, counted by threads and processes together."""

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine

from intellimeter.common.api.counting import SharedCounts, count_request
from tests.factories.accounts import access_token, api_client

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
