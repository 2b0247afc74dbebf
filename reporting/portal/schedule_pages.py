"""Reports that come by mail: one's own, when they come, and what came of each run."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView, View

from intellimeter.common.errors import DomainError
from intellimeter.common.portal.forms import ActionPage, ConfirmPage, FormPage
from intellimeter.common.portal.pages import PortalPage
from reporting.enums import RunStatus
from reporting.models import Run, Schedule
from reporting.portal.schedule_forms import ScheduleForm
from reporting.runs.files import MEDIA_TYPE, path_of, shown_name
from reporting.schedules import services
from reporting.tasks import make_report

ROWS_ON_A_PAGE = 25
RUNS_SHOWN = 30
UNFINISHED = (RunStatus.QUEUED, RunStatus.RUNNING)


def _own(page: PortalPage) -> QuerySet[Schedule]:
    return Schedule.objects.visible_to(page.user).select_related("user__company")


class ScheduleList(PortalPage, ListView):
    """One's own scheduled reports."""

    section = "reports"
    scope = "report:schedule:read"
    template_name = "reporting/schedules.html"
    context_object_name = "schedules"
    paginate_by = ROWS_ON_A_PAGE

    def get_queryset(self) -> QuerySet[Schedule]:
        return _own(self)


class SchedulePage(PortalPage, DetailView):
    """One report: its last runs with their PDFs. The part with the runs renews itself while one is under way."""

    section = "reports"
    scope = "report:schedule:read"
    template_name = "reporting/schedule.html"
    context_object_name = "schedule"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self) -> QuerySet[Schedule]:
        return _own(self)

    def get_template_names(self) -> list[str]:
        part = self.request.headers.get("HX-Request") and self.request.GET.get("part")
        return ["reporting/_runs.html" if part else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = list(self.object.runs.order_by("-pk")[:RUNS_SHOWN])
        going_on = any(run.status in UNFINISHED for run in runs)
        return super().get_context_data(**kwargs) | {"runs": runs, "goes_on": going_on}


class ScheduleAdd(FormPage):
    """A further report."""

    section = "reports"
    scope = "report:schedule:create"
    form_class = ScheduleForm
    title = gettext_lazy("New scheduled report")
    done = gettext_lazy("The report is scheduled.")

    def perform(self, form: ScheduleForm) -> None:
        services.create_schedule(user=self.user, now=timezone.now(), **form.values())

    def back(self) -> str:
        return reverse("schedules")


class ScheduleEdit(FormPage):
    """What a report has in it, and when it comes."""

    section = "reports"
    scope = "report:schedule:update"
    form_class = ScheduleForm
    done = gettext_lazy("The report is saved.")

    def rows(self) -> QuerySet[Schedule]:
        return _own(self)

    def heading(self) -> str:
        return str(self.object.name)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"schedule": self.object}

    def perform(self, form: ScheduleForm) -> None:
        services.update_schedule(schedule=self.object, now=timezone.now(), **form.values())

    def back(self) -> str:
        return reverse("schedule", kwargs={"public_id": self.object.public_id})


class ScheduleDelete(ConfirmPage):
    """Asks before a report goes."""

    section = "reports"
    scope = "report:schedule:delete"
    question = gettext_lazy("Delete the scheduled report %(name)s?")
    done = gettext_lazy("The scheduled report is deleted.")

    def rows(self) -> QuerySet[Schedule]:
        return _own(self)

    def consequences(self) -> list[str]:
        return [_("It does not come any more, and its past PDFs are deleted with it.")]

    def perform(self) -> None:
        services.delete_schedule(schedule=self.object)

    def back(self) -> str:
        return reverse("schedules")


class ScheduleRun(ActionPage, View):
    """Makes the PDF now, by a worker; the report's page shows how far it is."""

    section = "reports"
    scope = "report:schedule:generate"
    http_method_names = ["post", "options"]

    def rows(self) -> QuerySet[Schedule]:
        return _own(self)

    def back(self) -> str:
        return reverse("schedule", kwargs={"public_id": self.object.public_id})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            run, _token = services.start_generation(schedule=self.object, now=timezone.now())
        except DomainError as error:
            messages.error(request, error.message)
        else:
            transaction.on_commit(partial(make_report.delay, run.pk), robust=True)
        return redirect(self.back())


class RunFile(PortalPage, View):
    """The PDF of a run."""

    scope = "report:schedule:generate"

    def get(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        rows = Run.objects.visible_to(self.user).select_related("schedule__user__company")
        run = get_object_or_404(rows, public_id=public_id, status=RunStatus.DONE)
        path = path_of(run)
        if not path.exists():
            raise Http404
        return FileResponse(path.open("rb"), filename=shown_name(run), content_type=MEDIA_TYPE, as_attachment=True)
