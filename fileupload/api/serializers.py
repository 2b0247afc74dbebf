"""The shapes of file-upload settings, as the reference has them. What values mean is judged by the services."""

import math
from decimal import Decimal
from typing import Any, ClassVar

from rest_framework import serializers

from fileupload.models import FtpsDestination, HttpDestination
from intellimeter.common.api.fields import LocalDateTimeField
from intellimeter.common.api.schema.shapes import Shape
from intellimeter.common.api.serializers import StrictModelSerializer


class ObjectField(serializers.JSONField):
    """A JSON value as it is kept and sent on; the parser's Decimals become JSON's own numbers again."""

    shape: ClassVar[Shape] = {"type": "object"}

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(self._plain(data))

    def _plain(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._plain(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._plain(inner) for inner in value]
        if isinstance(value, Decimal):
            number = float(value)
            return number if math.isfinite(number) else self.fail("invalid")
        return value


class DestinationSerializer(StrictModelSerializer):
    """What both transports share; settings are addressed by their property, so they have no id."""

    id = None  # type: ignore[assignment]
    property: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(slug_field="public_id", read_only=True)
    created = LocalDateTimeField(zone="property.timezone", read_only=True)
    updated = LocalDateTimeField(zone="property.timezone", read_only=True)


class HttpDestinationSerializer(DestinationSerializer):
    url = serializers.CharField(max_length=2048)
    expected_code = serializers.IntegerField(min_value=200, max_value=599, required=False)
    header = ObjectField(required=False, allow_null=True)
    body = ObjectField(required=False, allow_null=True)

    class Meta:
        model = HttpDestination
        fields = [
            "body",
            "created",
            "expected_code",
            "file_type",
            "header",
            "method",
            "property",
            "updated",
            "url",
        ]


class FtpsDestinationSerializer(DestinationSerializer):
    """`password` goes in and never out. `ca_certificate` comes out where one is set: the reference's shape has none."""

    password = serializers.CharField(max_length=1000, trim_whitespace=False, write_only=True, required=False)
    port = serializers.IntegerField(min_value=1, max_value=65535, required=False)

    class Meta:
        model = FtpsDestination
        fields = [
            "ca_certificate",
            "created",
            "file_type",
            "host",
            "password",
            "path",
            "port",
            "property",
            "updated",
            "user",
        ]
        extra_kwargs = {"ca_certificate": {"max_length": 65536, "write_only": True}, "user": {"trim_whitespace": False}}

    def to_representation(self, instance: FtpsDestination) -> dict[str, Any]:
        shown = dict(super().to_representation(instance))
        if instance.ca_certificate is not None:
            shown["ca_certificate"] = instance.ca_certificate
        return shown
