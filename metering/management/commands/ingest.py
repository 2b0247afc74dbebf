"""`manage.py ingest`: reads from files into a property's meters (decisions, sections 6 and 10)."""

import gc
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from intellimeter.common.errors import DomainError
from metering.ingest import IngestResult, ingest_file
from metering.models import Property

SHOWN = 20


class Command(BaseCommand):
    help = "Store the reads of files (CSV, JSON, XML; .gz too; - for standard input) and print a summary as JSON."
    requires_system_checks = ()  # they are of addresses, templates and tasks, and take longer than many a file

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--property", required=True, metavar="JOB_NUMBER", help="the property's job number")
        parser.add_argument("--company", metavar="NAME", help="its company, where two have the same job number")
        parser.add_argument("--format", choices=["csv", "json", "xml"], help="default: by the file's name, else csv")
        parser.add_argument(
            "--replace", action="store_true", help="let values that contradict stored ones replace them"
        )
        parser.add_argument("files", nargs="+", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        gc.freeze()  # what is loaded by now stays: the collector need not look at it again among millions of rows
        property = self._property(options["property"], options["company"])
        total = IngestResult()
        for name in options["files"]:
            result = self._ingest(property, name, options)
            total.accepted += result.accepted
            total.duplicates += result.duplicates
            total.conflicts += result.conflicts
            total.rejected += result.rejected
            total.conflicting += result.conflicting
        for note in [*total.rejected, *total.conflicting][:SHOWN]:
            self.stderr.write(f"row {note.row} ({note.serial_number or 'no serial number'}): {note.message}")
        self.stdout.write(json.dumps(total.as_dict()))

    def _property(self, job_number: str, company: str | None) -> Property:
        found = Property.objects.filter(job_number=job_number)
        if company:
            found = found.filter(company__name=company)
        match list(found[:2]):
            case [property]:
                return property
            case []:
                raise CommandError(f"No property has the job number {job_number}.")
        raise CommandError(f"Two companies have a property {job_number}; name one with --company.")

    def _ingest(self, property: Property, name: str, options: dict[str, Any]) -> IngestResult:
        format = options["format"] or _format_of(name)
        if name == "-":
            return self._store(property, sys.stdin.buffer, name, format, options)
        try:
            with Path(name).open("rb") as stream:
                return self._store(property, stream, name, format, options)
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}.") from error

    def _store(
        self, property: Property, stream: BinaryIO, name: str, format: str, options: dict[str, Any]
    ) -> IngestResult:
        with tqdm(desc=name, unit=" reads", unit_scale=True, disable=None, file=sys.stderr) as progress:
            try:
                return ingest_file(
                    property=property,
                    stream=stream,
                    format=format,
                    replace=options["replace"],
                    progress=progress.update,
                )
            except DomainError as error:
                raise CommandError(f"{name}: {error.message}") from error


def _format_of(name: str) -> str:
    suffix = Path(name.removesuffix(".gz")).suffix.removeprefix(".").lower()
    return suffix if suffix in ("csv", "json", "xml") else "csv"
