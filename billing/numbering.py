"""Invoice numbers: sequential per company, without gaps (decisions, section 7; ADR 6)."""

from billing.models import InvoiceSequence


def lock_sequence(company_id: int) -> InvoiceSequence:
    """The company's sequence, held until the transaction ends: nobody else issues for the company meanwhile.

    Numbers taken from it are given back if the transaction fails, so there are no gaps. Lock it last, when the figures
    are reckoned: every other issuing of the company waits for it.
    """
    held = InvoiceSequence.objects.select_for_update().filter(company_id=company_id)
    if (sequence := held.first()) is not None:
        return sequence
    InvoiceSequence.objects.bulk_create([InvoiceSequence(company_id=company_id)], ignore_conflicts=True)
    return held.get()


def take_numbers(sequence: InvoiceSequence, count: int) -> range:
    """The next so many numbers of a sequence that is locked."""
    first = sequence.last_number + 1
    sequence.last_number += count
    sequence.save(update_fields=["last_number"])
    return range(first, first + count)
