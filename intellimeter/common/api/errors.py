"""The one translator of errors for the API (decisions, section 3; style, point 10).

Every answer that is not a success is `{"code", "error", "message"}`, with `"fields"` where fields are at fault. The
OAuth endpoints answer in RFC 6749's own form and do not come here.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as ModelValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, UnreadablePostError
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings

from intellimeter.common.errors import Conflict, DomainError

API_ROOT = "/api/"
UNIQUE_VIOLATION = "23505"
MOST_FIELDS = 50
NAMED_IN_MESSAGE = 5
LONGEST_NAME = 60
LONGEST_SENTENCE = 300


class InsufficientScope(exceptions.PermissionDenied):
    """The token does not carry the scope that the operation declares (403, RFC 6750 section 3.1)."""

    def __init__(self, scope: str | None):
        if scope is None:
            super().__init__("No scope grants this operation.")
            self.auth_header = 'Bearer error="insufficient_scope"'
        else:
            super().__init__(f"The token lacks the scope {scope}; ask for it when you authenticate.")
            self.auth_header = f'Bearer error="insufficient_scope", scope="{scope}"'


class BodyTooLarge(exceptions.APIException):
    """The body is over what this address takes (413)."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self, limit: int):
        super().__init__(f"The body is over {limit:,} bytes; send less at a time.")


def error_body(code: int, message: str, fields: Mapping[str, list[str]] | None = None) -> dict[str, Any]:
    """The shape of every error."""
    body: dict[str, Any] = {"code": code, "error": HTTPStatus(code).phrase, "message": message}
    if fields:
        body["fields"] = dict(fields)
    return body


def exception_handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to what a view raised; None for what nobody foresaw, which becomes a 500 that tells nothing."""
    translated = _translate(error)
    if isinstance(translated, DomainError):
        return Response(error_body(translated.code, translated.message, translated.fields), status=translated.code)
    if not isinstance(translated, exceptions.APIException):
        return None
    headers: dict[str, str] = {}
    if header := getattr(translated, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if isinstance(translated, exceptions.Throttled):
        headers["Retry-After"] = str(max(1, math.ceil(getattr(translated, "wait", None) or 1)))
    code = translated.status_code
    if isinstance(translated, exceptions.ValidationError):
        fields = flatten(translated.detail)
        message = _sentence(fields)
        fields.pop("", None)
        return Response(error_body(code, message, fields), status=code, headers=headers)
    return Response(error_body(code, _said(translated, context)), status=code, headers=headers)


def _said(error: exceptions.APIException, context: Mapping[str, Any]) -> str:
    """One sentence: what is wrong, and what would be right."""
    if isinstance(error, exceptions.NotAuthenticated):
        return "There is no access token; get one at /api/v1/auth and send it as Authorization: Bearer."
    allowed = getattr(context.get("view"), "allowed_methods", [])
    if isinstance(error, exceptions.MethodNotAllowed) and allowed:
        return f"This address does not serve that method; it serves {', '.join(allowed)}."
    return _cut(str(error.detail), LONGEST_SENTENCE)


def _translate(error: Exception) -> Exception:
    """The framework's own error, or ours, that fits what was raised."""
    match error:
        case Http404():
            found: Exception = exceptions.NotFound("There is no such thing, or none that you may see.")
        case PermissionDenied():
            found = exceptions.PermissionDenied()
        case ModelValidationError():
            found = exceptions.ValidationError(_of_model(error))
        case RequestDataTooBig():
            found = BodyTooLarge(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        case SuspiciousOperation() | UnreadablePostError():
            found = exceptions.ParseError("The request cannot be read.")
        case ProtectedError():
            names = sorted({str(row._meta.verbose_name_plural) for row in error.protected_objects})
            found = Conflict(f"It cannot be deleted while {', '.join(names)} rest on it.")
        case IntegrityError() if _is_duplicate(error):
            found = Conflict("Another one of the same name or value has just been stored; look and try again.")
        case _:
            found = error
    return found


def _is_duplicate(error: IntegrityError) -> bool:
    """Whether two requests raced for a value that may stand once: anything else is a fault of ours."""
    return getattr(error.__cause__, "pgcode", None) == UNIQUE_VIOLATION or "UNIQUE constraint failed" in str(error)


def _of_model(error: ModelValidationError) -> dict[str, list[str]]:
    if not hasattr(error, "error_dict"):
        return {api_settings.NON_FIELD_ERRORS_KEY: error.messages}
    return {
        (api_settings.NON_FIELD_ERRORS_KEY if name == "__all__" else name): messages
        for name, messages in error.message_dict.items()
    }


def flatten(detail: Any) -> dict[str, list[str]]:
    """Field paths (`reads.0.kwh`) to their sentences, at most `MOST_FIELDS`; what concerns no field is under the empty name."""
    found: dict[str, list[str]] = {}
    for path, sentence in islice(_leaves(detail, ()), MOST_FIELDS):
        found.setdefault(_cut(".".join(path), LONGEST_NAME), []).append(_cut(sentence, LONGEST_SENTENCE))
    return found


def _cut(text: str, longest: int) -> str:
    """What a request gave is told back so far and no further."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def _leaves(detail: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _leaves(inner, path if name == api_settings.NON_FIELD_ERRORS_KEY else (*path, str(name)))
    elif isinstance(detail, Sequence) and not isinstance(detail, str):
        for number, inner in enumerate(detail):
            yield from _leaves(inner, path if isinstance(inner, str) else (*path, str(number)))
    else:
        yield path, str(detail)


def _sentence(fields: Mapping[str, list[str]]) -> str:
    if "" in fields:
        return " ".join(fields[""])
    names = list(fields)
    first = f"{names[0]}: {' '.join(fields[names[0]])}" if names else "The request is not valid."
    others = names[1:NAMED_IN_MESSAGE] + (["others"] if len(names) > NAMED_IN_MESSAGE else [])
    return f"{first} (So it is with {', '.join(others)}: see fields.)" if others else first


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith(API_ROOT)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """`handler400`: what Django refuses before any view."""
    if not _is_api(request):
        return defaults.bad_request(request, exception)
    return JsonResponse(error_body(400, "The request cannot be read."), status=400)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """`handler404`: an address that nothing serves."""
    if not _is_api(request):
        return defaults.page_not_found(request, exception)
    return JsonResponse(
        error_body(404, "There is nothing at this address; the API guide lists those that serve."), status=404
    )


def server_error(request: HttpRequest) -> HttpResponseBase:
    """`handler500`: a fault of ours; the log has the rest."""
    if not _is_api(request):
        return defaults.server_error(request)
    return JsonResponse(
        error_body(500, "Something failed on our side; it has been logged. Try again later."), status=500
    )
