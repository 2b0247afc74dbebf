"""What an invoice template may ask for, and what each of it is: for the check of templates, and for those who write them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACEHOLDERS: dict[str, Promise] = {
    "number": _("The invoice's number."),
    "issued": _("The day it was issued."),
    "due": _("The day it is due."),
    "period": _("The days it bills, in one piece."),
    "period_start": _("The first day billed."),
    "period_end": _("The last day billed."),
    "company": _("The company's name."),
    "sender": _("Who the invoice is from: the sender among the property's rates and terms, else the company."),
    "tax_number": _("The company's HST number."),
    "property": _("The property's name."),
    "property_address": _("The property's address."),
    "tenants": _("The tenants' names, one a line."),
    "suite": _("The suite's name."),
    "service": _("The service's name."),
    "service_address": _("The service's address."),
    "subtotal": _("The sum of the charges."),
    "tax_rate": _("The tax rate in percent."),
    "tax": _("The tax."),
    "total": _("What is to be paid."),
    "notes": _("Remarks on meters and shares, one a line."),
    "usage_charts": _("The suite's use of the last 13 months, a picture for each utility."),
    "line.description": _("What the charge is for."),
    "line.calculation": _("How it is reckoned, one step a line."),
    "line.quantity": _("The suite's consumption with its unit; empty for a fee."),
    "line.rate": _("The rate; empty for a fee."),
    "line.amount": _("The charge."),
    "meter.utility": _("What the meter measures."),
    "meter.name": _("The meter's name."),
    "meter.serial_number": _("Its serial number."),
    "meter.start_time": _("When its register was read at the start."),
    "meter.start_register": _("That register."),
    "meter.end_time": _("When its register was read at the end."),
    "meter.end_register": _("That register."),
    "meter.consumption": _("What it measured between them."),
    "meter.unit": _("The unit of all three."),
}
"""By their names; docs/invoice-template.md lists the same."""
