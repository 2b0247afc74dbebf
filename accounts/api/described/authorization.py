"""The page where people let a program in: no operation of the API, but part of its authorization code flow."""

from typing import Any

from intellimeter.common.api.schema.shapes import TEXT, one_of

PATH = "/api/v1/auth/authorization"

_PARAMETERS: dict[str, tuple[str, dict[str, Any], bool]] = {
    "client_id": ("The client id given to you when you created your application.", TEXT, True),
    "response_type": ("Must be code.", one_of("code"), True),
    "redirect_uri": ("Where to send the user back to: one that the application registered, exactly.", TEXT, False),
    "scope": ("Asks for these alone; without it, for the application's own.", TEXT, False),
    "state": ("Comes back as it is sent.", TEXT, False),
    "code_challenge": ("PKCE (RFC 7636); public clients must send one.", TEXT, False),
    "code_challenge_method": ("Of PKCE.", one_of("S256"), False),
}

AUTHORIZATION_PAGE: dict[str, Any] = {
    "operationId": "auth_authorization",
    "summary": "Asks the user to let your application in",
    "description": (
        "Send the user's browser here. Whoever is not signed in does that first; then the user reads which scopes are asked "
        "for, and allows or denies. What is allowed already goes back at once. The user comes back to `redirect_uri` with "
        "`code`, which serves once and for 60 seconds, or with `error=access_denied`; and with `state`."
    ),
    "tags": ["Authentication"],
    "parameters": [
        {"name": name, "in": "query", "description": description, "schema": schema}
        | ({"required": True} if required else {})
        for name, (description, schema, required) in _PARAMETERS.items()
    ],
    "responses": {
        "200": {
            "description": "The page, for a user who is signed in.",
            "content": {"text/html": {"schema": {"type": "string"}}},
        },
        "302": {
            "description": "To the sign-in, or back to `redirect_uri`.",
            "headers": {
                "Location": {"description": "Where to.", "required": True, "schema": {"type": "string"}},
            },
        },
        "400": {
            "description": "The request is not sound; a page says why.",
            "content": {"text/html": {"schema": {"type": "string"}}},
        },
    },
}
