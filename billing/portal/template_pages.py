"""A property's own invoice template: uploaded, looked at as a PDF, and only then taken into use."""

from typing import Any

from csp.decorators import csp_replace
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import View

from billing import services
from billing.documents import MEDIA_TYPES, template_file
from billing.documents.own_templates import LARGEST, MIB, preview_of
from billing.documents.placeholders import PLACEHOLDERS
from billing.models import Invoice, InvoiceTemplate, TemplateDraft
from billing.portal.setup import setup_of
from intellimeter.common.portal.forms import ActionPage, ConfirmPage, FormPage, PortalForm
from metering.models import Property

SCOPE = "billing:template:update"


class TemplateForm(PortalForm):
    """The .odt file."""

    file = forms.FileField(
        label=gettext_lazy("Template"),
        help_text=gettext_lazy(
            "An .odt file of at most 2 MiB, without macros and links. Nothing changes yet: you see it first."
        ),
        widget=forms.FileInput(attrs={"accept": ".odt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is over %(most)d MiB.") % {"most": LARGEST // MIB})
        return file


class TemplatePage(FormPage):
    """Which template is in force, what one can hold, and the way to a new one."""

    section = "home"
    scope = SCOPE
    form_class = TemplateForm
    template_name = "billing/template.html"
    title = gettext_lazy("Invoice template")
    submit = gettext_lazy("Look at it")
    done = gettext_lazy("The file can serve as a template. Look at the invoice below before you use it.")

    def rows(self) -> QuerySet[Property]:
        return Property.objects.visible_to(self.user)

    def perform(self, form: TemplateForm) -> None:
        file = form.cleaned_data["file"]
        services.draft_template(property=self.object, name=file.name, document=file.read(), now=timezone.now())

    def back(self) -> str:
        return setup_of(self.object)

    def onward(self) -> str:
        return reverse("template-draft", kwargs={"public_id": self.object.public_id})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "property": self.object,
            "own": InvoiceTemplate.objects.filter(property=self.object, ended=None).defer("document").first(),
            "draft": TemplateDraft.objects.filter(property=self.object).defer("document").first(),
            "placeholders": PLACEHOLDERS,
        }


class TemplateDownload(ActionPage, View):
    """The .odt in force, the property's own or the default one, to start from."""

    scope = SCOPE

    def rows(self) -> QuerySet[Property]:
        return Property.objects.visible_to(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _file(template_file(self.object), "odt", "invoice-template.odt")


class _OfDraft(ActionPage):
    """About the template that was laid by for the property that the address names."""

    section = "home"
    scope = SCOPE

    def rows(self) -> QuerySet[TemplateDraft]:
        return TemplateDraft.objects.visible_to(self.user).select_related("property__company")

    @cached_property
    def object(self) -> TemplateDraft:
        return get_object_or_404(self.rows(), property__public_id=self.kwargs["public_id"])

    def back(self) -> str:
        return reverse("template", kwargs={"public_id": self.kwargs["public_id"]})


class DraftPage(_OfDraft, View):
    """GET shows an invoice made from the draft, POST takes it into use."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        property = self.object.property
        context = {
            "draft": self.object,
            "property": property,
            "latest": Invoice.objects.filter(property=property).order_by("-created", "-number").first(),
            "back": self.back(),
        }
        return render(request, "billing/template_draft.html", context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        services.use_draft(draft=self.object, now=timezone.now())
        messages.success(request, _("The template is in use: invoices issued from now on are made from it."))
        return redirect(self.back())


@method_decorator([csp_replace({"frame-ancestors": ["'self'"]}), xframe_options_sameorigin], name="dispatch")
class DraftPdf(_OfDraft, View):
    """The latest invoice as the draft makes it, to be framed by its page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _file(preview_of(self.object.property, bytes(self.object.document)), "pdf", "preview.pdf", inline=True)


class DraftDiscard(_OfDraft, ConfirmPage):
    """Forgets a draft."""

    question = gettext_lazy("Discard %(name)s?")
    submit = gettext_lazy("Yes, discard")
    done = gettext_lazy("The file is discarded; the template in use is as it was.")

    def perform(self) -> None:
        services.drop_draft(draft=self.object)


class TemplateReset(ConfirmPage):
    """Returns to the default look."""

    section = "home"
    scope = SCOPE
    question = gettext_lazy("Give up the template of %(name)s?")
    submit = gettext_lazy("Yes, use the default look")
    done = gettext_lazy("Invoices issued from now on have the default look.")

    def rows(self) -> QuerySet[Property]:
        return Property.objects.visible_to(self.user)

    def consequences(self) -> list[str]:
        return [
            _("Invoices issued from now on have the default look."),
            _("Those issued already keep theirs."),
            _("Download the template first if you may want it again."),
        ]

    def perform(self) -> None:
        services.drop_template(property=self.object, now=timezone.now())

    def back(self) -> str:
        return reverse("template", kwargs={"public_id": self.object.public_id})


def _file(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    disposition = content_disposition_header(not inline, name)
    return HttpResponse(content, content_type=MEDIA_TYPES[kind], headers={"Content-Disposition": disposition})
