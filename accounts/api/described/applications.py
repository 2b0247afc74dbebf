"""Programs that use the API (reference, OAuth2.0 Application)."""

from typing import Any

from intellimeter.common.api.schema.described import Chapter, Operation
from intellimeter.common.api.schema.shapes import TEXT

SENT: dict[str, Any] = {"name": "My New App", "scopes": "uac:user:* uac:users:*"}
SECRET = {
    "client_secret": TEXT | {"description": "The client secret, which is told only when it is made."},
}
WRITTEN: dict[str, Any] = {
    "client_id": "[client id]",
    "client_secret": "[client secret]",
    "created": "2021-04-14T11:39:38",
    "id": "1088852e",
    "name": "My New App",
    "redirect_uris": [],
    "scopes": "uac:user:read uac:user:update uac:users:create uac:users:delete uac:users:read uac:users:update",
    "updated": "2021-04-14T11:39:38",
    "user": "8b70ac80",
}

APPLICATION = Chapter(
    name="OAuth2.0 Application",
    part="Endpoints",
    description="Your own OAuth 2.0 applications.",
    example={
        "client_id": "id",
        "created": "2021-04-08T12:00:17",
        "id": "8b70ac80",
        "name": "My Application",
        "redirect_uris": ["https://app.example.com/signed-in"],
        "updated": "2021-04-08T12:00:17",
        "user": "8b70ac80",
    },
    fields={
        "client_id": "The client id you use to authenticate requests",
        "created": "The date and time the application was created",
        "id": "The ID of the application",
        "name": "The name of the application",
        "redirect_uris": "Where people may be sent back to after they allowed access: https, or http on loopback",
        "scopes": "The scopes it may ask for, separated by spaces; * stands for any one of a scope's three parts",
        "updated": "The date and time the application was last updated",
        "user": "Your account ID",
    },
    operations={
        "list": Operation(summary="Returns information about a single application, or all of yours"),
        "create": Operation(
            summary="Creates a new application",
            description="The client secret is told here alone.",
            body=SENT,
            example=WRITTEN,
            adds=SECRET,
        ),
        "update": Operation(
            summary="Updates an application",
            description="The client secret comes back only where a new one is asked for; the old one is void then.",
            body=SENT | {"client_secret": True},
            example=WRITTEN,
            adds=SECRET,
        ),
        "destroy": Operation(summary="Deletes an application, and with it all of its tokens"),
    },
)
