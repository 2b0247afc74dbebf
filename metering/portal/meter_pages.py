"""The portal's pages that list meters, change one, or add a read to it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http.response import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from intellimeter.common.errors import DomainError
from intellimeter.common.local_time import parse_instant, zone_of
from intellimeter.common.portal.figures import quantity
from intellimeter.common.portal.forms import FormPage
from intellimeter.common.portal.pages import PortalPage
from metering.enums import FOR_REVIEW
from metering.filters import MeterFilter
from metering.ingest import RawRow, ingest
from metering.models import Meter, Read
from metering.portal.meter_forms import MeterForm, ReadForm
from metering.services import update_meter

ROWS_ON_A_PAGE = 50


class _OfMeter(FormPage):
    section = "meters"
    template_name = "metering/meter_form.html"

    def rows(self) -> QuerySet[Meter]:
        return Meter.objects.visible_to(self.user).with_current_suite().select_related("property", "latest")

    def back(self) -> str:
        return reverse("meter", kwargs={"public_id": self.object.public_id})


class MeterEdit(_OfMeter):
    """A meter's name, place, suite and register."""

    scope = "meter:meters:update"
    form_class = MeterForm
    done = gettext_lazy("The meter is saved.")

    def heading(self) -> str:
        return _("Edit %(meter)s") % {"meter": self.object.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.object, "suite": self.object.suite_public_id}

    def perform(self, form: MeterForm) -> None:
        update_meter(meter=Meter.objects.get(pk=self.object.pk), **form.cleaned_data)


class ReadAdd(_OfMeter):
    """A read by hand. It goes the way of every read, so it may be late, and is kept once."""

    scope = "meter:reads:create"
    form_class = ReadForm

    def heading(self) -> str:
        return _("New read of %(meter)s") % {"meter": self.object.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"meter": self.object, "now": timezone.now()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"latest": self.object.latest}

    def perform(self, form: ReadForm) -> None:
        typed = form.cleaned_data
        names = ("serial_number", "time_stamping", self.object.units)
        cells = (self.object.serial_number, typed["time"], str(typed["register"]))
        result = ingest(property=self.object.property, rows=[RawRow(1, names, cells)], replace=typed["replace"])
        for note in (*result.rejected, *result.conflicting):
            field = "time" if note.message.startswith("time_stamping") else "register"
            raise DomainError(note.message, fields={field: [note.message]})
        if result.duplicates:
            raise DomainError(_("This read is stored already."))
        instant = parse_instant(typed["time"], zone_of(self.object.property.timezone))
        self.stored = Read.objects.get(meter=self.object, time=instant)

    def finished(self) -> HttpResponse:
        """Say what it counts, or why it stands for review."""
        if self.stored.flag in FOR_REVIEW:
            said = _("The read is stored, and stands for review: it does not fit the registers around it.")
            messages.warning(self.request, said)
        else:
            used = quantity(self.stored.interval, self.object.utility)
            messages.success(self.request, _("The read is stored. It counts %(used)s.") % {"used": used})
        return redirect(self.back())


class MeterList(PortalPage, ListView):
    """The meters of all properties."""

    section = "meters"
    scope = "meter:meters:read"
    template_name = "metering/meters.html"
    context_object_name = "meters"
    paginate_by = ROWS_ON_A_PAGE

    @cached_property
    def filter(self) -> MeterFilter:
        rows = Meter.objects.visible_to(self.user).with_current_suite().select_related("property", "latest")
        ordered = rows.order_by("property__display_name", "name", "pk")
        return MeterFilter(self.request.GET, queryset=ordered, request=self.request)

    def get_queryset(self) -> QuerySet[Meter]:
        return self.filter.qs if self.filter.is_valid() else Meter.objects.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"filter": self.filter, "now": timezone.now()}
