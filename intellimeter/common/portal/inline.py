"""Form pages that also open in place of what they change: a row of a list, or a part of a page.

Without script the link leads to the page with the form, with it htmx puts the same form into the row (ADR 13).
"""

from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from intellimeter.common.portal.forms import FormPage


class InlinePage(FormPage):
    """`shown_template` draws what is changed, under the name `shown_as`; an element with `data-inline` encloses it.

    `columns` is how many columns a row has; 0 for what is no row.
    """

    shown_template: ClassVar[str]
    shown_as: ClassVar[str]
    columns: ClassVar[int] = 0

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response

    @property
    def in_place(self) -> bool:
        """Whether htmx asks, for a part of a page."""
        return "HX-Request" in self.request.headers

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.in_place and "shown" in request.GET:
            return self.as_shown()
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        if self.in_place:
            return ["portal/_inline_row.html" if self.columns else "portal/_inline_part.html"]
        return super().get_template_names()

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return kwargs | {"auto_id": f"id_{self.object.public_id}_%s"} if self.in_place else kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.in_place:
            _focus(context["form"])
        return context

    def finished(self) -> HttpResponse:
        return self.as_shown(saved=True) if self.in_place else super().finished()

    def as_shown(self, *, saved: bool = False) -> HttpResponse:
        """What is changed as the page around it shows it, read anew."""
        fresh = self.rows().get(pk=self.object.pk)
        context = {self.shown_as: fresh, "saved": saved, "back_from_form": True} | self.shown_context()
        return render(self.request, self.shown_template, context)

    def shown_context(self) -> dict[str, Any]:
        """What else the template wants to know."""
        return {}


def _focus(form: BaseForm) -> None:
    """Put the cursor into the first field that is wrong, or into the first one."""
    names = [name for name in form.fields if name in form.errors] or list(form.fields)
    form.fields[names[0]].widget.attrs["autofocus"] = True
