"""A throwaway endpoint over suites, which exercises all that the base of the endpoints does."""

from typing import Any

from django.urls import path
from rest_framework import serializers

from intellimeter.common.api.fields import LocalDateTimeField, PublicIdRelatedField
from intellimeter.common.api.serializers import StrictModelSerializer
from intellimeter.common.api.viewsets import ApiViewSet
from intellimeter.common.errors import Conflict
from metering.models import Property, Suite


class SuiteSerializer(StrictModelSerializer):
    property = PublicIdRelatedField(queryset=Property.objects)
    created = LocalDateTimeField(zone="property.timezone", read_only=True)
    level = serializers.IntegerField(required=False, allow_null=True, write_only=True)
    share = serializers.DecimalField(max_digits=6, decimal_places=2, required=False, write_only=True)
    corner = serializers.BooleanField(required=False, write_only=True)
    side = serializers.ChoiceField(["north", "south"], required=False, write_only=True)
    rooms = serializers.ListField(child=serializers.CharField(), required=False, write_only=True)
    since = LocalDateTimeField(required=False, write_only=True)

    class Meta:
        model = Suite
        fields = ["id", "name", "property", "created", "level", "share", "corner", "side", "rooms", "since"]


class SuiteViewSet(ApiViewSet):
    queryset = Suite.objects.select_related("property")
    serializer_class = SuiteSerializer
    id_filters = {"property": (Property.objects, "property")}
    scopes = {
        "list": "billing:suite:read",
        "create": "billing:suite:create",
        "update": "billing:suite:update",
        "destroy": "billing:suite:delete",
    }

    def perform_create(self, data: dict[str, Any]) -> Suite:
        if data["name"] == "taken":
            raise Conflict("There is a suite of this name already.", fields={"name": ["Is taken."]})
        if data["name"] == "broken":
            raise RuntimeError("a secret of the machine")
        return Suite.objects.create(name=data["name"], property=data["property"])

    def perform_update(self, instance: Suite, data: dict[str, Any]) -> Suite:
        instance.name = data.get("name", instance.name)
        instance.save()
        return instance

    def perform_destroy(self, instance: Suite) -> None:
        instance.delete()


class ListingSuiteViewSet(SuiteViewSet):
    """The other shapes of answers: a list of one, and none at all."""

    answers_in_list = frozenset({"update"})
    answers_nothing = frozenset({"create"})


OPERATIONS = {"get": "list", "post": "create", "put": "update", "delete": "destroy"}
urlpatterns = [
    path("api/v1/suites", SuiteViewSet.as_view(OPERATIONS)),
    path("api/v1/listing", ListingSuiteViewSet.as_view({"put": "update", "post": "create"})),
]
handler400 = "intellimeter.common.api.errors.bad_request"
handler404 = "intellimeter.common.api.errors.page_not_found"
handler500 = "intellimeter.common.api.errors.server_error"
