"""Runs of scheduled reports: from a queued row to a PDF, and to a mailbox (design, section 5)."""
