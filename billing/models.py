"""What is billed, to whom, and the invoices that came of it (decisions, section 7).

An invoice is immutable once issued: it copies every name, address, rate and register it rests on. `paid` and
`email_sent` are the only facts that later join it.
"""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Company
from billing.enums import InvoiceType, LineKind, MailStatus
from billing.querysets import BundleQuerySet, InvoiceQuerySet
from intellimeter.common.fields import MillionthsField
from intellimeter.common.public_ids import PublicModel
from metering.enums import Utility
from metering.models import Property, Suite
from metering.querysets import OfPropertyQuerySet

NOT_NEGATIVE = MinValueValidator(Decimal(0))


class Constants(models.Model):
    """A property's rates in cents per kWh or m³, its tax rate in percent, and its terms."""

    property = models.OneToOneField(Property, models.CASCADE, primary_key=True, related_name="constants")
    days_to_pay = models.PositiveSmallIntegerField(default=30, validators=[MaxValueValidator(3650)])
    invoice_from = models.CharField(max_length=200, blank=True)
    price_per_electricity = models.DecimalField(
        max_digits=12, decimal_places=6, default=Decimal(13), validators=[NOT_NEGATIVE]
    )
    price_per_gas = models.DecimalField(max_digits=12, decimal_places=6, default=Decimal(13), validators=[NOT_NEGATIVE])
    price_per_water = models.DecimalField(
        max_digits=12, decimal_places=6, default=Decimal(13), validators=[NOT_NEGATIVE]
    )
    tax_rate = models.DecimalField(
        max_digits=7, decimal_places=4, default=Decimal(13), validators=[NOT_NEGATIVE, MaxValueValidator(Decimal(100))]
    )
    updated = models.DateTimeField(auto_now=True)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "constants"
        ordering = ["property__display_name"]

    def __str__(self) -> str:
        return f"Constants of {self.property}"

    def rate_of(self, utility: Utility) -> Decimal:
        """Cents per unit of the utility."""
        return {
            Utility.ELECTRICITY: self.price_per_electricity,
            Utility.WATER: self.price_per_water,
            Utility.GAS: self.price_per_gas,
        }[utility]


class Fee(PublicModel):
    """A flat fee in dollars that every invoice of the property carries while it is active."""

    property = models.ForeignKey(Property, models.CASCADE, related_name="fees")
    name = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    active = models.BooleanField(default=True)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Tenant(PublicModel):
    """A person who gets invoices by mail."""

    property = models.ForeignKey(Property, models.CASCADE, related_name="tenants")
    email = models.EmailField()
    first_name = models.CharField(max_length=150)
    last_name = models.CharField(max_length=150)
    address = models.CharField(max_length=300)
    phone = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 - the reference tells null from ""
    suites = models.ManyToManyField(Suite, through="TenantSuite", related_name="tenants")

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class TenantSuite(models.Model):
    """A tenant bound to a suite: gets what is billed for it."""

    property_path: ClassVar[str] = "suite__property"

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="bindings")
    suite = models.ForeignKey(Suite, models.CASCADE, related_name="bindings")

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "tenant suites"
        constraints = [models.UniqueConstraint(fields=["tenant", "suite"], name="tenant_bound_once")]

    def __str__(self) -> str:
        return f"{self.tenant} · {self.suite}"


class Service(PublicModel):
    """A standing order to bill a suite each month on `day_of_month` (the last day of a shorter month).

    `settled_until` is the last billing day that beat has seen to, so that it need not look at older ones again.
    """

    property = models.ForeignKey(Property, models.PROTECT, related_name="services")
    suite = models.ForeignKey(Suite, models.CASCADE, related_name="services")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    invoice_type = models.CharField(max_length=40, choices=InvoiceType.choices)
    day_of_month = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(31)])
    active = models.BooleanField(default=True)
    active_since = models.DateTimeField(
        default=timezone.now, editable=False, help_text=_("Missed days before this instant are not caught up.")
    )
    settled_until = models.DateField(null=True, editable=False)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class InvoiceSequence(models.Model):
    """The last invoice number of a company; locked by whoever issues, so numbers have no gaps."""

    company = models.OneToOneField(Company, models.PROTECT, primary_key=True, related_name="invoice_sequence")
    last_number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.company}: {self.last_number}"


