"""The addresses of the help under `/api/v1`."""

from django.urls import path

from intellimeter.help.api.views import ManualView, QuestionView
from intellimeter.help.guide.views import ChapterPage, TextPage

urlpatterns = [
    path("faq", QuestionView.as_view(), name="api-faq"),
    path("documentation", ManualView.as_view(), name="user-manual"),
    path("guide", TextPage.as_view(), name="api-guide"),
    path("guide/<slug:name>", TextPage.as_view(), name="api-guide-page"),
    path("guide/operations/<slug:name>", ChapterPage.as_view(), name="api-guide-chapter"),
]
