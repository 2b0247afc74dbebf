"""The description as JSON, and the two pages that show it."""

import hashlib
from functools import cache, lru_cache
from typing import Any, NamedTuple

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.settings import spectacular_settings
from rest_framework.request import Request

from intellimeter.api_docs.described import DESCRIPTION
from intellimeter.api_docs.document import at
from intellimeter.common.api.open import OpenView


class Rendered(NamedTuple):
    content: bytes
    etag: str


@cache
def document() -> dict[str, Any]:
    """The description, made once a process: it only changes with the program."""
    generator: SchemaGenerator = spectacular_settings.DEFAULT_GENERATOR_CLASS()
    found: dict[str, Any] = generator.get_schema(request=None, public=True)
    return found


@lru_cache(maxsize=8)
def rendered(root: str) -> Rendered:
    """The description as it is sent to those who reach this server at `root`."""
    content: bytes = OpenApiJsonRenderer().render(at(document(), root))
    return Rendered(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


class SchemaView(OpenView):
    """`/api/v1/schema`."""

    described = DESCRIPTION

    def get(self, request: Request) -> HttpResponseBase:
        found = rendered(request.build_absolute_uri("/").rstrip("/"))
        answer = HttpResponse(found.content, content_type="application/json", headers={"ETag": found.etag})
        answer["Cache-Control"] = "public, max-age=300"
        return get_conditional_response(_plain(request), etag=found.etag, response=answer) or answer


class PageView(OpenView):
    """A page over the description; it is not itself part of it."""

    schema: Any = None
    template = ""

    def get(self, request: Request) -> HttpResponseBase:
        return render(_plain(request), self.template)


class SwaggerView(PageView):
    """`/api/v1/docs`: Swagger UI, where operations can be tried."""

    template = "api_docs/swagger.html"


class SwaggerRedirectView(PageView):
    """`/api/v1/docs/oauth2-redirect`: where Swagger UI's own window learns what the user has consented to.

    Whoever tries operations as somebody registers this address at their application, like any program's.
    """

    template = "api_docs/oauth2_redirect.html"


@method_decorator(csp_update({"style-src": [SELF, NONCE]}), name="dispatch")
class RedocView(PageView):
    """`/api/v1/docs/redoc`: Redoc, to read. It makes style sheets, which the policy takes with the page's nonce."""

    template = "api_docs/redoc.html"


def _plain(request: Request) -> HttpRequest:
    found: HttpRequest = request._request
    return found
