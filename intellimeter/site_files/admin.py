"""Where staff give a site file, see what it would create and change, and confirm it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminFileFieldWidget

from intellimeter.common.admin import ReadOnly, ServiceAdmin
from intellimeter.common.errors import DomainError
from intellimeter.provisioning.document import MAX_BYTES
from intellimeter.site_files import services
from intellimeter.site_files.models import SiteFile, State
from intellimeter.site_files.progress import told


class SiteFileForm(forms.ModelForm):
    """The file alone: everything else is in it."""

    file = forms.FileField(
        label=_("Site file"),
        help_text=_(
            "JSON or YAML of at most 16 MiB, as docs/site-file.md describes."
            " Nothing is stored before you have seen what it would do."
        ),
        widget=UnfoldAdminFileFieldWidget,
    )

    class Meta:
        model = SiteFile
        fields: list[str] = []


@admin.register(SiteFile)
class SiteFileAdmin(ReadOnly, ServiceAdmin):
    """Each file with what became of it."""

    form = SiteFileForm
    list_display = ["name", "user", "state", "created", "finished"]
    list_filter = ["state"]
    list_select_related = ["user"]
    search_fields = ["name", "user__email", "public_id__exact"]
    sortable_by = ()
    ordering = ["-pk"]
    readonly_fields = ["name", "user", "state", "created", "finished"]
    extra_values = ("file",)
    change_form_outer_after_template = "site_files/state.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["file"] if obj is None else self.readonly_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else tuple(self.readonly_fields)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        file: Any = form.cleaned_data["file"]
        user: Any = request.user  # somebody of the staff, or the page is not reached
        taken = services.take_file(user=user, name=file.name, content=file.read(MAX_BYTES + 1))
        obj.__dict__.update(taken.__dict__)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return redirect(_address(obj))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        given = kwargs.get("obj")
        if given is not None:
            context |= {
                "given": given,
                "under_way": given.state in SiteFile.UNDER_WAY,
                "waits": given.state == State.CHECKED,
                "progress": told(given.public_id),
                "secrets": services.tell_secrets(given=given) if given.user_id == request.user.pk else [],
                "confirm_address": reverse("admin:site_files_sitefile_confirm", args=[given.pk]),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.confirm_view))
        return [path("<int:pk>/confirm", view, name="site_files_sitefile_confirm"), *super().get_urls()]

    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        given = get_object_or_404(SiteFile, pk=pk)
        try:
            services.confirm(given=given)
        except DomainError as error:
            self.message_user(request, error.message, messages.ERROR)
        return redirect(_address(given))


def _address(given: SiteFile) -> str:
    return reverse("admin:site_files_sitefile_change", args=[given.pk])
