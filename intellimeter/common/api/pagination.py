"""Lists come whole; `limit` and `offset` page any of them (decisions, section 2)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

if TYPE_CHECKING:  # the framework's settings load this module while its views are being loaded
    from rest_framework.views import APIView

TOTAL = "X-Total-Count"
MAX_NUMBER = 2**31 - 1


class OptionalLimitOffsetPagination(BasePagination):
    """A slice where one is asked for, with its total in `X-Total-Count` and its neighbours in `Link` (RFC 8288)."""

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: "APIView | None" = None
    ) -> list[Any] | None:
        limit = _number(request, "limit", at_least=1)
        offset = _number(request, "offset", at_least=0)
        if limit is None and offset is None:
            return None
        self.url = request.build_absolute_uri()
        self.offset = offset or 0
        self.total = queryset.count() if isinstance(queryset, QuerySet) else len(queryset)
        self.limit = limit or max(1, self.total - self.offset)
        return list(queryset[self.offset : self.offset + self.limit])

    def get_paginated_response(self, data: Any) -> Response:
        headers = {TOTAL: str(self.total)}
        if links := ", ".join(f'<{self._at(offset)}>; rel="{name}"' for name, offset in self._neighbours()):
            headers["Link"] = links
        return Response(data, headers=headers)

    def _neighbours(self) -> list[tuple[str, int]]:
        last = max(0, self.total - 1) // self.limit * self.limit
        found = [("first", 0), ("last", last)]
        if self.offset > 0:
            found.append(("prev", max(0, self.offset - self.limit)))
        if self.offset + self.limit < self.total:
            found.append(("next", self.offset + self.limit))
        return found

    def _at(self, offset: int) -> str:
        return replace_query_param(replace_query_param(self.url, "limit", self.limit), "offset", offset)

    def get_schema_operation_parameters(self, view: "APIView") -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": description,
                "schema": {"type": "integer", "minimum": minimum, "maximum": MAX_NUMBER},
            }
            for name, description, minimum in (
                ("limit", "At most so many; the total comes in X-Total-Count, the neighbours in Link.", 1),
                ("offset", "Leave out so many from the beginning.", 0),
            )
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return schema


def _number(request: Request, name: str, *, at_least: int) -> int | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 11 and at_least <= int(text) <= MAX_NUMBER):
        raise ValidationError({name: [f"Must be a whole number, at least {at_least}."]})
    return int(text)
