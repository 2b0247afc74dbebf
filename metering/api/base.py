"""The base of the endpoints whose rows belong to a property, named by `?property=` (decisions, sections 2 and 3)."""

from typing import Any, ClassVar

from rest_framework.exceptions import ValidationError

from intellimeter.common.api.viewsets import ApiViewSet, Rows
from intellimeter.common.local_time import zone_of
from metering.models import Property


class PropertyViewSet(ApiViewSet):
    """An endpoint of one property's rows.

    `property` is what the query names, None where it names none and the action is not among `property_required`. Rows are
    narrowed to it by their model's `property_path`; serializers find it, and its zone, in their context.
    """

    property_required: ClassVar[frozenset[str]] = frozenset({"list", "create", "update", "destroy"})

    property: Property | None = None

    def resolve(self) -> None:
        """Find the property first (404), then the rest of what the query names, and only then miss what it lacks (400)."""
        self.property = self.find("property", Property.objects.select_related("company"))
        super().resolve()
        if self.property is None and self.action in self.property_required:
            raise ValidationError({"property": ["This parameter is required: the id of a property."]})

    def named_ids(self) -> dict[str, bool]:
        return {"property": self.action in self.property_required} | super().named_ids()

    def narrowed(self, rows: Any) -> Any:
        """Those of the property, where one is named."""
        if self.property is None:
            return rows
        return rows.filter(**{getattr(rows.model, "property_path", "property"): self.property})

    def get_queryset(self) -> Rows:
        rows: Rows = self.narrowed(super().get_queryset())
        return rows

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        if self.property is not None:
            context |= {"property": self.property, "zone": zone_of(self.property.timezone)}
        return context
