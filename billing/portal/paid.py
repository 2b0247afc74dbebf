"""Noting that many invoices are paid: the ticked ones of the list, or all that it shows, after a look at them."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from billing import portal_selectors as selectors
from billing.models import Invoice
from billing.services import mark_all_paid
from billing.views import InvoiceRows

MOST = 500


class InvoicesPaid(InvoiceRows, View):
    """GET asks once more and lists them, POST marks them. Nothing is marked that the page did not show."""

    scope = "billing:invoice:update"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.asked:
            messages.error(request, _("Tick unpaid invoices first."))
            return redirect(self.back())
        if len(self.asked) > MOST:
            messages.error(
                request, _("At most %(most)d invoices are marked at once; narrow the list.") % {"most": MOST}
            )
            return redirect(self.back())
        context = {
            "invoices": self.asked,
            "totals": selectors.totals_of(self._rows().order_by()),
            "back": self.back(),
        }
        return render(request, "billing/invoices_paid.html", context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        shown = [invoice.public_id for invoice in self.asked]
        if not shown or request.POST.getlist("shown") != shown:
            messages.warning(request, _("Something has changed since the page was made. Look again, and mark then."))
            return self.get(request)
        count = mark_all_paid(invoices=self.asked, now=timezone.now())
        said = ngettext("%(count)d invoice is paid.", "%(count)d invoices are paid.", count)
        messages.success(request, said % {"count": count})
        return redirect(self.back())

    @cached_property
    def asked(self) -> list[Invoice]:
        """The unpaid ones among those asked for, one more than may be at most."""
        return list(self._rows()[: MOST + 1])

    def _rows(self) -> QuerySet[Invoice]:
        rows = self.get_queryset().filter(paid=None)
        return rows if "every" in self.request.GET else rows.filter(public_id__in=self.request.GET.getlist("invoice"))

    def back(self) -> str:
        """The list as it was filtered."""
        query = self.request.GET.copy()
        for name in ("invoice", "every"):
            query.pop(name, None)
        return f"{reverse('invoices')}?{query.urlencode()}" if query else reverse("invoices")
