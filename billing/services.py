"""What people change in billing: constants, fees, tenants, services, whether an invoice is paid (decisions, section 7).

Values have been checked for shape and range by whoever calls (serializer or form); what depends on other rows is judged
here. Issuing has a module of its own.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

from django.db import models, transaction

from billing.documents import check_template
from billing.models import Constants, Fee, Invoice, InvoiceTemplate, Service, TemplateDraft, Tenant, TenantSuite
from intellimeter.common.documents.odt import TemplateError
from intellimeter.common.errors import Conflict, DomainError, NotFound
from metering.models import Property, Suite

ModelT = TypeVar("ModelT", bound=models.Model)


def _change(row: ModelT, changes: Mapping[str, Any]) -> ModelT:
    """Set these fields and no others, so that two who change different fields do not undo each other."""
    for name, value in changes.items():
        setattr(row, name, value)
    stamps = {"updated"} & {field.name for field in row._meta.fields}
    row.save(update_fields={*changes, *stamps})
    return row


def ensure_constants(*, property: Property) -> Constants:
    """The property's constants; with the defaults where it has none yet."""
    return Constants.objects.get_or_create(property=property)[0]


@transaction.atomic
def update_constants(*, constants: Constants, **changes: Any) -> Constants:
    """Change rates, tax or terms of what is issued from now on."""
    return _change(constants, changes)


@transaction.atomic
def create_fee(*, property: Property, **values: Any) -> Fee:
    """Add a flat fee to what the property's suites are billed from now on."""
    return Fee.objects.create(property=property, **values)


@transaction.atomic
def update_fee(*, fee: Fee, **changes: Any) -> Fee:
    """Change a fee of what is issued from now on."""
    return _change(fee, changes)


@transaction.atomic
def delete_fee(*, fee: Fee) -> None:
    """Drop a fee; invoices that carry it keep their copy."""
    fee.delete()


@transaction.atomic
def flush_fees(*, property: Property, fees: Iterable[Mapping[str, Any]]) -> list[Fee]:
    """Put these fees in the place of all that the property has; each gets a new id."""
    Property.objects.select_for_update(no_key=True).get(pk=property.pk)  # two at once would leave the fees of both
    property.fees.all().delete()
    return [Fee.objects.create(property=property, **values) for values in fees]


@transaction.atomic
def create_tenant(*, property: Property, **values: Any) -> Tenant:
    """Add a person who may be bound to suites."""
    return Tenant.objects.create(property=property, **values)


@transaction.atomic
def update_tenant(*, tenant: Tenant, **changes: Any) -> Tenant:
    """Change a tenant; what is issued already keeps its copy of name and address."""
    return _change(tenant, changes)


@transaction.atomic
def delete_tenant(*, tenant: Tenant) -> None:
    """Remove a tenant and their bindings; issued invoices keep their copy of them."""
    tenant.delete()


@transaction.atomic
def bind_tenant(*, tenant: Tenant, suite: Suite) -> TenantSuite:
    """Have the tenant get what the suite is billed; binding twice is binding once."""
    if tenant.property_id != suite.property_id:
        raise DomainError(
            "Tenant and suite are of different properties.", fields={"suite": ["Is not of the tenant's property."]}
        )
    return TenantSuite.objects.get_or_create(tenant=tenant, suite=suite)[0]


@transaction.atomic
def set_tenant_suites(*, tenant: Tenant, suites: Iterable[Suite]) -> None:
    """Bind the tenant to these suites and to no others."""
    wanted = {suite.pk: suite for suite in suites}
    for binding in tenant.bindings.select_related("suite"):
        if wanted.pop(binding.suite_id, None) is None:
            binding.delete()
    for suite in wanted.values():
        bind_tenant(tenant=tenant, suite=suite)


@transaction.atomic
def unbind_tenant(*, tenant: Tenant, suite: Suite) -> None:
    """Undo a binding; NotFound if there is none."""
    binding = TenantSuite.objects.filter(tenant=tenant, suite=suite).first()
    if binding is None:
        raise NotFound("The tenant is not bound to this suite.")
    binding.delete()


