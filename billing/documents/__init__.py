"""An invoice's documents: made from its snapshots, stored once, never changed afterwards (decisions, section 7)."""

from billing.documents.files import KINDS, MEDIA_TYPES, invoice_file, make_files
from billing.documents.own_templates import check_template, template_file

__all__ = ["KINDS", "MEDIA_TYPES", "check_template", "invoice_file", "make_files", "template_file"]
