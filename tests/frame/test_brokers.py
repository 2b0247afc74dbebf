"""A task sent by one process is carried out by another, whichever broker CELERY_BROKER_URL names."""

import os

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError

from tests.conftest import skip_unless_ci
from tests.frame.installation import wait_until

pytestmark = pytest.mark.xdist_group("processes")

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
RABBITMQ = os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")


@pytest.mark.parametrize("url", ["folder://localhost", REDIS, RABBITMQ])
def test_task_is_carried_out(install, url):
    if "folder" not in url and not _answers(url):
        skip_unless_ci(f"No broker answers at {url}.")
    site = install(CELERY_BROKER_URL=url)
    site.run("celery --quiet --app intellimeter call accounts.tasks.delete_expired")
    site.start("worker")

    wait_until(
        lambda: "Task accounts.tasks.delete_expired" in site.log.read_text() and "succeeded" in site.log.read_text(),
        seconds=90,
        what="the task succeeded",
    )


def _answers(url: str) -> bool:
    try:
        with Connection(url, connect_timeout=2) as connection:
            connection.ensure_connection(max_retries=1, timeout=2)
    except OperationalError:
        return False
    return True
