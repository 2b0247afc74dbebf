"""The administration of companies, people, programs and the audit log."""

from accounts.admin import applications, log, people, sign_ins, tokens

__all__ = ["applications", "log", "people", "sign_ins", "tokens"]
