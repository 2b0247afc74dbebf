"""What billing's endpoints share: the property that the query names, and a DELETE that returns what it deleted."""

from typing import Any, ClassVar, cast

from rest_framework.exceptions import NotFound, ValidationError

from accounts.models import User
from intellimeter.common.api.fields import is_public_id
from metering.api.base import PropertyViewSet
from metering.models import Property


class BillingViewSet(PropertyViewSet):
    """Objects of one property, which `?property=` names."""

    answers_deleted: ClassVar[bool] = True

    @property
    def chosen(self) -> Property:
        """The property, for actions that require one."""
        assert self.property is not None
        return self.property


class PropertyFromBody(BillingViewSet):
    """`property` may also stand in the body; with neither, a company of one property means that one (section 7)."""

    body_ids: ClassVar[dict[str, str]] = {"property": "The id of the property, where the query does not name it."}

    def resolve_in_body(self) -> Property:
        """The property that query or body names: 404 for a foreign one, 400 where there is none or they disagree."""
        body = self.request.data
        named = body.get("property") if isinstance(body, dict) else None
        if named is not None:
            found = self._visible(named)
            if self.property is not None and found != self.property:
                raise ValidationError({"property": ["Query and body name different properties; name one."]})
            self.property = found
        if self.property is None:
            self.property = self._only_one()
        return self.property

    def _visible(self, named: Any) -> Property:
        if not isinstance(named, str):
            raise ValidationError({"property": ["Must be a string."]})
        rows = Property.objects.visible_to(self.request.user)
        found = rows.filter(public_id=named).first() if is_public_id(named) else None
        if found is None:
            raise NotFound("There is no property with this id, or none you may see.")
        return found

    def _only_one(self) -> Property:
        rows = Property.objects.filter(company=cast("User", self.request.user).company_id)
        visible = list(rows.visible_to(self.request.user)[:1])
        if rows.count() == 1 and visible:
            return visible[0]
        raise ValidationError({"property": ["This is required, in the query or in the body: the id of the property."]})
