"""From a given file to what it makes: a rehearsal that stores nothing, then, on confirmation, the same for good.

Both run in a worker, through the service of `manage.py provision`, as the doing of whoever gave the file.
"""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import acting_for
from accounts.models import User
from intellimeter.common.errors import Conflict, DomainError
from intellimeter.provisioning import InvalidSite, Outcome, parse_document, provision, rehearse
from intellimeter.provisioning.document import MAX_BYTES
from intellimeter.site_files.models import SiteFile, State
from intellimeter.site_files.progress import Progress, entries_in

PROBLEMS_KEPT = 1000
NAMES_KEPT = 20


@transaction.atomic
def take_file(*, user: User, name: str, content: bytes) -> SiteFile:
    """Keep the file and have it looked at. `content` may be cut after `MAX_BYTES` + 1: so long a file is refused."""
    if len(content) > MAX_BYTES:
        raise _refusal(
            _("The file is larger than %(size)d MiB; split it by properties.") % {"size": MAX_BYTES // 2**20}
        )
    try:
        document = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(_("The file is not UTF-8 text.")) from error
    given = SiteFile.objects.create(user=user, name=name[:200], document=document)
    transaction.on_commit(lambda: _ring("check_site_file", given.pk))
    return given


@transaction.atomic
def confirm(*, given: SiteFile) -> None:
    """Have a file that was looked at laid down."""
    held = SiteFile.objects.select_for_update().get(pk=given.pk)
    if held.state != State.CHECKED:
        raise Conflict(
            _("The file does not wait for a confirmation: it is %(state)s.") % {"state": held.get_state_display()}
        )
    held.state = State.RUNNING
    held.save(update_fields=["state", "updated"])
    transaction.on_commit(lambda: _ring("lay_site_file", held.pk))


def check(pk: int) -> None:
    """Rehearse: what it would make, or what is wrong with it. Nothing to do where that is known already."""
    given = SiteFile.objects.filter(pk=pk, state=State.CHECKING).first()
    if given is not None:
        _work(given, rehearse, State.CHECKED)


def lay(pk: int) -> None:
    """Make what the file says. What it made and that it is done are stored together, so that a second call finds it done."""
    given = SiteFile.objects.filter(pk=pk, state=State.RUNNING).first()
    if given is not None:
        _work(given, provision, State.DONE)


def tell_secrets(*, given: SiteFile) -> list[dict[str, str]]:
    """The client secrets that the file had made, this once: they are stored hashed, and forgotten here."""
    secrets: list[dict[str, str]] = given.secrets or []
    if secrets:
        given.secrets = None
        given.save(update_fields=["secrets", "updated"])
    return secrets


def _work(given: SiteFile, act: Callable[..., Outcome], state: State) -> None:
    try:
        document = parse_document((given.document or "").encode())
        with (
            Progress(given.public_id, entries_in(document)) as progress,
            acting_for(given.user, door="admin"),
            transaction.atomic(),
        ):
            outcome = act(document, progress=progress.add)
            given.plan = plan_of(outcome)
            given.secrets = outcome.secrets if state == State.DONE and outcome.secrets else None
            _settle(given, state)
    except InvalidSite as error:
        _refuse(given, error.problems)
    except IntegrityError:
        _refuse(given, [_("Somebody else changed the same things meanwhile; give the file again.")])
    except Exception:
        _refuse(given, [_("The work broke off; the server's log says why.")])
        raise


def _refuse(given: SiteFile, problems: list[str]) -> None:
    given.problems = problems[:PROBLEMS_KEPT]
    if len(problems) > PROBLEMS_KEPT:
        given.problems.append(_("… and %(count)d more.") % {"count": len(problems) - PROBLEMS_KEPT})
    given.plan, given.secrets = {}, None
    _settle(given, State.REFUSED)


def _settle(given: SiteFile, state: State) -> None:
    given.state = state
    if state != State.CHECKED:
        given.document, given.finished = None, timezone.now()
    given.save()


def plan_of(outcome: Outcome) -> dict[str, Any]:
    """By kind and change how many, and the first names."""
    plan: dict[str, Any] = {}
    for (kind, change), names in outcome.named.items():
        count = outcome.changes[kind, change]
        plan.setdefault(kind, {})[change] = {"count": count, "names": names[:NAMES_KEPT]}
    return plan


def _refusal(sentence: str) -> DomainError:
    return DomainError(sentence, fields={"file": [sentence]})


def _ring(task: str, pk: int) -> None:
    from intellimeter.site_files import tasks

    getattr(tasks, task).delay(pk)
