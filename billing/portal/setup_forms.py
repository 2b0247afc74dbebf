"""What a manager types to set up a property's billing."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import Constants, Fee, Service
from intellimeter.common.portal.forms import PortalForm, PortalModelForm
from metering.models import Property, Suite


class ConstantsForm(PortalModelForm):
    """Rates, tax and terms of the invoices to come."""

    class Meta:
        model = Constants
        fields = [
            "invoice_from",
            "price_per_electricity",
            "price_per_water",
            "price_per_gas",
            "tax_rate",
            "days_to_pay",
        ]
        labels = {
            "invoice_from": _("Invoices come from"),
            "price_per_electricity": _("Electricity, ¢ per kWh"),
            "price_per_water": _("Water, ¢ per m³"),
            "price_per_gas": _("Gas, ¢ per m³"),
            "tax_rate": _("Tax, %"),
            "days_to_pay": _("Days to pay"),
        }
        help_texts = {
            "invoice_from": _("Name and address of the sender, as printed. An email in it gets the tenants' answers."),
            "days_to_pay": _("An invoice is due this many days after it is issued."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = f"{value.normalize():f}"  # 13, as it is typed, not 13.000000


class FeeForm(PortalModelForm):
    """A flat fee."""

    class Meta:
        model = Fee
        fields = ["name", "value", "active"]
        labels = {"name": _("Name"), "value": _("Amount, $ an invoice"), "active": _("Active")}
        help_texts = {
            "name": _("As it is printed on the invoice."),
            "active": _("Charged on every invoice issued from now on."),
        }


class SuiteForm(PortalForm):
    """A suite's name."""

    name = forms.CharField(label=_("Name"), max_length=Suite._meta.get_field("name").max_length)


class ServiceForm(PortalModelForm):
    """A standing order to bill a suite."""

    class Meta:
        model = Service
        fields = ["name", "suite", "invoice_type", "day_of_month", "address", "active"]
        labels = {
            "name": _("Name"),
            "suite": _("Suite"),
            "invoice_type": _("Invoice type"),
            "day_of_month": _("Day of the month"),
            "address": _("Service address"),
            "active": _("Active"),
        }
        help_texts = {
            "invoice_type": _(
                "General Consumption Price: what the suite consumed, at the property's rates. Split From General: its share"
                " of what the whole property consumed. Customized Price: fees alone."
            ),
            "day_of_month": _(
                "Invoices are issued on this day, for the month up to it; day 1 bills the calendar month before."
            ),
            "active": _("A service that is made active again does not bill the time in which it was not."),
        }

    def __init__(self, *args: Any, property: Property, **kwargs: Any):
        super().__init__(*args, **kwargs)
        suites: Any = self.fields["suite"]
        suites.to_field_name = "public_id"
        suites.queryset = Suite.objects.visible_to(self.user).filter(property=property)
        if self.instance.pk:
            self.initial["suite"] = self.instance.suite.public_id
