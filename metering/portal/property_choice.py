"""Which property something new is for; a company of one property is not asked."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intellimeter.common.portal.forms import FormPage, PortalForm, VisibleChoiceField
from metering.models import Property


class PropertyChoiceForm(PortalForm):
    """One of the properties that the user sees."""

    property = VisibleChoiceField(label=_("Property"), empty_label=_("Choose a property"))

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, user=user, **kwargs)
        choices: Any = self.fields["property"]
        choices.queryset = Property.objects.visible_to(user)


class PropertyChoice(FormPage):
    """Leads on to the page of the property that is chosen: `leads_to` is the name of its address."""

    form_class = PropertyChoiceForm
    submit = _("Go on")
    leads_to: ClassVar[str]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = list(Property.objects.visible_to(self.user)[:2])
        if len(found) == 1:
            return redirect(self.leads_to, found[0].public_id)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        return redirect(self.leads_to, form.cleaned_data["property"].public_id)
