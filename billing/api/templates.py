"""`/billing/template`: a property's own invoice template, an .odt as the raw body (decisions, section 7)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from billing import services
from billing.api import described
from billing.api.base import BillingViewSet
from billing.documents import MEDIA_TYPES, template_file
from billing.documents.own_templates import LARGEST
from intellimeter.common.api.errors import BodyTooLarge
from intellimeter.common.local_time import local_stamp, zone_of

ODT = MEDIA_TYPES["odt"]


class OdtParser(BaseParser):
    """The body as bytes, up to 2 MiB (413 over it); what is in it is judged by the service."""

    media_type = ODT

    def parse(  # type: ignore[override] # what it answers is for the view alone
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> bytes:
        content: bytes = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise BodyTooLarge(LARGEST)
        return content


class UnnamedParser(OdtParser):
    """Programs that send bytes without saying of what kind."""

    media_type = ""


class OctetsParser(OdtParser):
    media_type = "application/octet-stream"


class TemplateViewSet(BillingViewSet):
    """The template that the property's invoices are made from."""

    parser_classes = (OdtParser, OctetsParser, UnnamedParser)
    property_required = frozenset({"download", "replace", "destroy"})
    answers_deleted = False
    described = described.TEMPLATE
    scopes: ClassVar[dict[str, str]] = dict.fromkeys(("download", "replace", "destroy"), "billing:template:update")

    def download(self, request: Request) -> HttpResponse:
        """The .odt: the property's own, or the default one."""
        named = {"Content-Disposition": 'attachment; filename="invoice-template.odt"'}
        return HttpResponse(template_file(self.chosen), content_type=ODT, headers=named)

    def replace(self, request: Request) -> Response:
        """Check the .odt and take it, or change nothing."""
        document: Any = request.data
        if not isinstance(document, bytes) or not document:
            raise ParseError("The body is empty; send the .odt file as it is.")
        taken = services.replace_template(property=self.chosen, document=document, now=timezone.now())
        zone = zone_of(self.chosen.timezone)
        return Response(
            {
                "property": self.chosen.public_id,
                "created": local_stamp(taken.created, zone),
                "size": taken.size,
                "sha256": taken.digest,
            }
        )

    def destroy(self, request: Request) -> Response:
        """Return to the default template."""
        services.drop_template(property=self.chosen, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
