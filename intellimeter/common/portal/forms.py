"""Forms of the portal, and the pages that show them: what was typed stays, errors stand beside their field.

A page's `perform` calls a service; what the service refuses is translated here, in this one place (style, point 10).
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from intellimeter.common.errors import DomainError
from intellimeter.common.portal.pages import PortalPage

if TYPE_CHECKING:
    from accounts.models import User

REFUSED = 422


class DressedField(forms.BoundField):
    """A field in Bootstrap's classes, by what its widget is and whether what it holds is wrong."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        if isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect):
            style = "form-check-input"
        elif isinstance(widget, forms.SelectMultiple | forms.Select):
            style = "form-select"
        else:
            style = "form-control"
        classes = [widget.attrs.get("class", ""), style, "is-invalid" if self.errors else ""]
        return super().build_widget_attrs({**attrs, "class": " ".join(filter(None, classes))}, widget)


class DressedForm(forms.BaseForm):
    """What the portal's forms share. `user` is who fills it in: choices of other objects are theirs to see alone."""

    bound_field_class = DressedField

    def __init__(self, *args: Any, user: "User", **kwargs: Any):
        self.user = user
        super().__init__(*args, **kwargs)

    def refuse(self, error: DomainError) -> None:
        """Put what a service refused beside its fields; what concerns none of them above the form."""
        known = {name: sentences for name, sentences in error.fields.items() if name in self.fields}
        for name, sentences in known.items():
            for sentence in sentences:
                self.add_error(name, sentence)
        if not known:
            self.add_error(None, error.message)


class PortalForm(DressedForm, forms.Form):
    """A form by its fields."""


class PortalModelForm(DressedForm, forms.ModelForm):
    """A form whose fields are a model's: their bounds are said once, there. It is checked here and stored by a service."""


class VisibleChoiceField(forms.ModelChoiceField):
    """One of the objects that the user may see, named by its public id. The form gives it its rows: `field.queryset = …`."""

    def __init__(self, **kwargs: Any):
        super().__init__(queryset=None, to_field_name="public_id", **kwargs)


class ActionPage(PortalPage):
    """A page that changes something: for those who hold the scope that the API asks for the same.

    `rows` are what it may be about, and `object` is the one of them that the address names.
    """

    scope: ClassVar[str]
    slug_url_kwarg: ClassVar[str] = "public_id"

    kwargs: dict[str, Any]

    def rows(self) -> QuerySet[Any]:
        """The objects that the page is for: what `visible_to` lets the user see."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it is about.")

    @cached_property
    def object(self) -> Any:
        """What the address names."""
        return get_object_or_404(self.rows(), public_id=self.kwargs[self.slug_url_kwarg])

    def back(self) -> str:
        """The address to go to when it is done, or given up."""
        raise NotImplementedError(f"{type(self).__name__} does not say where it leads back to.")


class FormPage(ActionPage, FormView):
    """A form on a page of its own. `title` is its heading, `submit` the word on its button, `done` what is said after."""

    template_name = "portal/form.html"
    title: ClassVar[Any] = ""
    submit: ClassVar[Any] = _("Save")
    done: ClassVar[Any] = _("Saved.")

    def perform(self, form: Any) -> None:
        """Call the service; a DomainError comes back to the form."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it does.")

    def heading(self) -> str:
        """The page's heading."""
        return str(self.title)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.user}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.perform(form)
        except DomainError as error:
            form.refuse(error)
            return self.form_invalid(form)
        return self.finished()

    def finished(self) -> HttpResponse:
        """The answer once it is done."""
        messages.success(self.request, str(self.done))
        return redirect(self.onward())

    def onward(self) -> str:
        """The address to go to when it is done, where that is another than `back`."""
        return self.back()

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "heading": self.heading(),
            "submit": self.submit,
            "back": self.back(),
        }


class ConfirmPage(ActionPage, View):
    """Asks once more before something goes for good, and says what goes with it."""

    template_name = "portal/confirm.html"
    question: ClassVar[Any] = ""
    submit: ClassVar[Any] = _("Yes, delete")
    done: ClassVar[Any] = _("Deleted.")

    def perform(self) -> None:
        """Call the service; a DomainError is shown on the page."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it does.")

    def consequences(self) -> list[str]:
        """One sentence for each thing that goes, or that stays."""
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.perform()
        except DomainError as error:
            return self._page(refused=error.message)
        messages.success(request, str(self.done))
        return redirect(self.back())

    def _page(self, *, refused: str = "") -> HttpResponse:
        context = {
            "question": str(self.question) % {"name": str(self.object)},
            "consequences": self.consequences(),
            "refused": refused,
            "submit": self.submit,
            "back": self.back(),
            "view": self,
        }
        return render(self.request, self.template_name, context, status=REFUSED if refused else 200)
