"""The formats that a report can be had in, one file each (reference, Reports, `type`). An exporter knows no report."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http.response import HttpResponseBase

from intellimeter.common.documents.table import Table
from intellimeter.common.registry import Registry


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the answer should look, where the format has a choice."""

    pretty: bool = False


Exporter = Callable[[Table, Wishes], HttpResponseBase]
EXPORTERS: Registry[Exporter] = Registry("report format")
COMING = ("CSV", "XML", "JSON", "YAML", "XLSX", "TSV", "MYSQL")
"""The reference's other formats, which are not built yet and say so."""

from reporting.exporters import raw  # noqa: E402, F401 - registers itself
