"""Which properties a user sees (decisions, section 5)."""

from collections.abc import Collection

from django.db import transaction

from accounts import services as accounts
from accounts.models import User
from intellimeter.common.errors import Conflict, DomainError
from metering.models import Property, PropertyAccess


@transaction.atomic
def give_properties(*, user: User, properties: Collection[Property]) -> bool:
    """Let the user have exactly these properties of their company; whether that changed anything.

    It counts while the user is neither an admin nor sees all of them anyway.
    """
    if any(property.company_id != user.company_id for property in properties):
        raise DomainError("A user sees properties of their own company only.", fields={"properties": ["Another's."]})
    User.objects.select_for_update().get(pk=user.pk)
    wanted = {property.pk for property in properties}
    had = set(user.property_access.values_list("property_id", flat=True))
    for access in user.property_access.exclude(property_id__in=wanted):
        access.delete()
    for pk in sorted(wanted - had):
        PropertyAccess.objects.create(user=user, property_id=pk)
    return had != wanted


@transaction.atomic
def permit_properties(*, user: User, by: User, properties: Collection[Property] | None) -> User:
    """Let the user see these properties alone; None: all of the company, those to come included.

    Conflict for an admin, who sees all, and where `by`, who asks, may not manage the user.
    """
    if user.is_admin and properties is not None:
        raise Conflict(f"{user.email} is an admin, and admins see every property; take that right away first.")
    accounts.update_user(user=user, by=by, all_properties=properties is None)
    give_properties(user=user, properties=properties or ())
    return user
