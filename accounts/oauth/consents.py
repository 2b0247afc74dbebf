"""What users let programs do: remembered once given, shown in the portal, and revoked with every token that came of it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import AccessToken, Application, Consent, DeviceGrant, Grant, RefreshToken, User
from accounts.scopes import in_order


def consented_scopes(user: User, application: Application) -> frozenset[str]:
    """What the user has let the program do; nothing where they were never asked, or revoked it."""
    scopes = Consent.objects.filter(user=user, application=application).values_list("scopes", flat=True).first()
    return frozenset((scopes or "").split())


@transaction.atomic
def give_consent(*, user: User, application: Application, scopes: Iterable[str]) -> Consent:
    """Remember that the user accepts these scopes, beside those accepted before."""
    consent, made = Consent.objects.select_for_update().get_or_create(
        user=user, application=application, defaults={"scopes": in_order(scopes), "given": timezone.now()}
    )
    if not made:
        consent.scopes = in_order({*consent.scopes.split(), *scopes})
        consent.given = timezone.now()
        consent.save()
    return consent


@transaction.atomic
def revoke_consent(*, consent: Consent) -> None:
    """Forget it. Every token by which the program acts for the user dies, and so does every code that is still out."""
    whose = {"user": consent.user, "application": consent.application}
    # A refresh holds a row of its family until it has written the new pair: wait for it, then take that pair too.
    list(RefreshToken.objects.select_for_update().filter(**whose).order_by("pk").values_list("pk"))
    RefreshToken.objects.filter(**whose, revoked=None).update(revoked=timezone.now(), access_token=None)
    AccessToken.objects.filter(**whose).delete()
    Grant.objects.filter(**whose).delete()
    DeviceGrant.objects.filter(user=consent.user, client_id=consent.application.client_id).delete()
    consent.delete()
