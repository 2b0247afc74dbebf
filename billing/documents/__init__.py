"""An invoice's documents: made from its snapshots, stored once, never changed afterwards (decisions, section 7)."""

from billing.documents.files import KINDS, MEDIA_TYPES, invoice_file, make_files

__all__ = ["KINDS", "MEDIA_TYPES", "invoice_file", "make_files"]
