"""What somebody should look at, each with the list that it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import User
from billing import portal_selectors as billing
from fileupload.enums import Status
from fileupload.models import Delivery
from metering.models import LatestRead, Meter
from metering.portal_selectors import silent
from metering.reviews import open_count


@dataclass(frozen=True, slots=True)
class Matter:
    """One line: what it is, and where its list is."""

    text: str
    address: str
    icon: str
    urgent: bool = False


def matters(user: User, owed: billing.Outstanding, now: datetime) -> list[Matter]:
    """What asks for attention now; nothing where all is well."""
    return list(_matters(user, owed, now))


def _matters(user: User, owed: billing.Outstanding, now: datetime) -> Iterator[Matter]:
    if owed.late:
        said = ngettext("%(count)d invoice is past due", "%(count)d invoices are past due", owed.late)
        yield Matter(said % {"count": owed.late}, _list("invoices", state="late"), "exclamation-triangle", urgent=True)
    if count := billing.unsent_count(user):
        said = ngettext("%(count)d invoice is not mailed yet", "%(count)d invoices are not mailed yet", count)
        yield Matter(said % {"count": count}, _list("invoices", mail="unsent"), "envelope-exclamation", urgent=True)
    if count := LatestRead.objects.filter(silent(now), meter__in=Meter.objects.visible_to(user)).count():
        said = ngettext("%(count)d meter stopped reporting", "%(count)d meters stopped reporting", count)
        yield Matter(said % {"count": count}, _list("meters", state="silent"), "broadcast", urgent=True)
    failed = Delivery.objects.visible_to(user).filter(status=Status.FAILED)
    if user.may("file:http:read") and (count := failed.count()):
        said = ngettext("%(count)d file was not delivered", "%(count)d files were not delivered", count)
        yield Matter(said % {"count": count}, _list("deliveries", status="failed"), "cloud-slash", urgent=True)
    if count := open_count(Meter.objects.visible_to(user)):
        said = ngettext("%(count)d read is for review", "%(count)d reads are for review", count)
        yield Matter(said % {"count": count}, _list("review"), "flag")


def _list(name: str, **query: str) -> str:
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
