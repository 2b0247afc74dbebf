"""How a question is shown."""

from intellimeter.common.api.fields import LocalDateTimeField
from intellimeter.common.api.serializers import StrictModelSerializer
from intellimeter.help.models import Question


class QuestionSerializer(StrictModelSerializer):
    """Questions belong to no company, so their times are in UTC: the view's context says so (decisions, section 11)."""

    created = LocalDateTimeField(read_only=True)
    updated = LocalDateTimeField(read_only=True)

    class Meta:
        model = Question
        fields = ["answer", "created", "id", "question", "updated"]
