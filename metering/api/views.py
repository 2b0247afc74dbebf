"""`/meter` and `/property` (reference, Meter and Property)."""

from typing import Any, ClassVar

from intellimeter.common.api.viewsets import ApiViewSet
from metering import services
from metering.api import described
from metering.api.base import PropertyViewSet
from metering.api.filters import MeterFilter, PropertyFilter
from metering.api.serializers import MeterSerializer, MeterUpdateSerializer, PropertySerializer
from metering.models import Meter, Property, Suite


class MeterViewSet(PropertyViewSet):
    """The meters of a property."""

    queryset = Meter.objects.with_current_suite().select_related("property")
    serializer_class = MeterSerializer
    filterset_class = MeterFilter
    id_filters: ClassVar[dict[str, Any]] = {"suite": (Suite.objects, "suite_pk")}
    scopes = {"list": "meter:meters:read", "update": "meter:meters:update"}
    answers_in_list = frozenset({"update"})
    body_serializers = {"update": MeterUpdateSerializer}
    described = described.METER

    def perform_update(self, instance: Meter, data: dict[str, Any]) -> Meter:
        return services.update_meter(meter=instance, **data)


class PropertyInfoViewSet(ApiViewSet):
    """The properties that the user may see."""

    queryset = Property.objects.select_related("company")
    serializer_class = PropertySerializer
    filterset_class = PropertyFilter
    id_parameter = "property"
    described = described.PROPERTY
    scopes = {"list": "property:info:read", "update": "property:info:update"}

    def perform_update(self, instance: Property, data: dict[str, Any]) -> Property:
        return services.update_property(property=instance, **data)
