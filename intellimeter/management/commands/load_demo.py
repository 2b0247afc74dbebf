"""`manage.py load_demo`: the demo company, ready to be looked at. `make run` calls it at every start."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from intellimeter.demo.load import Loading, bill_history, load_reads, prepare, reads_missing
from intellimeter.demo.reports import schedule_reports
from intellimeter.demo.site import ADMIN, CLERK, CLIENT_ID, STAFF, client_secret, password_of


class Command(BaseCommand):
    help = "Load the demo company: 13 months of reads and invoices. Run again, it adds what has come to pass since."

    def handle(self, *args: Any, **options: Any) -> None:
        loadings = prepare(now=timezone.now())
        for loading in loadings:
            self._load_reads(loading)
        bills = tqdm(bill_history(loadings), desc="Invoices", unit=" days", disable=None, file=sys.stderr)
        if count := sum(bills):
            self.stderr.write(f"{count} invoices issued.")
        schedule_reports(now=timezone.now())
        self._print_logins()

    def _load_reads(self, loading: Loading) -> None:
        missing = reads_missing(loading)
        if not missing:
            return
        self.stderr.write(f"{loading.demo.name}: loading some {missing:,} reads …")
        with tqdm(total=missing, desc=loading.demo.name, unit=" reads", disable=None, file=sys.stderr) as bar:
            load_reads(loading, progress=bar.update)

    def _print_logins(self) -> None:
        lines = [
            "The demo company is ready. Sign in as",
            *(
                f"  {email:<20} {password_of(email)}   {role}"
                for email, role in (
                    (ADMIN, "company admin"),
                    (CLERK, "sees one property"),
                    (STAFF, "platform staff, also in /admin/"),
                )
            ),
            "API client (client_credentials at /api/v1/auth)",
            f"  client_id      {CLIENT_ID}",
            f"  client_secret  {client_secret()}",
        ]
        self.stdout.write("\n".join(lines))
