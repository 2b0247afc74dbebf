"""Billing's operations in words and examples (reference, Billing; decisions, section 7)."""

from billing.api.described.constants import CONSTANTS, FEE
from billing.api.described.invoices import INVOICE, INVOICE_FILE, SERVICE
from billing.api.described.people import SUITE, TENANT, TENANT_SUITE
from billing.api.described.templates import TEMPLATE

__all__ = ["CONSTANTS", "FEE", "INVOICE", "INVOICE_FILE", "SERVICE", "SUITE", "TEMPLATE", "TENANT", "TENANT_SUITE"]
