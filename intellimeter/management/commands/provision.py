"""`manage.py provision`: a company and all it has, from a file (decisions, section 10)."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from tqdm import tqdm

from intellimeter.provisioning import InvalidSite, parse_document, provision
from intellimeter.provisioning.document import MAX_BYTES


class Command(BaseCommand):
    help = "Create or update a company and all it has from a JSON or YAML file; print the ids as one JSON document."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the site, as JSON or YAML; - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            document = parse_document(_content(options["file"]))
            with tqdm(desc="Provisioning", unit=" entries", disable=None, file=sys.stderr) as bar:
                outcome = provision(document, progress=bar.update)
        except InvalidSite as error:
            raise CommandError("\n".join([*error.problems, "Nothing was stored."])) from error
        except IntegrityError as error:
            raise CommandError(f"Somebody else changed the same things meanwhile; run it again. ({error})") from error
        self.stderr.write(outcome.summary())
        self.stdout.write(json.dumps(outcome.as_dict(), indent=2, ensure_ascii=False))


def _content(name: str) -> bytes:
    """The file's bytes, one more than may be at most, so that an endless stream is not read to its end."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}.") from error
