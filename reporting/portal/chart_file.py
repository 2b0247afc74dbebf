"""What a chart shows, as a file in any of the formats that reports have."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.generic import View

from intellimeter.common.documents.table import Block, Column, Kind, Stored, Table
from intellimeter.common.errors import DomainError
from intellimeter.common.fields import to_millionths
from intellimeter.common.portal.pages import PortalPage
from metering.portal.chart_views import asked_picture
from metering.portal.pictures import Picture
from reporting.api.answers import streamed
from reporting.exporters import FORMATS, Wishes

COLUMNS = (
    Column("time_stamping"),
    Column("name"),
    Column("utility"),
    Column("units"),
    Column("consumption", Kind.NUMBER),
)
EARLIER = (Column("time_stamping_before"), Column("consumption_before", Kind.NUMBER))


class ChartFile(PortalPage, View):
    """The figures of a chart: a row for each step and line with a read in it, and beside it those of the earlier range, if
    there is one."""

    scope = "meter:reads:read"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        format = request.GET.get("type", "").upper()
        try:
            if format not in FORMATS:
                raise DomainError(_("There are these formats: %(formats)s.") % {"formats": ", ".join(sorted(FORMATS))})
            picture, first, last = asked_picture(request.GET, self.user)
        except DomainError as error:
            return HttpResponse(error.message, status=error.code, content_type="text/plain; charset=utf-8")
        return streamed(table_of(picture), FORMATS[format], Wishes("consumption"), f"consumption_{first}_{last}")


def table_of(picture: Picture) -> Table:
    """The picture's figures, by time and then in the order of its lines."""
    with_earlier = any(line.earlier is not None for line in picture.lines)
    return Table(COLUMNS + EARLIER if with_earlier else COLUMNS, lambda: _blocks(picture, with_earlier))


def _blocks(picture: Picture, with_earlier: bool) -> Iterator[Block]:
    for place, label in enumerate(picture.labels):
        found = [(line.shown, line.at(place)) for line in picture.lines]
        read = [(shown, at) for shown, at in found if (at.figure, at.earlier) != (None, None)]
        columns: list[list[Stored]] = [[_millionths(at.figure) for _, at in read]]
        if with_earlier:
            columns += [[_stamp(at.stamp) for _, at in read], [_millionths(at.earlier) for _, at in read]]
        if read:
            subjects = [(shown.name, shown.utility.value, shown.utility.unit) for shown, _ in read]
            yield Block((_stamp(label),), subjects, tuple(columns))


def _stamp(label: str | None) -> str | None:
    """As reports have it: `2021-03-09T14`, `2021-03-09T14:05`."""
    return None if label is None else label.replace(" ", "T")


def _millionths(figure: Decimal | None) -> int | None:
    return None if figure is None else to_millionths(figure)
