from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AccessToken, DeviceGrant, RefreshToken
from accounts.tasks import delete_expired
from tests.accounts.oauth.asking import ask, refresh
from tests.factories.accounts import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_delete_expired_leaves_what_can_be_refreshed():
    pair = ask(ApplicationFactory()).json()
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        delete_expired()
        assert refresh(pair).status_code == 200


def test_delete_expired_takes_what_is_dead():
    ask(ApplicationFactory())
    with time_machine.travel(timezone.now() + timedelta(days=92)):
        delete_expired()
    assert (AccessToken.objects.count(), RefreshToken.objects.count()) == (0, 0)


def test_delete_expired_takes_device_codes_that_nobody_answered():
    ask(ApplicationFactory(), grant_type="device_code")
    delete_expired()
    assert DeviceGrant.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        delete_expired()
    assert DeviceGrant.objects.count() == 0
