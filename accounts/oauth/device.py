"""The device flow's two codes: begun by a device, decided by a user, polled until it is (RFC 8628; decisions, section 4).

A row is a request that is neither redeemed nor swept away yet: redeeming deletes it. The device code is stored as its
checksum. The user code has eight of twenty letters that nobody mistakes for each other and that spell no words: 34 bits,
for ten minutes, behind a limit on guesses.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from oauthlib.common import generate_token
from oauthlib.oauth2.rfc8628.grant_types import DeviceCodeGrant

from accounts.attempts import attempt
from accounts.models import Application, Attempt, DeviceGrant, User
from accounts.scopes import in_order

INTERVAL = timedelta(seconds=5)
LIFETIME = timedelta(minutes=10)
ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 8

GUESSES = 10
GUESSES_COUNT_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Begun:
    """What a device is told; times in seconds."""

    device_code: str
    user_code: str
    expires_in: int
    interval: int


def begin(*, application: Application, scopes: Iterable[str]) -> Begun:
    """A new request for a user's consent to these scopes."""
    device_code = generate_token(40)
    user_code = _new_user_code()
    DeviceGrant.objects.create(
        client_id=application.client_id,
        device_code=device_code,
        user_code=user_code,
        scope=in_order(scopes),
        interval=INTERVAL.seconds,
        expires=timezone.now() + LIFETIME,
    )
    return Begun(device_code, as_shown(user_code), LIFETIME.seconds, INTERVAL.seconds)


def poll(*, application: Application, device_code: str) -> tuple[str, DeviceGrant | None]:
    """One of oauthlib's statuses of a device code, and the request where the user accepted it, which is now spent.

    Whoever sets `last_polled` may look; others came too soon. So of parallel polls one sees the consent, and it alone.
    """
    now = timezone.now()
    asked = DeviceGrant.objects.filter(device_code=device_code, client_id=application.client_id, expires__gt=now)
    rested = Q(last_polled=None) | Q(last_polled__lte=now - INTERVAL)
    if not asked.filter(rested).update(last_polled=now):
        too_soon = asked.exists()
        return DeviceCodeGrant.DEVICE_CODE_SLOW_DOWN if too_soon else DeviceCodeGrant.DEVICE_CODE_EXPIRED, None
    grant = asked.select_related("user").get()
    if grant.status == DeviceGrant.AUTHORIZATION_PENDING:
        return DeviceCodeGrant.DEVICE_CODE_PENDING, None
    if grant.status != DeviceGrant.AUTHORIZED or grant.user is None or not grant.user.is_active:
        return DeviceCodeGrant.DEVICE_CODE_DENIED, None
    asked.delete()
    return DeviceCodeGrant.DEVICE_CODE_AUTHORIZED, grant


def waiting(user_code: str) -> DeviceGrant | None:
    """The request that shows this code and still waits for a decision; case, dashes and spaces do not matter."""
    letters = "".join(letter for letter in user_code.upper() if letter.isalnum())
    return DeviceGrant.objects.filter(
        user_code=letters, status=DeviceGrant.AUTHORIZATION_PENDING, expires__gt=timezone.now()
    ).first()


def decide(*, grant: DeviceGrant, user: User, scopes: Iterable[str] | None) -> bool:
    """The user's answer: these scopes, or none of it. False where the request was answered or expired meanwhile."""
    still = DeviceGrant.objects.filter(
        pk=grant.pk, status=DeviceGrant.AUTHORIZATION_PENDING, expires__gt=timezone.now()
    )
    if scopes is None:
        return bool(still.update(status=DeviceGrant.DENIED, user=user))
    return bool(still.update(status=DeviceGrant.AUTHORIZED, user=user, scope=in_order(scopes)))


def as_shown(user_code: str) -> str:
    """The code as people read it: `WDJB-MJHT`."""
    return f"{user_code[: LENGTH // 2]}-{user_code[LENGTH // 2 :]}"


def guess(user: User) -> Attempt | None:
    """That the user types a code, to be deleted where it is right; None after more wrong ones than anybody types by mistake."""
    return attempt(f"device-code:{user.pk}", most=GUESSES, within=GUESSES_COUNT_FOR)


def _new_user_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not DeviceGrant.objects.filter(user_code=code).exists():
            return code
