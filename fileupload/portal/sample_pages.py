"""Settings: a sample file to a server, and what the server did with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fileupload import samples
from fileupload.enums import Transport
from fileupload.models import FtpsDestination, HttpDestination
from fileupload.portal.pages import OfProperty
from fileupload.transports import TOTAL_SECONDS


class _SamplePage(OfProperty, TemplateView):
    """The newest sample: asked for here, sent by the worker of uploads, looked at until its result is there."""

    template_name = "fileupload/sample.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._nothing_set_up() if self.destination is None else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.destination is None:
            return self._nothing_set_up()
        samples.ask(destination=self.destination, now=timezone.now())
        return redirect(request.path)

    def get_template_names(self) -> list[str]:
        part = self.request.headers.get("HX-Request") and self.request.GET.get("part")
        return ["fileupload/_sample.html" if part else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sample = self.destination.samples.order_by("-pk").first()
        return super().get_context_data(**kwargs) | {
            "destination": self.destination,
            "sample": sample,
            "goes_on": sample is not None and samples.goes_on(sample, timezone.now()),
            "at_most": int(TOTAL_SECONDS),
        }

    def _nothing_set_up(self) -> HttpResponse:
        messages.error(self.request, _("There is no server set up for this."))
        return redirect(self.back())


class HttpSample(_SamplePage):
    """A sample by HTTP."""

    scope = "file:http:write"
    model = HttpDestination
    transport = Transport.HTTP


class FtpsSample(_SamplePage):
    """A sample by FTPS."""

    scope = "file:ftps:write"
    model = FtpsDestination
    transport = Transport.FTPS
