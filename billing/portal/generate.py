"""Issuing a month's invoices by hand, after a look at every amount; and mailing one again."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from billing.drafts import Draft
from billing.issuing import issue_month, preview_month
from billing.mail import resend
from billing.models import Invoice
from billing.periods import first_of_month
from intellimeter.common.errors import DomainError
from intellimeter.common.local_time import zone_of
from intellimeter.common.portal.forms import ActionPage, ConfirmPage
from metering.models import Property

MONTHS_OFFERED = 14


class MonthForm(forms.Form):
    """The month in which the billed periods end."""

    month = forms.DateField(input_formats=["%Y-%m"])


class Generate(ActionPage, View):
    """GET shows what would be issued, POST issues it. Nothing is issued that the page did not show."""

    section = "invoices"
    scope = "billing:invoice:generate"
    template_name = "billing/generate.html"

    def rows(self) -> QuerySet[Property]:
        return Property.objects.visible_to(self.user).select_related("company", "constants")

    def back(self) -> str:
        return reverse("billing-setup", kwargs={"public_id": self.object.public_id})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._page(self._month(request.GET) or self._months()[0])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        month = self._month(request.POST)
        if month is None:
            return redirect(request.path)
        drafts = preview_month(property=self.object, month=month, now=timezone.now())
        if request.POST.get("total") != str(_total(drafts)):
            messages.warning(request, _("Something has changed since the page was made. Look again, and issue then."))
            return self._page(month)
        try:
            issue_month(property=self.object, month=month, now=timezone.now())
        except DomainError as error:
            messages.error(request, error.message)
            return self._page(month)
        said = ngettext("%(count)d invoice is issued.", "%(count)d invoices are issued.", len(drafts))
        messages.success(request, said % {"count": len(drafts)})
        return redirect(f"{reverse('invoices')}?property={self.object.public_id}&month={month:%Y-%m}")

    def _page(self, month: date) -> HttpResponseBase:
        drafts = preview_month(property=self.object, month=month, now=timezone.now())
        there = Invoice.objects.visible_to(self.user).filter(
            property=self.object,
            period_end__gt=first_of_month(month),
            period_end__lte=first_of_month(month, 1),
        )
        context = {
            "view": self,
            "property": self.object,
            "month": month,
            "months": [(f"{one:%Y-%m}", date_format(one, "F Y")) for one in self._months()],
            "chosen": f"{month:%Y-%m}",
            "drafts": drafts,
            "total": _total(drafts),
            "there": there.count(),
            "back": self.back(),
        }
        return render(self.request, self.template_name, context)

    def _months(self) -> list[date]:
        """The month before and this one first: what was just billed is what people look for."""
        today = timezone.now().astimezone(zone_of(self.object.timezone)).date()
        months = [first_of_month(today, -back) for back in range(MONTHS_OFFERED)]
        return [months[1], months[0], *months[2:]]

    def _month(self, asked: Any) -> date | None:
        form = MonthForm(asked)
        return form.cleaned_data["month"] if form.is_valid() else None


def _total(drafts: list[Draft]) -> Decimal:
    return sum((draft.invoice["total"] for draft in drafts), Decimal("0.00"))


class Resend(ConfirmPage):
    """Mails an invoice to its tenants once more."""

    section = "invoices"
    scope = "billing:invoice:generate"
    question = gettext_lazy("Mail %(name)s again?")
    submit = gettext_lazy("Yes, mail it")
    done = gettext_lazy("The invoice is on its way again.")

    def rows(self) -> QuerySet[Invoice]:
        return Invoice.objects.visible_to(self.user).prefetch_related("mails")

    def consequences(self) -> list[str]:
        return [f"{mail.name} <{mail.email}>" for mail in self.object.mails.all()]

    def perform(self) -> None:
        if not resend(invoice=self.object, now=timezone.now()):
            raise DomainError(_("There is nobody to mail it to, or it is being mailed just now."))

    def back(self) -> str:
        return reverse("invoice", kwargs={"public_id": self.object.public_id})
