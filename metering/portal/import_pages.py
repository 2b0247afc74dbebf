"""Files of reads: given, looked at, stored with progress, and what became of every row."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView, View

from intellimeter.common.errors import DomainError
from intellimeter.common.fields import from_millionths
from intellimeter.common.portal.csv_lines import csv_lines
from intellimeter.common.portal.forms import ConfirmPage, FormPage
from intellimeter.common.portal.pages import PortalPage
from metering.enums import ImportState
from metering.imports import discard, give_file, look_at, start
from metering.ingest.result import RowNote
from metering.models import Meter, Property, ReadImport
from metering.portal.meter_forms import ImportForm
from metering.portal.property_choice import PropertyChoice

LOOKED_AT = 200
SHOWN = 10
ROWS_ON_A_PAGE = 50
SCOPE = "meter:reads:create"


@dataclass(frozen=True, slots=True)
class UnderstoodRow:
    """A row of the file as it would be stored."""

    number: int
    meter: Meter
    time: datetime
    register: Decimal | None
    points: str


class ImportList(PortalPage, ListView):
    """The files that were given, the newest first."""

    section = "meters"
    scope = SCOPE
    template_name = "metering/imports.html"
    context_object_name = "imports"
    paginate_by = ROWS_ON_A_PAGE

    def get_queryset(self) -> QuerySet[ReadImport]:
        return _imports(self).defer("row_notes")


class ImportStart(PropertyChoice):
    """Which property the file is for."""

    section = "meters"
    scope = SCOPE
    title = gettext_lazy("Which property are the reads of?")
    leads_to = "import-add"

    def back(self) -> str:
        return reverse("imports")


class ImportAdd(FormPage):
    """A file for the property that the address names."""

    section = "meters"
    scope = SCOPE
    form_class = ImportForm
    submit = gettext_lazy("Look at it")

    def rows(self) -> QuerySet[Property]:
        return Property.objects.visible_to(self.user)

    def heading(self) -> str:
        return _("Reads for %(property)s from a file") % {"property": self.object.display_name}

    def form_valid(self, form: ImportForm) -> Any:
        try:
            given = give_file(property=self.object, user=self.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error("file", error.message)
            return self.form_invalid(form)
        return redirect("import", given.public_id)

    def back(self) -> str:
        return reverse("property", kwargs={"public_id": self.object.public_id})


class ImportPage(PortalPage, DetailView):
    """A file before it is stored (what its first rows say), meanwhile (how far it is) and after (what became of it)."""

    section = "meters"
    scope = SCOPE
    template_name = "metering/import.html"
    context_object_name = "given"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self) -> QuerySet[ReadImport]:
        return _imports(self)

    def get_template_names(self) -> list[str]:
        part = self.request.headers.get("HX-Request") and self.request.GET.get("part")
        return ["metering/_import_state.html" if part else self.template_name]

    def post(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        """Have it stored."""
        self.object = self.get_object()
        try:
            start(given=self.object)
        except DomainError as error:
            messages.error(request, error.message)
        return redirect("import", public_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        notes = [RowNote(**note) for note in self.object.row_notes[:SHOWN]]
        if self.object.state == ImportState.GIVEN:
            rows, notes = look_at(self.object, most=LOOKED_AT)
            context |= {"rows": self._understood(rows[:SHOWN]), "looked_at": len(rows) + len(notes)}
            context |= {"refused": len(notes)}
        return context | {
            "notes": notes[:SHOWN],
            "goes_on": self.object.state in (ImportState.WAITING, ImportState.RUNNING),
        }

    def _understood(self, rows: list[Any]) -> list[UnderstoodRow]:
        meters = Meter.objects.in_bulk([row.meter for row in rows])
        return [
            UnderstoodRow(
                row.number,
                meters[row.meter],
                datetime.fromtimestamp(row.time, UTC),
                None if row.register is None else from_millionths(row.register),
                (row.points or "").strip("{}").replace('"', ""),
            )
            for row in rows
        ]


class ImportNotes(PortalPage, View):
    """The refused rows, and those that contradict what is stored, as a file to mend them by."""

    scope = SCOPE

    def get(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        given = get_object_or_404(_imports(self), public_id=public_id)
        response = StreamingHttpResponse(
            csv_lines(("row", "serial_number", "message"), (RowNote(**note) for note in given.row_notes)),
            content_type="text/csv; charset=utf-8",
        )
        response["Content-Disposition"] = f'attachment; filename="rows-{given.public_id}.csv"'
        return response


class ImportDiscard(ConfirmPage):
    """Forgets a file that was not stored."""

    section = "meters"
    scope = SCOPE
    question = gettext_lazy("Discard the file %(name)s?")
    submit = gettext_lazy("Yes, discard")
    done = gettext_lazy("The file is discarded; nothing of it was stored.")

    def rows(self) -> QuerySet[ReadImport]:
        return _imports(self)

    def perform(self) -> None:
        discard(given=self.object)

    def back(self) -> str:
        return reverse("imports")


def _imports(page: PortalPage) -> QuerySet[ReadImport]:
    return ReadImport.objects.visible_to(page.user).select_related("property", "user")
