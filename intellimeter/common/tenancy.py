"""The one door to rows in a request: `visible_to(user)` (decisions, section 5; style, point 3).

A queryset that does not say how it is scoped shows nothing at all: the door fails closed.
"""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User

ModelT_co = TypeVar("ModelT_co", bound=models.Model, covariant=True)


class TenantQuerySet(models.QuerySet[ModelT_co]):
    """Rows that belong to a company."""

    def visible_to(self, user: "User | Any") -> Self:
        """Those that the user may see: an active user's, of their own company, and of no property withheld from them."""
        if not user.is_authenticated or not user.is_active or user.company_id is None:
            return self.none()
        return self._of(user)

    def _of(self, user: "User") -> Self:
        raise NotImplementedError(f"{type(self).__name__} does not say whose rows it holds.")