class Invoice(PublicModel):
    """One service billed for one period: local midnight of `period_start` to local midnight of `period_end`.

    Amounts are dollars, `tax_rate` percent. `service_id` is null once the service is deleted; its public id stays in
    `service_reference`. `recipients` are the tenants at issue: `{"name", "email", "address"}`. `usage` is what the
    suite consumed in each of the last 13 months, oldest first, in the utilities' units as decimal text:
    `{"month": "2021-03", "use": {"E": "40.215000"}}`.
    """

    property_path: ClassVar[str] = "property"

    created = models.DateTimeField(default=timezone.now, editable=False)
    # Each index and each foreign key costs issuing time. So there is none of its own for a column that a constraint or an
    # index below begins with; and the suite's foreign key holds its property, whose own holds the company (ADR 6).
    company = models.ForeignKey(Company, models.PROTECT, related_name="invoices", db_index=False, db_constraint=False)
    property = models.ForeignKey(Property, models.PROTECT, related_name="invoices", db_index=False, db_constraint=False)
    suite = models.ForeignKey(Suite, models.PROTECT, related_name="invoices")
    service = models.ForeignKey(Service, models.SET_NULL, null=True, related_name="invoices", db_index=False)
    service_reference = models.CharField(max_length=8)
    number = models.PositiveBigIntegerField()
    filename = models.CharField(max_length=120)
    invoice_type = models.CharField(max_length=40, choices=InvoiceType.choices)
    period_start = models.DateField()
    period_end = models.DateField(help_text=_("The day after the last day billed."))
    due = models.DateField()
    subtotal = models.DecimalField(max_digits=14, decimal_places=2)
    tax_rate = models.DecimalField(max_digits=7, decimal_places=4)
    tax = models.DecimalField(max_digits=14, decimal_places=2)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    email_sent = models.DateTimeField(null=True)
    paid = models.DateTimeField(null=True)

    company_name = models.CharField(max_length=200)
    tax_number = models.CharField(max_length=40, blank=True)
    invoice_from = models.CharField(max_length=200, blank=True)
    property_name = models.CharField(max_length=200)
    property_address = models.CharField(max_length=300, blank=True)
    timezone = models.CharField(max_length=64)
    suite_name = models.CharField(max_length=120)
    service_name = models.CharField(max_length=200)
    service_address = models.CharField(max_length=300)
    recipients = models.JSONField(default=list)
    usage = models.JSONField(default=list)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["filename"], name="invoice_filename_once"),
            models.UniqueConstraint(fields=["company", "number"], name="invoice_number_once_per_company"),
            models.UniqueConstraint(fields=["service", "period_start"], name="one_invoice_per_service_and_start"),
            models.UniqueConstraint(fields=["service", "period_end"], name="one_invoice_per_service_and_end"),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="invoice_period_not_empty"),
        ]
        indexes = [
            models.Index(fields=["property", "-created"]),
            models.Index(fields=["company"], condition=Q(paid=None), name="unpaid_invoices"),
            models.Index(fields=["created"], condition=Q(email_sent=None), name="unsent_invoices"),
        ]

    def __str__(self) -> str:
        return f"Invoice {self.number}"


class InvoiceLine(models.Model):
    """One charge of an invoice and what it rests on.

    `quantity` is the suite's consumption in the utility's unit, `rate` cents per unit, `amount` dollars. Of a split,
    `total_quantity` and `total_amount` are the property's, and `share` the suite's part of them, 0 to 1. `basis` lists
    the suite's meters: `name`, `serial_number`; `start` and `end`, between which the meter counted for the suite;
    `start_register` read at `start_time` and `end_register` at `end_time`, the last ones up to those bounds (null where
    there is none); `consumption`; how many `reads` that rests on and how many of them are `flagged`. Times are local
    stamps, decimals are text.
    """

    property_path: ClassVar[str] = "invoice__property"

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=LineKind.choices)
    description = models.CharField(max_length=200)
    utility = models.CharField(max_length=1, choices=Utility.choices, blank=True)
    quantity = MillionthsField(null=True)
    rate = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    total_quantity = MillionthsField(null=True)
    total_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    share = models.DecimalField(max_digits=13, decimal_places=12, null=True)
    basis = models.JSONField(default=list)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        ordering = ["invoice", "position"]
        constraints = [models.UniqueConstraint(fields=["invoice", "position"], name="line_position_once")]

    def __str__(self) -> str:
        return self.description


class InvoiceMail(models.Model):
    """An invoice's message to one tenant: written with the invoice, sent by a worker, retried until it is taken.

    `next_attempt` is when it may be tried (again); a worker that takes it moves that ahead, so that nobody else does.
    """

    property_path: ClassVar[str] = "invoice__property"

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="mails", db_index=False)
    email = models.EmailField()
    name = models.CharField(max_length=300)
    status = models.CharField(max_length=10, choices=MailStatus.choices, default=MailStatus.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invoice", "email"], name="one_message_per_tenant")]
        indexes = [
            models.Index(fields=["next_attempt"], condition=~Q(status=MailStatus.SENT), name="mail_still_to_send")
        ]

    def __str__(self) -> str:
        return f"{self.invoice} to {self.email}"


class InvoiceTemplate(models.Model):
    """A property's own invoice template, an .odt, in force from `created` until `ended` (null: still).

    An invoice takes the one that was in force when it was issued, so those that invoices were issued under are kept.
    """

    property = models.ForeignKey(Property, models.CASCADE, related_name="invoice_templates")
    created = models.DateTimeField(default=timezone.now, editable=False)
    ended = models.DateTimeField(null=True, editable=False)
    size = models.PositiveIntegerField(help_text=_("Bytes."))
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the document."))
    document = models.BinaryField()

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        ordering = ["property", "-created"]
        constraints = [
            models.UniqueConstraint(fields=["property"], condition=Q(ended=None), name="one_invoice_template_in_force"),
        ]

    def __str__(self) -> str:
        return f"Invoice template of {self.property}"


class TemplateDraft(models.Model):
    """An invoice template that was checked and is looked at before it is taken into use; one for each property."""

    LONGEST_NAME: ClassVar[int] = 200
    property_path: ClassVar[str] = "property"

    property = models.OneToOneField(Property, models.CASCADE, primary_key=True, related_name="template_draft")
    created = models.DateTimeField(editable=False)
    name = models.CharField(max_length=LONGEST_NAME, help_text=_("The file's name."))
    document = models.BinaryField()

    objects = OfPropertyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class InvoiceBundle(PublicModel):
    """Documents of many invoices that a user asked for as one zip file, made by a worker and kept for a day.

    `done` of the `invoice_ids` (primary keys) are in it. A worker takes it by a conditional UPDATE of `alive`, which it moves
    on as long as it works.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=3)
    invoice_ids = models.JSONField()
    done = models.PositiveIntegerField(default=0)
    alive = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)

    objects = BundleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invoices-{self.public_id}.zip"
