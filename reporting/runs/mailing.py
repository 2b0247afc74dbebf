"""Mails the PDF of a run to the schedule's owner, until the server takes it: at least once, and never twice at a time."""

import logging
from datetime import datetime
from email.utils import formataddr

from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.audit import update_rows
from intellimeter.common.mail import LEASE, message_id, one_line, pause_after, reason, sender
from reporting.enums import MailStatus
from reporting.models import Run, Schedule
from reporting.runs import results
from reporting.runs.files import MEDIA_TYPE, path_of, shown_name
from reporting.sections import SECTIONS

logger = logging.getLogger(__name__)

OPEN = (MailStatus.WAITING, MailStatus.SENDING)
MOST_ATTEMPTS = 20  # over about four days


def due_mail_ids(now: datetime, *, limit: int | None = None) -> list[int]:
    """The runs whose message is to be tried, the longest due first."""
    due = Run.objects.filter(mail_status__in=OPEN, mail_next_attempt__lte=now)
    return list(due.order_by("mail_next_attempt", "pk").values_list("pk", flat=True)[:limit])


def send(run_id: int) -> bool:
    """Send one run's message if it is due and nobody else has it; whether the server took it.

    A failure is not raised: it is kept on the row, with the time of the next attempt, and logged.
    """
    run = _take(run_id, timezone.now())
    if run is None:
        return False
    try:
        message_of(run).send()
    except Exception as error:  # whatever it was, the message is still to be sent, and the row says why it is not
        logger.exception("The report %s did not go out to its owner (attempt %d)", run.public_id, run.mail_attempts)
        _note_failure(run, reason(error))
        return False
    Run.objects.filter(pk=run.pk).update(mail_status=MailStatus.SENT, emailed_at=timezone.now(), mail_error="")
    update_rows(Schedule.objects.filter(pk=run.schedule_id), result=results.mailed(run))
    return True


def message_of(run: Run) -> EmailMultiAlternatives:
    """The message, ready to be sent. Made again it has the same Message-ID, so that a repeat can be recognised."""
    user = run.schedule.user
    company = user.company.name if user.company else ""
    context = {
        "name": user.get_full_name(),
        "report": run.schedule.name,
        "covered": results.covered(run),
        "company": company,
        "sections": [SECTIONS[name].title for name in run.schedule.sections],
    }
    message = EmailMultiAlternatives(
        subject=one_line(f"{run.schedule.name}: {results.covered(run)}"),
        body=render_to_string("reporting/mail/report.txt", context),
        from_email=sender(company),
        to=[formataddr((one_line(user.get_full_name()), user.email))],
        headers={"Message-ID": message_id(f"report-{run.public_id}"), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("reporting/mail/report.html", context), "text/html")
    message.attach(shown_name(run), path_of(run).read_bytes(), MEDIA_TYPE)
    return message


def _take(run_id: int, now: datetime) -> Run | None:
    """The row, held until its lease runs out; None if it is sent, not due, or another worker's."""
    due = Run.objects.filter(pk=run_id, mail_status__in=OPEN, mail_next_attempt__lte=now)
    taken = due.update(
        mail_status=MailStatus.SENDING, mail_next_attempt=now + LEASE, mail_attempts=F("mail_attempts") + 1
    )
    if not taken:
        return None
    return Run.objects.select_related("schedule__user__company").get(pk=run_id)


def _note_failure(run: Run, why: str) -> None:
    """Keep the reason, and try again later; unless the lease ran out and somebody else tries it by now."""
    given_up = run.mail_attempts >= MOST_ATTEMPTS
    mine = Run.objects.filter(pk=run.pk, mail_attempts=run.mail_attempts, mail_status=MailStatus.SENDING)
    noted = mine.update(
        mail_status=MailStatus.GIVEN_UP if given_up else MailStatus.WAITING,
        mail_next_attempt=timezone.now() + pause_after(run.mail_attempts),
        mail_error=why,
    )
    if noted:
        told = results.not_taken(run, why, given_up=given_up)
        update_rows(Schedule.objects.filter(pk=run.schedule_id), result=told)
