"""`manage.py generate_invoices`: what beat runs every day, at once and for any day (decisions, sections 7 and 10)."""

import json
import logging
import sys
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from billing.issuing import issue_property
from billing.models import Invoice
from metering.models import Property

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Issue the invoices that are due, without waiting for late reads, and print a summary as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--date", metavar="YYYY-MM-DD", help="as if that day were today; also before a service was made"
        )
        parser.add_argument("--property", metavar="JOB_NUMBER", help="default: all properties")
        parser.add_argument("--company", metavar="NAME", help="only the properties of this company")

    def handle(self, *args: Any, **options: Any) -> None:
        on = None if options["date"] is None else _day(str(options["date"]))
        invoices: list[Invoice] = []
        failed: list[str] = []
        properties = self._properties(options["property"], options["company"])
        with tqdm(properties, desc="Issuing", unit=" properties", disable=None, file=sys.stderr) as progress:
            for property in progress:
                try:
                    invoices += issue_property(property=property, now=timezone.now(), on=on)
                except Exception:  # one property's trouble must not keep the others' tenants waiting
                    logger.exception("The invoices of %s could not be issued.", property.job_number)
                    failed.append(property.job_number)
        summary = {
            "properties": len(properties),
            "invoices": len(invoices),
            "total": float(sum((invoice.total for invoice in invoices), Decimal(0))),
            "failed": failed,
        }
        self.stdout.write(json.dumps(summary))
        if failed:
            raise CommandError(f"Nothing was issued for {', '.join(failed)}; the log says why.")

    def _properties(self, job_number: str | None, company: str | None) -> list[Property]:
        found = Property.objects.select_related("company").order_by("pk")
        if company:
            found = found.filter(company__name=company)
        if job_number is None:
            return list(found)
        properties = list(found.filter(job_number=job_number))
        if not properties:
            raise CommandError(f"No property has the job number {job_number}.")
        if len(properties) > 1:
            raise CommandError(f"Two companies have a property {job_number}; name one with --company.")
        return properties


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is not a date such as 2021-04-01.") from error
    if day.year < 1990:
        raise CommandError(f"The date {text} is before any read that is kept.")
    return day
