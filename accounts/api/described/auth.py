"""Tokens: the requests of each grant, and the answers in both forms (reference, Authentication; decisions, section 4)."""

from typing import Any

from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation
from intellimeter.common.api.schema.shapes import DURATION, TEXT, Shape, record

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
STORED_NOWHERE = {"Cache-Control": "no-store: tokens are not for caches."}


def _constant(value: str) -> Shape:
    return {"type": "string", "const": value}


_SECONDS = {"anyOf": [DURATION, {"type": "integer"}], "description": "A string to JSON, seconds to a form."}
TOKEN = record(
    {
        "access_token": TEXT,
        "expires_in": _SECONDS,
        "refresh_token": TEXT,
        "scope": {
            "type": "string",
            "description": "What is granted, in alphabetical order; a refresh does not repeat it.",
        },
        "token_type": {"type": "string", "description": "bearer"},
    },
    optional=("scope", "refresh_token"),
)
DEVICE = record(
    {
        "device_code": TEXT,
        "expires_in": _SECONDS,
        "interval": _SECONDS,
        "user_code": TEXT,
        "verification_uri": {"type": "string", "description": "Where the user types the code; takes `user_code`."},
        "verification_uri_complete": {"type": "string", "description": "To a form alone."},
    },
    optional=("verification_uri_complete",),
)
OAUTH_ERROR = record(
    {"error": TEXT, "error_description": TEXT, "error_uri": TEXT}, optional=("error_description", "error_uri")
)

CLIENT: dict[str, Shape] = {"client_id": TEXT, "client_secret": TEXT}
REQUESTS: dict[str, Shape] = {
    "client_credentials": record({"grant_type": _constant("client_credentials"), **CLIENT, "scope": TEXT}, more=True),
    "refresh_token": record(
        {"grant_type": _constant("refresh_token"), "access_token": TEXT, "refresh_token": TEXT}, more=True
    ),
    "authorization_code": record(
        {
            "grant_type": _constant("authorization_code"),
            **CLIENT,
            "code": TEXT,
            "redirect_uri": TEXT,
            "code_verifier": TEXT,
        },
        optional=("client_secret", "redirect_uri", "code_verifier"),
        more=True,
    ),
    "device_code": record(
        {"grant_type": _constant("device_code"), **CLIENT, "device_code": TEXT, "scope": TEXT},
        optional=("client_secret", "device_code", "scope"),
        more=True,
    ),
}
SENT: dict[str, Any] = {
    "client_credentials": {
        "client_id": "[client_id]",
        "client_secret": "[client_secret]",
        "grant_type": "client_credentials",
        "scope": "billing:fee:read meter:*:*",
    },
    "refresh_token": {
        "access_token": "[access token]",
        "grant_type": "refresh_token",
        "refresh_token": "[refresh token]",
    },
    "authorization_code": {
        "client_id": "[client id]",
        "client_secret": "[client secret]",
        "code": "[code]",
        "grant_type": "authorization_code",
    },
    "device_code": {"client_id": "[client id]", "client_secret": "[client secret]", "grant_type": "device_code"},
    "device_code, polling": {
        "client_id": "[client id]",
        "client_secret": "[client secret]",
        "device_code": "[device_code]",
        "grant_type": "device_code",
    },
}
GRANTED: dict[str, Any] = {
    "access_token": "[access_token]",
    "expires_in": "1:00:00",
    "refresh_token": "[refresh_token]",
    "scope": "billing:fee:read meter:meters:read meter:reads:read",
    "token_type": "bearer",
}
BEGUN: dict[str, Any] = {
    "device_code": "[device code]",
    "expires_in": "0:10:00",
    "interval": "0:00:05",
    "user_code": "[user code]",
    "verification_uri": "[verification uri]",
}
REFUSED = {
    "error": "invalid_grant",
    "error_description": "The code or refresh token is unknown, expired, spent, or another client's.",
}

AUTH = Chapter(
    name="Authentication",
    part="Authentication",
    description=(
        "OAuth 2.0. The client id and secret of an application are got by making one in the portal or at "
        "`/api/v1/application`. Every other operation takes the access token as `Authorization: Bearer`."
    ),
    operations={
        "post": Operation(
            summary="Grants tokens, and begins the device flow",
            description=(
                "To a JSON body it answers in the reference's dialect, with times as `H:MM:SS`; to a form in that of RFC 6749, "
                "so that ordinary OAuth clients work unchanged."
            ),
            bodies={
                JSON: Content(schema={"oneOf": list(REQUESTS.values())}, examples=SENT),
                FORM: Content(
                    schema=record(
                        {"grant_type": TEXT, **dict.fromkeys(("client_id", "client_secret", "scope", "code"), TEXT)},
                        optional=("client_id", "client_secret", "scope", "code"),
                        more=True,
                    ),
                    example=SENT["client_credentials"],
                ),
            },
            answers={
                200: Answer(
                    description="Tokens; or the codes with which a device begins.",
                    content={
                        JSON: Content(schema={"anyOf": [TOKEN, DEVICE]}, examples={"tokens": GRANTED, "device": BEGUN})
                    },
                    headers=STORED_NOWHERE,
                ),
                400: Answer(
                    description=(
                        "The request is refused (RFC 6749, section 5.2); polls of a device code also answer "
                        "`authorization_pending`, `slow_down`, `access_denied` and `expired_token`."
                    ),
                    content={JSON: Content(schema=OAUTH_ERROR, example=REFUSED)},
                ),
                401: Answer(
                    description="No such client, or another secret.",
                    content={
                        JSON: Content(
                            schema=OAUTH_ERROR,
                            example={
                                "error": "invalid_client",
                                "error_description": "There is no such client id, or its secret is another.",
                            },
                        )
                    },
                    headers={"WWW-Authenticate": "Basic."},
                ),
                429: Answer(
                    description="More requests a second than one client may make.",
                    content={
                        JSON: Content(
                            schema=OAUTH_ERROR,
                            example={"error": "temporarily_unavailable", "error_description": "Request was throttled."},
                        )
                    },
                    headers={"Retry-After": "After how many seconds to ask again."},
                ),
            },
        ),
    },
)
