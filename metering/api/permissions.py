"""`/company/permission`: who sees which properties, and what they may be granted (decisions, section 5).

It stands here because accounts knows no properties.
"""

from typing import Any, ClassVar, cast

from django.db.models import Prefetch
from rest_framework import serializers

from accounts.api.filters import UserFilter
from accounts.models import User
from accounts.scopes import allowed_to
from intellimeter.common.api.fields import is_public_id
from intellimeter.common.api.schema.shapes import ID, listed
from intellimeter.common.api.serializers import StrictSerializer
from intellimeter.common.api.viewsets import ApiViewSet, Rows
from metering.access import permit_properties
from metering.api import described
from metering.models import Property, PropertyAccess

ALL = "all"
MOST = 10_000


class PropertiesField(serializers.Field[Any, Any, Any, Any]):
    """`"all"`, or a list of ids. Of others' properties, those that the asker may see are shown; of theirs, they choose."""

    shape = {"anyOf": [{"const": ALL}, listed(ID) | {"maxItems": MOST}]}
    default_error_messages = {
        "invalid": 'Must be "all" or a list of ids of properties.',
        "many": "Must be at most {most:,} ids.",
        "unknown": "There is no such property: {named}.",
    }

    def get_attribute(self, instance: User) -> User:
        return instance

    def to_representation(self, value: User) -> Any:
        if value.sees_all_properties:
            return ALL
        return [access.property.public_id for access in cast("Any", value).shown_access]

    def to_internal_value(self, data: Any) -> list[Property] | None:
        if data == ALL:
            return None
        if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
            self.fail("invalid")
        if len(data) > MOST:
            self.fail("many", most=MOST)
        visible = Property.objects.visible_to(self.context["request"].user)
        found = {row.public_id: row for row in visible.filter(public_id__in=filter(is_public_id, data))}
        if missing := [name for name in data if name not in found]:
            self.fail("unknown", named=missing[0][:40])
        return list(found.values())


class PermissionSerializer(StrictSerializer):
    user = serializers.CharField(source="public_id", read_only=True)
    admin = serializers.BooleanField(source="is_admin", read_only=True)
    properties = PropertiesField()
    scopes: "serializers.SerializerMethodField" = serializers.SerializerMethodField(
        help_text="What the user may be granted: nothing while inactive, admin scopes to admins alone."
    )

    def get_scopes(self, user: User) -> list[str]:
        return sorted(allowed_to(user)) if user.is_active else []


class PermissionViewSet(ApiViewSet):
    """The rights of each person of the company."""

    queryset = User.objects.all()
    serializer_class = PermissionSerializer
    filterset_class = UserFilter
    id_parameter = "user"
    described = described.PERMISSION
    scopes: ClassVar[dict[str, str]] = {"list": "company:permission:read", "update": "uac:users:update"}

    def get_queryset(self) -> Rows:
        seen = Property.objects.visible_to(self.request.user)
        given = PropertyAccess.objects.filter(property__in=seen).select_related("property")
        ordered = given.order_by("property__display_name", "property_id")
        return super().get_queryset().prefetch_related(Prefetch("property_access", ordered, to_attr="shown_access"))

    def perform_update(self, instance: User, data: dict[str, Any]) -> User:
        if "properties" not in data:
            return instance
        return permit_properties(user=instance, by=cast("User", self.request.user), **data)
