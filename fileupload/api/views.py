"""`/file-upload/http` and `/file-upload/ftps`: where a property's reads are sent after each cycle (reference, File Upload)."""

from typing import Any, ClassVar

from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from fileupload import services
from fileupload.api import described
from fileupload.api.serializers import FtpsDestinationSerializer, HttpDestinationSerializer
from fileupload.enums import Transport
from fileupload.models import FtpsDestination, HttpDestination
from metering.api.base import PropertyViewSet
from metering.models import Property


class DestinationViewSet(PropertyViewSet):
    """Settings of one transport, addressed by their property. PUT replaces: a field that is left out takes its default."""

    transport: ClassVar[Transport]
    id_parameter = "property"
    id_required: ClassVar[frozenset[str]] = frozenset()
    replaces = frozenset({"update"})
    property_required = frozenset({"update", "destroy"})
    answers_nothing = frozenset({"update", "destroy"})

    def resolve(self) -> None:
        self.filtered_by = {}
        self.property = self.find("property", Property.objects.select_related("company"))
        if self.property is None and self.action in self.property_required:
            raise ValidationError({"property": ["This parameter is required: the id of a property."]})

    @property
    def chosen(self) -> Property:
        """The property, for actions that require one."""
        assert self.property is not None
        return self.property

    def destroy(self, request: Request) -> Response:
        services.disable(property=self.chosen, transport=self.transport)
        return Response(status=status.HTTP_204_NO_CONTENT)


class HttpViewSet(DestinationViewSet):
    described = described.HTTP
    queryset = HttpDestination.objects.select_related("property").order_by("property__display_name", "pk")
    serializer_class = HttpDestinationSerializer
    transport = Transport.HTTP
    scopes: ClassVar[dict[str, str]] = {
        "list": "file:http:read",
        "update": "file:http:write",
        "destroy": "file:http:disable",
    }

    def perform_update(self, instance: Any, data: dict[str, Any]) -> HttpDestination:
        return services.put_http(property=self.chosen, **data)


class FtpsViewSet(DestinationViewSet):
    described = described.FTPS
    queryset = FtpsDestination.objects.select_related("property").order_by("property__display_name", "pk")
    serializer_class = FtpsDestinationSerializer
    transport = Transport.FTPS
    scopes: ClassVar[dict[str, str]] = {
        "list": "file:ftps:read",
        "update": "file:ftps:write",
        "destroy": "file:ftps:disable",
    }

    def perform_update(self, instance: Any, data: dict[str, Any]) -> FtpsDestination:
        return services.put_ftps(property=self.chosen, **data)
