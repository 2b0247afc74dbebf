"""The local outbox in the browser, for platform staff alone."""

from email.message import EmailMessage
from typing import Any

from csp.decorators import csp_replace
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views import View
from django.views.decorators.clickjacking import xframe_options_sameorigin

from billing import outbox

ROWS_ON_A_PAGE = 50
# Mail is others' text: its page runs nothing, loads nothing, and is shown inside ours alone
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'self'"],
    "sandbox": True,
}


class StaffPage(LoginRequiredMixin, View):
    """A stranger is sent to the sign-in; who is signed in and not staff gets 403."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_staff:
            raise PermissionDenied("The outbox is for platform staff.")
        return super().dispatch(request, *args, **kwargs)


class MessageList(StaffPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(outbox.names(), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
        context = {"page_obj": page, "headlines": [outbox.headline(name) for name in page]}
        return render(request, "billing/mail/outbox.html", context)


class MessagePage(StaffPage):
    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        message = _message(name)
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        context = {
            "headline": outbox.headline(name),
            "message_id": message["Message-ID"],
            "text": text.get_content() if text else "",
            "has_html": html is not None,
            "attachments": [part.get_filename("") for part in message.iter_attachments()],
        }
        return render(request, "billing/mail/outbox_message.html", context)


@method_decorator([csp_replace(MAIL_POLICY), xframe_options_sameorigin], name="dispatch")
class MessageHtml(StaffPage):
    """The HTML of a message by itself, to be framed by its page."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        html = _message(name).get_body(("html",))
        if html is None:
            raise Http404
        return HttpResponse(html.get_content())


class Attachment(StaffPage):
    def get(self, request: HttpRequest, name: str, position: int) -> HttpResponse:
        parts = list(_message(name).iter_attachments())
        if position >= len(parts):
            raise Http404
        part = parts[position]
        content = part.get_payload(decode=True)
        response = HttpResponse(content, content_type=part.get_content_type())
        response.headers["Content-Disposition"] = content_disposition_header(True, part.get_filename("attachment"))
        return response


def _message(name: str) -> EmailMessage:
    message = outbox.read(name)
    if message is None:
        raise Http404
    return message