@transaction.atomic
def delete_suite(*, suite: Suite) -> None:
    """Delete a suite: its meters lose it, its bindings and services go. Conflict if it has invoices."""
    if count := Invoice.objects.filter(suite=suite).count():
        invoices = "1 invoice, which is kept" if count == 1 else f"{count} invoices, which are kept"
        raise Conflict(f"The suite {suite.name!r} has {invoices}, so the suite cannot be deleted.")
    suite.delete()


@transaction.atomic
def create_service(*, property: Property, suite: Suite, **values: Any) -> Service:
    """Set up a service; it bills on its billing days from today on."""
    _check_suite(property.pk, suite)
    return Service.objects.create(property=property, suite=suite, **values)


@transaction.atomic
def update_service(*, service: Service, now: datetime, **changes: Any) -> Service:
    """Change a service. One that is made active again does not catch up on the time in which it was not."""
    if "suite" in changes:
        _check_suite(service.property_id, changes["suite"])
    if changes.get("active") and not service.active:
        changes["active_since"] = now
    return _change(service, changes)


def _check_suite(property_id: int, suite: Suite) -> None:
    if suite.property_id != property_id:
        raise DomainError("The suite is of another property.", fields={"suite": ["Is not of this property."]})


@transaction.atomic
def delete_service(*, service: Service) -> None:
    """Remove a service; its invoices stay and keep its id as text."""
    service.delete()


@transaction.atomic
def mark_paid(*, invoice: Invoice, now: datetime) -> Invoice:
    """Note that the invoice is paid. Paid is final: a second time changes nothing."""
    held = Invoice.objects.select_for_update(no_key=True).get(pk=invoice.pk)
    return held if held.paid else _change(held, {"paid": now})


@transaction.atomic
def replace_template(*, property: Property, document: bytes, now: datetime) -> InvoiceTemplate:
    """Have the property's invoices made from this .odt from now on; DomainError says why it does not serve."""
    _check_template(document)
    drop_template(property=property, now=now)
    digest = sha256(document).hexdigest()
    return InvoiceTemplate.objects.create(
        property=property, created=now, size=len(document), digest=digest, document=document
    )


@transaction.atomic
def mark_all_paid(*, invoices: Iterable[Invoice], now: datetime) -> int:
    """The same for each of them, all or none; how many were not paid yet."""
    unpaid = Invoice.objects.filter(pk__in=[invoice.pk for invoice in invoices], paid=None)
    held = list(unpaid.select_for_update(no_key=True).order_by("pk"))
    for invoice in held:
        _change(invoice, {"paid": now})
    return len(held)


def _check_template(document: bytes) -> None:
    try:
        check_template(document)
    except TemplateError as error:
        raise DomainError(str(error), fields={"file": [str(error)]}) from error


@transaction.atomic
def draft_template(*, property: Property, name: str, document: bytes, now: datetime) -> TemplateDraft:
    """Check an .odt and lay it by, to be looked at before `use_draft`; DomainError says why it does not serve."""
    _check_template(document)
    values = {"created": now, "name": name[-TemplateDraft.LONGEST_NAME :], "document": document}
    return TemplateDraft.objects.update_or_create(property=property, defaults=values)[0]


@transaction.atomic
def use_draft(*, draft: TemplateDraft, now: datetime) -> InvoiceTemplate:
    """Have the property's invoices made from what was laid by."""
    taken = replace_template(property=draft.property, document=bytes(draft.document), now=now)
    draft.delete()
    return taken


@transaction.atomic
def drop_draft(*, draft: TemplateDraft) -> None:
    """Forget what was laid by; the template in force stays."""
    draft.delete()


@transaction.atomic
def drop_template(*, property: Property, now: datetime) -> None:
    """Return to the default template, where the property has one of its own. It is kept for what was issued under it."""
    Property.objects.select_for_update(no_key=True).get(pk=property.pk)  # two at once would leave two in force
    held = InvoiceTemplate.objects.filter(property=property, ended=None).first()
    if held is None:
        return
    if Invoice.objects.filter(property=property, created__gte=held.created).exists():
        _change(held, {"ended": now})
    else:
        held.delete()
