"""`/faq` and `/documentation`: the same for everybody, without a token."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.exceptions import NotFound
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from intellimeter.common.api.fields import is_public_id
from intellimeter.common.api.open import OpenView
from intellimeter.help.api.described import DOCUMENTATION, FAQ
from intellimeter.help.api.serializers import QuestionSerializer
from intellimeter.help.manual.build import current_manual, edition
from intellimeter.help.models import Question


class QuestionView(OpenView, GenericAPIView[Question]):
    """`/api/v1/faq`: what is published, in the order that staff gave it."""

    described = FAQ
    action: ClassVar[str] = "list"
    queryset = Question.objects.published()
    serializer_class = QuestionSerializer

    def get(self, request: Request) -> Response:
        rows = self.get_queryset()
        if (wanted := request.query_params.get("id")) is not None:
            rows = rows.filter(public_id=wanted) if is_public_id(wanted) else rows.none()
            if not rows:
                raise NotFound("There is no question with this id.")
        page = self.paginate_queryset(rows)
        if page is None:
            return Response(self.get_serializer(rows, many=True).data)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "zone": ZoneInfo("UTC")}


class ManualView(OpenView):
    """`/api/v1/documentation`: the manual's PDF, to be read in the browser."""

    described = DOCUMENTATION

    def get(self, request: Request) -> HttpResponseBase:
        etag = f'"{edition()}"'
        asked: HttpRequest = request._request
        if same := get_conditional_response(asked, etag=etag):
            return same
        answer = FileResponse(
            current_manual().open("rb"), content_type="application/pdf", filename="intellimeter-user-manual.pdf"
        )
        answer["ETag"] = etag
        answer["Cache-Control"] = "public, max-age=300"
        return answer
