"""What may be tried only so often, however many processes serve it."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from accounts.attempts import attempt
from accounts.models import Attempt
from accounts.tasks import delete_expired
from tests.billing.processes import FORK, run_at_once, shared_database
from tests.factories.accounts import UserFactory
from tests.portal.conftest import browser

MINUTE = timedelta(minutes=1)


def together(work, folder):
    """What two processes come to that do the work at once."""
    found = FORK.Queue()
    assert run_at_once(2, lambda: found.put(work()), shared_database(folder)) == [0, 0]
    return [found.get(timeout=10) for _ in range(2)]


@pytest.mark.django_db(transaction=True)
def test_guesses_of_device_codes_count_in_all_processes(tmp_path):
    client = browser(UserFactory())

    def guess():
        return Counter(client.get(reverse("device"), {"user_code": f"BBBB-BBB{n}"}).status_code for n in range(8))

    assert sum(together(guess, tmp_path), Counter()) == {422: 10, 429: 6}


@pytest.mark.django_db(transaction=True)
def test_mails_of_new_passwords_count_in_all_processes(tmp_path):
    user = UserFactory(email="often@example.com")

    def ask():
        for _ in range(4):
            browser().post(reverse("password-forgotten"), {"email": user.email})
        return len(mail.outbox)

    assert sum(together(ask, tmp_path)) == 5


@pytest.mark.django_db
def test_an_attempt_counts_for_its_time_and_for_its_name():
    with time_machine.travel("2021-04-15T12:00:00Z", tick=False) as now:
        allowed = [attempt("a", most=2, within=MINUTE) is not None for _ in range(3)]
        other = attempt("b", most=2, within=MINUTE) is not None
        now.shift(MINUTE)
        later = attempt("a", most=2, within=MINUTE) is not None

    assert (allowed, other, later) == ([True, True, False], True, True)
    assert Attempt.objects.count() == 1


@pytest.mark.django_db
def test_a_forgiven_attempt_does_not_count():
    for _ in range(5):
        noted = attempt("a", most=1, within=MINUTE)
        assert noted is not None
        noted.delete()


@pytest.mark.django_db
def test_delete_expired_takes_attempts_that_count_no_more():
    with time_machine.travel("2021-04-15T12:00:00Z", tick=False) as now:
        attempt("a", most=1, within=MINUTE)
        delete_expired()
        before = Attempt.objects.count()
        now.shift(MINUTE)
        delete_expired()

    assert (before, Attempt.objects.count()) == (1, 0)
