"""Settings: which servers get a property's files, whether they take them, and what became of each file."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView, View

from fileupload import services
from fileupload.enums import Status, Transport
from fileupload.filters import DeliveryFilter
from fileupload.models import Delivery, Destination, FtpsDestination, HttpDestination
from fileupload.portal.forms import FtpsForm, HttpForm
from intellimeter.common.errors import DomainError
from intellimeter.common.portal.forms import ActionPage, ConfirmPage, FormPage
from intellimeter.common.portal.pages import PortalPage
from metering.models import Property

ROWS_ON_A_PAGE = 50


class Destinations(PortalPage, TemplateView):
    """Each property with its HTTP and its FTPS server."""

    section = "settings"
    setting = "file-upload"
    scope = "file:http:read"
    template_name = "fileupload/destinations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[tuple[int, str], Any] = {
            (row.property_id, str(row.transport)): row
            for model in (HttpDestination, FtpsDestination)
            for row in model.objects.visible_to(self.user).select_related("property")
        }
        rows = [
            (one, [(kind, found.get((one.pk, kind.value))) for kind in Transport])
            for one in Property.objects.visible_to(self.user)
        ]
        failed = Delivery.objects.visible_to(self.user).filter(status=Status.FAILED).count()
        return super().get_context_data(**kwargs) | {"rows": rows, "failed": failed}


class OfProperty(ActionPage):
    """A page about one transport of the property that the address names."""

    section = "settings"
    setting = "file-upload"
    model: ClassVar[type[Destination]]
    transport: ClassVar[Transport]

    def rows(self) -> QuerySet[Property]:
        return Property.objects.visible_to(self.user)

    @cached_property
    def destination(self) -> Any:
        """What is set now, if anything."""
        return self.model.objects.filter(property=self.object).select_related("property").first()

    def back(self) -> str:
        return reverse("file-upload")


class _Edit(OfProperty, FormPage):
    template_name = "accounts/settings_form.html"
    done = gettext_lazy("Saved: the files of the next cycles go there. Send a sample to see that they arrive.")

    def heading(self) -> str:
        return _("%(kind)s file upload of %(property)s") % {
            "kind": self.transport.label,
            "property": self.object.display_name,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.destination}


class HttpEdit(_Edit):
    """The HTTP server of a property."""

    scope = "file:http:write"
    form_class = HttpForm
    model = HttpDestination
    transport = Transport.HTTP

    def perform(self, form: HttpForm) -> None:
        services.put_http(property=self.object, **form.cleaned_data)


class FtpsEdit(_Edit):
    """The FTPS server of a property."""

    scope = "file:ftps:write"
    form_class = FtpsForm
    model = FtpsDestination
    transport = Transport.FTPS

    def perform(self, form: FtpsForm) -> None:
        services.put_ftps(property=self.object, **form.cleaned_data)


class _Disable(OfProperty, ConfirmPage):
    question = gettext_lazy("Send no more files of %(name)s this way?")
    submit = gettext_lazy("Yes, stop")
    done = gettext_lazy("No more files are sent this way.")

    def consequences(self) -> list[str]:
        return [_("The settings and the log of their deliveries are deleted; files that wait are not sent.")]

    def perform(self) -> None:
        services.disable(property=self.object, transport=self.transport)


class HttpDisable(_Disable):
    """Ends the upload by HTTP."""

    scope = "file:http:disable"
    model = HttpDestination
    transport = Transport.HTTP


class FtpsDisable(_Disable):
    """Ends the upload by FTPS."""

    scope = "file:ftps:disable"
    model = FtpsDestination
    transport = Transport.FTPS


class DeliveryList(PortalPage, ListView):
    """What became of each file, the newest first."""

    section = "settings"
    setting = "file-upload"
    scope = "file:http:read"
    template_name = "fileupload/deliveries.html"
    context_object_name = "deliveries"
    paginate_by = ROWS_ON_A_PAGE

    @cached_property
    def filter(self) -> DeliveryFilter:
        """What the list is narrowed by."""
        rows = Delivery.objects.visible_to(self.user).select_related("destination__property", "cycle")
        return DeliveryFilter(self.request.GET, queryset=rows.order_by("-pk"), request=self.request)

    def get_queryset(self) -> QuerySet[Delivery]:
        return self.filter.qs if self.filter.is_valid() else Delivery.objects.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"filter": self.filter}


class DeliveryResend(PortalPage, View):
    """Sends a file again, and comes back to the list as it was narrowed."""

    scope = "file:http:write"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, delivery_id: str) -> HttpResponseBase:
        delivery = get_object_or_404(Delivery.objects.visible_to(self.user), delivery_id=delivery_id)
        try:
            services.resend(delivery=delivery, now=timezone.now())
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("The file is on its way again."))
        return redirect(reverse("deliveries", query=request.GET))
