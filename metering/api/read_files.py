"""The bodies that `POST /read` takes: a file in one of the formats of ingest, by its content type (decisions, section 6)."""

import tempfile
from collections.abc import Mapping
from typing import Any, BinaryIO, ClassVar, NamedTuple

from django.conf import settings
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser

from intellimeter.common.api.errors import BodyTooLarge

IN_MEMORY = 4 * 1024 * 1024
UNPACKED_MAX = 64 * 1024 * 1024
BLOCK = 1 << 16


class ReadFile(NamedTuple):
    """The body as it came, rewound, and the name of its format."""

    stream: BinaryIO
    format: str


class ReadFileParser(BaseParser):
    """Spools the body; parsing it is ingest's work. Over 32 MiB: 413; an encoding other than gzip: 415."""

    format: ClassVar[str]

    def parse(  # type: ignore[override] # what it answers is for the view alone
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> ReadFile:
        request = (parser_context or {})["request"]
        encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in {"gzip", "identity", ""}:
            raise UnsupportedMediaType(encoding, detail=f"Content-Encoding {encoding!r} is not read; gzip is.")
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        spooled = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the request's last reference
        while block := stream.read(BLOCK):
            if spooled.tell() + len(block) > limit:
                raise BodyTooLarge(limit)
            spooled.write(block)
        spooled.seek(0)
        return ReadFile(spooled, self.format)  # type: ignore[arg-type] # a spooled file is a binary stream in all but name


class JSONReads(ReadFileParser):
    media_type = "application/json"
    format = "json"


class CSVReads(ReadFileParser):
    media_type = "text/csv"
    format = "csv"


class XMLReads(ReadFileParser):
    media_type = "application/xml"
    format = "xml"


class TextXMLReads(XMLReads):
    media_type = "text/xml"
