"""Invoices by mail: one message per tenant, until the server takes it (decisions, section 7; ADR 7)."""

from billing.mail.sending import due_mail_ids, resend, send

__all__ = ["due_mail_ids", "resend", "send"]
