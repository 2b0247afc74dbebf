"""The scoped querysets of everything that belongs to a property."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import OuterRef, Subquery

from intellimeter.common.tenancy import TenantQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from metering.models import Meter, Property  # noqa: F401 - named in annotations

ModelT_co = TypeVar("ModelT_co", bound=models.Model, covariant=True)


class PropertyQuerySet(TenantQuerySet["Property"]):
    def _of(self, user: "User") -> Self:
        rows = self.filter(company_id=user.company_id)
        return rows if user.sees_all_properties else rows.filter(access__user=user)


class OfPropertyQuerySet(TenantQuerySet[ModelT_co]):
    """Rows that reach their property by the path that their model names in `property_path`."""

    def _of(self, user: "User") -> Self:
        path = getattr(self.model, "property_path", "property")
        rows = self.filter(**{f"{path}__company_id": user.company_id})
        return rows if user.sees_all_properties else rows.filter(**{f"{path}__access__user": user})


class MeterQuerySet(OfPropertyQuerySet["Meter"]):
    def with_current_suite(self) -> Self:
        """Each meter with `suite_pk`, `suite_public_id` and `suite_name` of the suite it serves now, null where none."""
        from metering.models import MeterSuite

        current = MeterSuite.objects.filter(meter=OuterRef("pk"), end=None)
        return self.annotate(
            suite_pk=Subquery(current.values("suite_id")[:1]),
            suite_public_id=Subquery(current.values("suite__public_id")[:1]),
            suite_name=Subquery(current.values("suite__name")[:1]),
        )
