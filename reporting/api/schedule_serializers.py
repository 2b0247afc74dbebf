"""The shape of scheduled reports, as the reference has it."""

from typing import Any

from rest_framework import serializers

from intellimeter.common.api.serializers import StrictModelSerializer
from reporting.enums import Repeat
from reporting.models import Schedule
from reporting.schedules.services import LONGEST_PERIOD
from reporting.sections import SECTIONS


class RepeatField(serializers.CharField):
    """One of the frequencies, in whatever case."""

    default_error_messages = {"unknown": "Must be one of {known}, in upper or lower case."}

    def to_internal_value(self, data: Any) -> str:
        text = str(data).strip().lower()
        if text not in Repeat.values:
            self.fail("unknown", known=", ".join(Repeat.values))
        return text


class ScheduleSerializer(StrictModelSerializer):
    name = serializers.CharField(max_length=200)
    period = serializers.IntegerField(min_value=1, max_value=LONGEST_PERIOD, required=False, allow_null=True)
    repeat = RepeatField(required=False)
    reports = serializers.ListField(
        source="sections",
        child=serializers.ChoiceField(choices=list(SECTIONS)),
        allow_empty=False,
        max_length=len(list(SECTIONS)),
    )
    user = serializers.CharField(source="user.public_id", read_only=True)

    class Meta:
        model = Schedule
        fields = [
            "active",
            "created",
            "end",
            "id",
            "last_run",
            "name",
            "period",
            "repeat",
            "reports",
            "result",
            "start",
            "updated",
            "user",
        ]
        read_only_fields = ["created", "last_run", "result", "updated"]
