"""The answers that go wrong, alike everywhere (decisions, section 3); operations refer to them by status."""

from http import HTTPStatus
from typing import Any

ERROR = {
    "type": "object",
    "description": "What is wrong, and what would be right.",
    "properties": {
        "code": {"type": "integer", "description": "The HTTP status."},
        "error": {"type": "string", "description": "The name of the status."},
        "message": {"type": "string", "description": "One plain sentence."},
        "fields": {
            "type": "object",
            "description": "Of a 400: each field or parameter at fault, with its sentences.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["code", "error", "message"],
    "additionalProperties": False,
}

REQUEST_ID = {"X-Request-Id": {"$ref": "#/components/headers/RequestId"}}
_HEADERS = {
    "RequestId": {
        "description": "The request's id, for questions about it; a sane one that was sent comes back.",
        "required": True,
        "schema": {"type": "string"},
    }
}

_CHALLENGE = {
    "WWW-Authenticate": {
        "description": "How to authenticate (RFC 6750).",
        "required": True,
        "schema": {"type": "string"},
    }
}
_RETRY = {
    "Retry-After": {
        "description": "After how many seconds to ask again.",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    }
}

_ANSWERS: dict[int, tuple[str, str, str, dict[str, Any]]] = {
    400: ("BadRequest", "A body or a parameter is malformed, missing or invalid.", "name: This field is required.", {}),
    401: (
        "Unauthorized",
        "There is no access token, or it is unknown, expired or revoked, or its user is not active.",
        "There is no access token; get one at /api/v1/auth and send it as Authorization: Bearer.",
        _CHALLENGE,
    ),
    403: (
        "Forbidden",
        "The token lacks the operation's scope.",
        "The token lacks the scope billing:fee:read; ask for it when you authenticate.",
        _CHALLENGE,
    ),
    404: (
        "NotFound",
        "An id does not exist, or belongs to what you may not see.",
        "There is no property with this id, or none you may see.",
        {},
    ),
    409: (
        "Conflict",
        "The state of things stands in the way; the message names what does.",
        "The suite has invoices, so it cannot be deleted.",
        {},
    ),
    413: ("TooLarge", "The body is larger than this address takes.", "The body is over 1,048,576 bytes.", {}),
    415: (
        "UnsupportedMediaType",
        "The body is of a media type that this address does not read.",
        'Unsupported media type "text/plain" in request.',
        {},
    ),
    429: (
        "TooManyRequests",
        "More requests a second than one client may make.",
        "Request was throttled. Expected available in 1 second.",
        _RETRY,
    ),
}
NAMES = {status: name for status, (name, _meaning, _message, _headers) in _ANSWERS.items()}


def reference(status: int) -> dict[str, str]:
    """How an operation refers to the answer of a status."""
    return {"$ref": f"#/components/responses/{NAMES[status]}"}


def components() -> dict[str, Any]:
    """The error's schema, the answers and what all answers have, for the description's components."""
    return {
        "headers": _HEADERS,
        "schemas": {"Error": ERROR},
        "responses": {name: _component(status) for status, name in NAMES.items()},
    }


def _component(status: int) -> dict[str, Any]:
    _name, meaning, message, headers = _ANSWERS[status]
    example: dict[str, Any] = {"code": status, "error": HTTPStatus(status).phrase, "message": message}
    if status == HTTPStatus.BAD_REQUEST:
        example["fields"] = {"name": ["This field is required."]}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}, "example": example}}
    return {"description": meaning, "headers": REQUEST_ID | headers, "content": content}
