"""What billing does in the background. Ids in, one service call, harmless to repeat (style, point 7)."""

from celery import shared_task, signature
from django.utils import timezone

from billing import issuing, selectors
from metering.models import Property


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
        signature("billing.tasks.make_documents", args=[invoice_id]).delay()
    for mail_id in selectors.waiting_mail_ids(invoice_ids):
        signature("billing.tasks.send_invoice_mail", args=[mail_id]).delay()
