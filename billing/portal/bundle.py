"""Many invoices' documents as one zip file: made by a worker while its page says how far it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, View

from billing.bundles import ask_for_bundle, path_of
from billing.documents import KINDS
from billing.models import Invoice, InvoiceBundle
from billing.views import InvoiceRows
from intellimeter.common.portal.pages import PortalPage

MOST = 5000
SCOPE = "billing:invoice:view"


class BundleAsk(InvoiceRows, View):
    """Has a worker zip the documents of the invoices that the list's filters let through."""

    scope = SCOPE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = request.POST.get("kind", "pdf")
        rows = list(self.get_queryset()[: MOST + 1])
        if (
            not rows
            or len(rows) > MOST
            or not forms.ChoiceField(choices=[(one, one) for one in KINDS]).valid_value(kind)
        ):
            messages.error(request, _("A zip holds 1 to %(most)d invoices; narrow the list.") % {"most": MOST})
            return redirect(f"{reverse('invoices')}?{request.GET.urlencode()}")
        return redirect("invoice-bundle", ask_for_bundle(user=self.user, invoices=rows, kind=kind).public_id)


class _OfBundle(PortalPage):
    section = "invoices"
    scope = SCOPE

    def get_queryset(self) -> QuerySet[InvoiceBundle]:
        return InvoiceBundle.objects.visible_to(self.user)


class BundlePage(_OfBundle, DetailView):
    """How far the zip is, and then the way to it."""

    template_name = "billing/bundle.html"
    context_object_name = "bundle"
    slug_field = slug_url_kwarg = "public_id"

    def get_template_names(self) -> list[str]:
        part = self.request.headers.get("HX-Request") and self.request.GET.get("part")
        return ["billing/_bundle_state.html" if part else self.template_name]


class BundleFile(_OfBundle, View):
    """The zip, as long as its user may see all that is in it."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        bundle = get_object_or_404(self.get_queryset().exclude(finished=None), public_id=public_id)
        path = path_of(bundle)
        seen = Invoice.objects.visible_to(self.user).filter(pk__in=bundle.invoice_ids).count()
        if seen < len(bundle.invoice_ids) or not path.exists():
            raise Http404
        return FileResponse(
            path.open("rb"), content_type="application/zip", filename="invoices.zip", as_attachment=True
        )
