"""What the whole description has beyond its operations: title, parts and chapters, OAuth flows with every scope."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from accounts.api.described import AUTHORIZATION_PAGE, AUTHORIZATION_PATH
from accounts.scopes import ALL_SCOPES
from intellimeter.common.api.schema import errors
from intellimeter.common.api.schema.described import Chapter
from intellimeter.common.api.schema.inspector import DEPRECATED, SCHEME

Document = dict[str, Any]

PARTS = ("Authentication", "Endpoints", "Billing", "Reports", "Public")
ALIASES = Chapter(
    name=DEPRECATED,
    part="Other addresses",
    description="The same operations at other addresses, which older programs call.",
    operations={},
)
PAGES: Document = {AUTHORIZATION_PATH: {"get": AUTHORIZATION_PAGE}}
DEVICE = "oauth2_provider:device-authorization"
METHODS = ("get", "post", "put", "delete")

DESCRIPTION = """\
Programmatic access to the sub-metering portal: reads, meters, properties, invoices and reports.

- **Tokens.** Make an application in the portal, get a token at `/api/v1/auth`, send it as `Authorization: Bearer`. Each
  operation asks for one scope. Devices without a browser use the device flow (RFC 8628), which OpenAPI has no name for.
- **Ids** are 8 lower-case hexadecimal characters. **Times** are local ones without an offset: the property's for what belongs
  to a property, else the company's; any ISO 8601 form is read. **Money** is in dollars, rates are in cents, taxes in percent.
- **PUT** changes the fields that it is sent. A body's read-only fields are ignored, so what came from a GET can be sent back;
  an unknown field is a 400 that names it. Unknown query parameters are ignored.
- **Lists** come whole, or a page at a time with `limit` and `offset`.
- **Errors** are `{"code", "error", "message"}`, a 400 for fields also has `"fields"`. They are judged in this order: token
  (401), scope (403), ids (404), body and parameters (400), state (409).
- **Deprecated** operations are other addresses of the same operations, which older programs call.
"""


def complete(result: Document, generator: SchemaGenerator, request: Any, public: bool) -> Document:
    """The hook that spectacular calls with what the inspector made of all operations."""
    chapters = list(_chapters(generator))
    names = [chapter.name for chapter in chapters]
    grouped = {part: [chapter.name for chapter in chapters if chapter.part == part] for part in PARTS}
    return {
        "openapi": result["openapi"],
        "info": {
            **result["info"],
            "summary": "Sub-metering: reads, consumption, invoices, reports.",
            "description": DESCRIPTION,
            "contact": {"name": "API Help and Support", "email": "support@intellimeter.ca"},
        },
        "servers": [{"url": settings.PUBLIC_URL}],
        "tags": [{"name": chapter.name, "description": chapter.description} for chapter in (*chapters, ALIASES)],
        "x-tagGroups": [
            {"name": part, "tags": tags} for part, tags in {**grouped, ALIASES.part: [ALIASES.name]}.items() if tags
        ],
        "paths": _without_marks(dict(_paths(result["paths"] | PAGES, names))),
        "components": _without_marks(_components(result.get("components", {}))),
    }


def at(document: Document, root: str) -> Document:
    """The same description for those who reach this server at another address than the public one."""
    scheme = document["components"]["securitySchemes"][SCHEME]
    schemes = {SCHEME: scheme | {"flows": _flows(root)}}
    return document | {
        "servers": [{"url": root}],
        "components": document["components"] | {"securitySchemes": schemes},
    }


def _without_marks(part: Any) -> Any:
    """Without the marks that spectacular leaves on enumerations for itself."""
    if isinstance(part, dict):
        return {name: _without_marks(inner) for name, inner in part.items() if name != "x-spec-enum-id"}
    return [_without_marks(inner) for inner in part] if isinstance(part, list) else part


def _chapters(generator: Any) -> Iterator[Chapter]:
    """Every chapter once, by part and then as the addresses stand."""
    views = [callback.cls for _path, _regex, _method, callback in generator.endpoints]
    found = dict.fromkeys(view.described.name for view in views if getattr(view, "described", None))
    by_name = {view.described.name: view.described for view in views if getattr(view, "described", None)}
    chapters = [by_name[name] for name in found]
    return iter(sorted(chapters, key=lambda chapter: PARTS.index(chapter.part)))


def _paths(paths: Document, tags: list[str]) -> Iterable[tuple[str, Document]]:
    """Canonical addresses first, in the order of their chapters; methods in the order that people think of them."""

    def place(item: tuple[str, Document]) -> tuple[bool, int]:
        [tag] = next(iter(item[1].values()))["tags"]
        return tag == DEPRECATED, tags.index(tag) if tag in tags else len(tags)

    for path, operations in sorted(paths.items(), key=place):
        yield path, {method: operations[method] for method in METHODS if method in operations}


def _components(components: Document) -> Document:
    shared = errors.components()
    return components | {
        "schemas": dict(sorted((components.get("schemas", {}) | shared["schemas"]).items())),
        "responses": shared["responses"],
        "headers": shared["headers"],
        "securitySchemes": {SCHEME: _oauth()},
    }


def _flows(root: str) -> Document:
    scopes = {
        scope.name: f"{scope.description} (admins)" if scope.admin else scope.description
        for scope in ALL_SCOPES.values()
    }
    tokens = {"tokenUrl": f"{root}/api/v1/auth", "refreshUrl": f"{root}/api/v1/auth", "scopes": scopes}
    return {
        "clientCredentials": tokens,
        "authorizationCode": {"authorizationUrl": root + AUTHORIZATION_PATH, **tokens},
        "x-deviceAuthorization": {"deviceAuthorizationUrl": root + reverse(DEVICE), **tokens},
    }


def _oauth() -> Document:
    return {
        "type": "oauth2",
        "description": (
            "Access tokens live an hour. `*` stands for any one of a scope's three parts when it is asked for. Scopes marked "
            "(admins) are granted to admins alone, and left out for others. The standard endpoints are listed at "
            "`/.well-known/oauth-authorization-server`. To authorize by code in Swagger UI, add this server's "
            "`/api/v1/docs/oauth2-redirect` to the redirect URIs of your application."
        ),
        "flows": _flows(settings.PUBLIC_URL),
    }
