"""`manage.py build_manual`: the user manual as a PDF, so that the first reader need not wait for it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from intellimeter.help.manual.build import build_manual, current_manual


class Command(BaseCommand):
    help = "Make the user manual's PDF where it is missing or out of date, and print where it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="Make it even if there is one of this edition.")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        self.stdout.write(str(build_manual() if force else current_manual()))
