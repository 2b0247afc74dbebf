"""A WSGI application of one bare view: the two rows that a token request writes, in one transaction, and nothing else.

No client, no scopes, no checks; the middleware is that of every view. `POST /api/v1/auth` answers with fresh tokens of the
client that is named by its database key in the body.
"""

import hashlib
import json
import secrets
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

ACCESS = (
    "INSERT INTO accounts_accesstoken (token, token_checksum, expires, scope, created, updated, resource, application_id,"
    " user_id) VALUES ('', %s, %s, %s, %s, %s, '[]', %s, %s) RETURNING id"
)
REFRESH = (
    "INSERT INTO accounts_refreshtoken (token, token_checksum, created, updated, token_family, resource, pair_checksum,"
    " access_token_id, application_id, user_id) VALUES ('', %s, %s, %s, %s, '[]', %s, %s, %s, %s)"
)


@csrf_exempt
def grant(request: HttpRequest) -> JsonResponse:
    """Write a pair of tokens."""
    asked: dict[str, Any] = json.loads(request.body)
    access, refresh, now = secrets.token_urlsafe(24), secrets.token_urlsafe(24), timezone.now()
    whose = (asked["application"], asked["user"])
    checksum = hashlib.sha256(access.encode()).hexdigest()
    family: Any = uuid4() if connection.vendor == "postgresql" else uuid4().hex
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ACCESS, [checksum, now + timedelta(hours=1), asked["scope"], now, now, *whose])
        (pk,) = cursor.fetchone()
        refresh_checksum = hashlib.sha256(refresh.encode()).hexdigest()
        cursor.execute(REFRESH, [refresh_checksum, now, now, family, checksum, pk, *whose])
    return JsonResponse({"access_token": access, "refresh_token": refresh})


urlpatterns = [path("api/v1/auth", grant)]


def _application() -> Any:
    from django.core.wsgi import get_wsgi_application

    settings.ROOT_URLCONF = __name__
    return get_wsgi_application()


application = _application()
