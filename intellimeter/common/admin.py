"""What the admin pages of all apps share: writing through services, and showing facts that nobody may change."""

from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from unfold.admin import ModelAdmin, TabularInline

from intellimeter.common.admin_lists import MOST_LISTED, FirstRows, found
from intellimeter.common.errors import DomainError


class ReadOnly:
    """Facts: to be looked at, never added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(ReadOnly, TabularInline):
    """Facts that belong to what the page shows."""

    extra = 0
    can_delete = False


class PlatformAdmin(ModelAdmin):
    """The base of every page. `fixed_fields` are set when a row is made and never changed after.

    Tables may hold millions of rows (100,000 meters have as many suites, tenants and services, and a multiple of invoices), so a
    list shows its first rows alone, and is sorted by columns only where that is quick (`sortable_by`).
    """

    fixed_fields: tuple[str, ...] = ()
    show_full_result_count = False
    paginator = FirstRows
    most_listed = MOST_LISTED
    list_before_template = "admin/first_rows.html"
    list_per_page = 25
    list_filter_submit = True
    warn_unsaved_form = True

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return found(queryset, list(self.get_search_fields(request)), search_term), False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if obj is None else (*fields, *self.fixed_fields)


class ServiceAdmin(PlatformAdmin):
    """A page that writes through services, so that what holds in the API holds here.

    The three hooks call one service each. What a service refuses is told at the top of the page, and nothing is stored.
    `extra_values` are form fields that the model lacks and the services take.
    """

    extra_values: tuple[str, ...] = ()

    def create(self, row: Any, values: dict[str, Any]) -> Any:
        raise NotImplementedError(f"{type(self).__name__} does not say how it creates.")

    def update(self, row: Any, changes: dict[str, Any]) -> Any:
        raise NotImplementedError(f"{type(self).__name__} does not say how it updates.")

    def delete(self, row: Any) -> None:
        row.delete()

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        names = [name for name in form.cleaned_data if name in self.extra_values or hasattr(obj, name)]
        if change:
            stored = type(obj)._default_manager.get(pk=obj.pk)
            self.update(stored, {name: form.cleaned_data[name] for name in names if name in form.changed_data})
        else:
            stored = self.create(obj, {name: form.cleaned_data[name] for name in names})
        obj.__dict__.update(stored.__dict__)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self.delete(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            self.delete(row)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as error:
            return self._told(request, error)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().delete_view(request, *args, **kwargs)
            return answer
        except DomainError as error:
            return self._told(request, error)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().changelist_view(request, *args, **kwargs)
            return answer
        except DomainError as error:
            return self._told(request, error)

    def _told(self, request: HttpRequest, error: DomainError) -> HttpResponse:
        of_fields = [(name, " ".join(said)) for name, said in error.fields.items()]
        sentences = [error.message, *(f"{name}: {said}" for name, said in of_fields if said != error.message)]
        self.message_user(request, " ".join(sentences), messages.ERROR)
        return redirect(request.get_full_path())
