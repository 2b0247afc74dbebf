"""Where staff write the frequent questions."""

from django.contrib import admin

from intellimeter.common.admin import PlatformAdmin
from intellimeter.help.models import Question


@admin.register(Question)
class QuestionAdmin(PlatformAdmin):
    list_display = ["question", "position", "published", "public_id", "updated"]
    list_editable = ["position", "published"]
    list_filter = ["published"]
    search_fields = ["question", "answer", "public_id"]
    fields = ["question", "answer", "position", "published", "public_id", "created", "updated"]
    readonly_fields = ["public_id", "created", "updated"]
