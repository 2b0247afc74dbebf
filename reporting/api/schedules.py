"""`/reports/schedule…`: reports that come by mail, or that are made on request (reference, Scheduled Reports)."""

from functools import partial
from typing import Any, ClassVar, cast

from django.db import transaction
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from intellimeter.common.api.errors import error_body
from intellimeter.common.api.viewsets import ApiViewSet
from reporting.api.schedule_serializers import ScheduleSerializer
from reporting.api.schedules_described import GENERATION, SCHEDULE
from reporting.enums import RunStatus
from reporting.models import Run, Schedule
from reporting.runs.files import MEDIA_TYPE, path_of, shown_name
from reporting.schedules import services
from reporting.tasks import make_report

POLL_EVERY = "0:00:05"


class ScheduleViewSet(ApiViewSet):
    """A user's own scheduled reports; each answer is a list."""

    described = SCHEDULE
    queryset = Schedule.objects.select_related("user__company")
    serializer_class = ScheduleSerializer
    answers_in_list: ClassVar[frozenset[str]] = frozenset({"create", "update", "destroy"})
    answers_deleted: ClassVar[bool] = True
    scopes: ClassVar[dict[str, str]] = {
        "list": "report:schedule:read",
        "create": "report:schedule:create",
        "update": "report:schedule:update",
        "destroy": "report:schedule:delete",
    }

    def perform_create(self, data: dict[str, Any]) -> Schedule:
        return services.create_schedule(user=cast("User", self.request.user), now=timezone.now(), **data)

    def perform_update(self, instance: Schedule, data: dict[str, Any]) -> Schedule:
        return services.update_schedule(schedule=instance, now=timezone.now(), **data)

    def perform_destroy(self, instance: Schedule) -> None:
        services.delete_schedule(schedule=instance)


class GenerationViewSet(ApiViewSet):
    """A schedule's report made on request: queued, polled, and then fetched."""

    described = GENERATION
    queryset = Schedule.objects.select_related("user__company")
    serializer_class = ScheduleSerializer
    id_required: ClassVar[frozenset[str]] = frozenset({"generate", "poll"})
    scopes: ClassVar[dict[str, str]] = {
        "generate": "report:schedule:generate",
        "poll": "report:schedule:generate",
    }

    def generate(self, request: Request) -> Response:
        """Queue the report; the answer says where to ask for it, with a token that only this run has."""
        run, token = services.start_generation(schedule=self.instance, now=timezone.now())
        transaction.on_commit(partial(make_report.delay, run.pk), robust=True)
        address = f"{reverse('api-schedule-poll')}?id={self.instance.public_id}&token={token}"
        return Response(
            {
                "code": status.HTTP_202_ACCEPTED,
                "error": "Accepted",
                "interval": POLL_EVERY,
                "message": f"The report generation job has been started. Please poll {address} for the status",
                "poll_uri": request.build_absolute_uri(address),
            },
            status=status.HTTP_202_ACCEPTED,
        )

    def poll(self, request: Request) -> HttpResponseBase:
        """425 until the report is there, then its PDF; where it failed, 500 with the reason."""
        run = self._run()
        if run.status == RunStatus.FAILED:
            return Response(error_body(500, run.reason), status=status.HTTP_500_INTERNAL_SERVER_ERROR)
        if run.status != RunStatus.DONE:
            message = "The requested report is still being created. Please check again later."
            return Response(error_body(425, message), status=425)
        return FileResponse(path_of(run).open("rb"), filename=shown_name(run), content_type=MEDIA_TYPE)

    def _run(self) -> Run:
        token = self.request.query_params.get("token")
        if not token:
            raise ValidationError({"token": ["This parameter is required: the token of the generation."]})
        rows = Run.objects.visible_to(self.request.user).select_related("schedule__user__company")
        run = rows.filter(schedule=self.instance, token_hash=services.hash_of(token)).first()
        if run is None:
            raise NotFound("This report has no generation with this token, or it is so long ago that it is gone.")
        return run
