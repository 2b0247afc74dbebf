"""Tokens: the requests of each grant, and the answers in both forms (reference, Authentication; decisions, section 4)."""

from typing import Any

from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation
from intellimeter.common.api.schema.shapes import DURATION, TEXT, Shape, record, said

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
STORED_NOWHERE = {"Cache-Control": "no-store: tokens are not for caches."}


def _grant(value: str) -> Shape:
    return {"type": "string", "const": value, "description": "Which flow this is."}


def _lasting(meaning: str) -> Shape:
    return {
        "anyOf": [DURATION, {"type": "integer"}],
        "description": f"{meaning}: H:MM:SS to JSON, seconds to a form.",
    }


TOKEN = record(
    {
        "access_token": said(TEXT, "The token that later requests carry as `Authorization: Bearer`."),
        "expires_in": _lasting("How long the access token lives, one hour"),
        "refresh_token": said(TEXT, "Good once, with this access token, for new tokens."),
        "scope": said(TEXT, "What is granted, in alphabetical order; a refresh does not repeat it."),
        "token_type": said(TEXT, "Always bearer."),
    },
    optional=("scope", "refresh_token"),
)
DEVICE = record(
    {
        "device_code": said(TEXT, "What the device polls with; it shows it to nobody."),
        "expires_in": _lasting("How long both codes live, ten minutes"),
        "interval": _lasting("How long to wait between two polls, five seconds"),
        "user_code": said(TEXT, "What the user types at verification_uri."),
        "verification_uri": {"type": "string", "description": "Where the user types the code; takes `user_code`."},
        "verification_uri_complete": {"type": "string", "description": "To a form alone."},
    },
    optional=("verification_uri_complete",),
)
OAUTH_ERROR = record(
    {
        "error": said(TEXT, "What is wrong, by its name in RFC 6749 or RFC 8628."),
        "error_description": said(TEXT, "What is wrong, in a sentence."),
        "error_uri": said(TEXT, "Where more is said about it."),
    },
    optional=("error_description", "error_uri"),
)

CLIENT: dict[str, Shape] = {
    "client_id": said(TEXT, "The client id of your application."),
    "client_secret": said(TEXT, "The client secret of your application, where it has one."),
}
SCOPE = said(
    TEXT, "The scopes you ask for, with spaces between them; `*` stands for any one of the three parts of a name."
)
CODE = said(TEXT, "The code with which the user was sent back to your redirect_uri; good once, for a minute.")
REQUESTS: dict[str, Shape] = {
    "client_credentials": record(
        {"grant_type": _grant("client_credentials"), **CLIENT, "scope": SCOPE},
        more=True,
    ),
    "refresh_token": record(
        {
            "grant_type": _grant("refresh_token"),
            "access_token": said(TEXT, "The access token to refresh, expired or not."),
            "refresh_token": said(TEXT, "The refresh token that came with it; this spends it."),
        },
        more=True,
    ),
    "authorization_code": record(
        {
            "grant_type": _grant("authorization_code"),
            **CLIENT,
            "code": CODE,
            "redirect_uri": said(
                TEXT, "The redirect_uri that the user was sent with, where one was; compared exactly."
            ),
            "code_verifier": said(TEXT, "PKCE: what the code_challenge was made of, where one was sent."),
        },
        optional=("client_secret", "redirect_uri", "code_verifier"),
        more=True,
    ),
    "device_code": record(
        {
            "grant_type": _grant("device_code"),
            **CLIENT,
            "device_code": said(TEXT, "The device code to poll with; without it, a new one is begun."),
            "scope": said(TEXT, "Where a device begins: to ask for less than all scopes of the application."),
        },
        optional=("client_secret", "device_code", "scope"),
        more=True,
    ),
}
FORM_FIELDS: dict[str, Shape] = {
    "grant_type": said(TEXT, f"{', '.join(REQUESTS)} or urn:ietf:params:oauth:grant-type:device_code."),
    **CLIENT,
    "scope": SCOPE,
    "code": CODE,
    "refresh_token": said(TEXT, "Of refresh_token: the refresh token; this spends it."),
    "access_token": said(TEXT, "Of refresh_token: the access token that came with it."),
    "redirect_uri": said(
        TEXT, "Of authorization_code: the redirect_uri that the user was sent with; compared exactly."
    ),
    "code_verifier": said(TEXT, "Of authorization_code, PKCE: what the code_challenge was made of."),
    "device_code": said(TEXT, "The device code to poll with."),
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
                    schema=record(FORM_FIELDS, optional=tuple(FORM_FIELDS)[1:], more=True),
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
