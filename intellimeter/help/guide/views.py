"""`/api/v1/guide`: pages that are the same for everybody, made without a look at who asks.

They stand under `/api/v1`, which answers any origin, so nothing of a session may be on them: templates get no request.
"""

import hashlib
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from accounts.scopes import ALL_SCOPES
from intellimeter.common.api.open import OpenView
from intellimeter.help.guide.pages import BY_NAME, START, TEXT_PAGES
from intellimeter.help.models import Question
from intellimeter.help.operations import chapters
from intellimeter.help.samples import LANGUAGES


class GuidePage(OpenView):
    """A page of the guide; no operation, so the description leaves it out."""

    schema: Any = None

    def answer(self, request: Request, content: str) -> HttpResponseBase:
        """The page, or that it has not changed since the browser got it."""
        etag = f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'
        response = HttpResponse(content, headers={"ETag": etag, "Cache-Control": "public, no-cache"})
        return get_conditional_response(_plain(request), etag=etag, response=response) or response


class TextPage(GuidePage):
    """A page of text."""

    def get(self, request: Request, name: str = START.name) -> HttpResponseBase:
        page = BY_NAME.get(name)
        if page is None:
            raise NotFound("The guide has no such page.")
        context: dict[str, Any] = {"scopes": ALL_SCOPES.values()}
        if name == "faq":
            context["questions"] = Question.objects.published()
        return self.answer(request, render_to_string(page.template, context | _frame(_root(request), page=page)))


class ChapterPage(GuidePage):
    """The operations of a chapter, each with its samples."""

    def get(self, request: Request, name: str) -> HttpResponseBase:
        return self.answer(request, _chapter(_root(request), name))


@lru_cache(maxsize=256)
def _chapter(root: str, name: str) -> str:
    """A chapter's page, made once a process: colouring its samples takes a while."""
    chapter = next((one for one in chapters(root) if one.slug == name), None)
    if chapter is None:
        raise NotFound("The guide has no such chapter.")
    languages = [LANGUAGES[language] for language in LANGUAGES]
    operations = [
        (operation, [(language, language.write(operation.call)) for language in languages])
        for operation in chapter.operations
    ]
    context = {"chapter": chapter, "operations": operations}
    return render_to_string("help/guide/chapter.html", context | _frame(root, chapter=chapter))


def _frame(root: str, **current: Any) -> dict[str, Any]:
    """What every page shows: the contents, and which of it is open."""
    return {"root": root, "pages": TEXT_PAGES, "chapters": chapters(root), **current}


def _root(request: Request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _plain(request: Request) -> HttpRequest:
    found: HttpRequest = request._request
    return found
