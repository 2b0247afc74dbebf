"""`/read`: reads out by meter, suite or property, and in from gateways and files (reference, Read)."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, cast

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from intellimeter.common.api.streaming import json_list, json_lists_by_name
from metering.api import described
from metering.api.base import PropertyViewSet
from metering.api.read_files import UNPACKED_MAX, CSVReads, JSONReads, ReadFile, TextXMLReads, XMLReads
from metering.api.read_query import read_query
from metering.api.read_rows import SHAPES
from metering.api.serializers import IngestResultSerializer
from metering.ingest import ingest_file
from metering.models import Property
from metering.recent import QUESTIONS, Question

MOST_ROWS = 500_000
Pairs = Iterable[tuple[str, dict[str, Any]]]
"""Rows as they are sent, each with its property's id."""


class ReadViewSet(PropertyViewSet):
    """Reads of all the properties that the user may see, or of one."""

    scopes = {"list": "meter:reads:read", "create": "meter:reads:create"}
    property_required = frozenset({"create"})
    serializer_class = IngestResultSerializer
    described = described.READ
    parser_classes = (JSONReads, CSVReads, XMLReads, TextXMLReads)

    def list(self, request: Request) -> HttpResponseBase:
        now = timezone.now()
        query = read_query(request, now)
        properties = Property.objects.visible_to(request.user)
        if self.property is not None:
            properties = properties.filter(pk=self.property.pk)
        question = QUESTIONS[query.by](properties, query.since, now)
        if not question.within(MOST_ROWS):
            raise ValidationError(
                f"These are over {MOST_ROWS:,} rows; ask for one property, or for a smaller limit_quantity."
            )
        rows = ShapedRows(question, query.by)
        page = self.paginate_queryset(rows)  # type: ignore[arg-type] # it has the two things that paging asks of rows
        if page is None:
            return rows.streamed()
        return self.get_paginated_response(rows.gathered(cast("Pairs", page)))

    def create(self, request: Request) -> Response:
        file: Any = request.data
        if self.property is None or not isinstance(file, ReadFile):
            raise ParseError("The body is empty; send reads as JSON, CSV or XML.")
        result = ingest_file(
            property=self.property, stream=file.stream, format=file.format, max_bytes=UNPACKED_MAX, announce=True
        )
        return Response(result.as_dict())


class ShapedRows:
    """The rows of a question as they are sent: keyed by property, or for properties themselves in one list."""

    def __init__(self, question: Question, by: str):
        self.question, self.by = question, by

    def _pairs(self) -> Iterator[tuple[str, dict[str, Any]]]:
        shape = SHAPES[self.by]
        return ((property.public_id, shape(property, row)) for property, row in self.question)

    def __len__(self) -> int:
        return self.question.count(MOST_ROWS)

    def __getitem__(self, part: slice) -> Iterator[tuple[str, dict[str, Any]]]:
        return islice(self._pairs(), part.start, part.stop)

    def gathered(self, pairs: Pairs) -> Any:
        """A page of the rows, in the shape of the whole."""
        if self.by == "property":
            return [row for _name, row in pairs]
        return {name: [row for _name, row in rows] for name, rows in groupby(pairs, key=lambda pair: pair[0])}

    def streamed(self) -> HttpResponseBase:
        """All of them; a property without a row has an empty list."""
        if self.by == "property":
            return json_list(row for _name, row in self._pairs())
        return json_lists_by_name([property.public_id for property in self.question.properties], self._pairs())
