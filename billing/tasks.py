"""What billing does in the background. Ids in, one service call, harmless to repeat (style, point 7)."""

from celery import shared_task
from django.utils import timezone

from billing import bundles, documents, issuing, mail, selectors
from billing.models import Invoice
from metering.models import Property

SWEEP_EVERY = 60  # seconds, as the beat has it
SWEPT_AT_ONCE = 1000  # more than the workers send between two sweeps


@shared_task
def issue_due() -> None:
    """Ring for every property that has something to bill."""
    for property_id in selectors.properties_to_bill(now=timezone.now()):
        issue_property.delay(property_id)


@shared_task
def issue_property(property_id: int) -> None:
    """Issue what is due at the property, as soon as its meters were read."""
    property = Property.objects.select_related("company").filter(pk=property_id).first()
    if property is not None:
        issuing.issue_property(property=property, now=timezone.now(), wait_for_reads=True)


@shared_task
def deliver_invoices(invoice_ids: list[int]) -> None:
    """Ring for the documents and the mail of invoices just issued; what is lost here, the sweep finds.

    Documents are made ahead for what is still to be mailed; any other's are made when somebody asks for them.
    """
    for invoice_id in selectors.unmailed_ids(invoice_ids):
        make_documents.delay(invoice_id)
    for mail_id in selectors.waiting_mail_ids(invoice_ids):
        send_invoice_mail.delay(mail_id)


@shared_task
def make_documents(invoice_id: int) -> None:
    """Make the invoice's documents, those that are not there yet."""
    invoice = Invoice.objects.select_related("company").filter(pk=invoice_id).first()
    if invoice is not None:
        documents.make_files(invoice)


@shared_task
def send_invoice_mail(mail_id: int) -> None:
    """Send one tenant's message, if it is due."""
    mail.send(mail_id)


@shared_task
def sweep_mail() -> None:
    """Ring for the messages that are due: those whose pause is over, and those that a lost worker or ring left behind.

    The rings expire with the next sweep, which finds again what the workers did not come to: no backlog piles up.
    """
    for mail_id in mail.due_mail_ids(timezone.now(), limit=SWEPT_AT_ONCE):
        send_invoice_mail.apply_async((mail_id,), expires=SWEEP_EVERY)


@shared_task
def make_bundle(bundle_id: int) -> None:
    """Zip the documents of the invoices that somebody asked for."""
    bundles.make_bundle(bundle_id)


@shared_task
def sweep_bundles() -> None:
    """Ring for the zips that lost their worker, and forget those of long ago."""
    bundles.forget_old_bundles(timezone.now())
    for bundle_id in bundles.unmade_ids(timezone.now()):
        make_bundle.delay(bundle_id)
