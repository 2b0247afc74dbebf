"""Invoice numbers: sequential per company, without gaps (decisions, section 7; ADR 6)."""

from django.db import connection
from django.db.models import F

from billing.models import InvoiceSequence

# One statement, where the ORM needs three: most month ends have many properties, and each takes its numbers anew.
_TAKE = """
INSERT INTO billing_invoicesequence (company_id, last_number) VALUES (%s, %s)
ON CONFLICT (company_id) DO UPDATE SET last_number = billing_invoicesequence.last_number + excluded.last_number
RETURNING last_number"""


def take_numbers(company_id: int, count: int) -> range:
    """The company's next so many numbers. Until the transaction ends, nobody else issues for the company.

    They are given back if the transaction fails, so there are no gaps. Take them last, when the figures are reckoned:
    every other issuing of the company waits from here on.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [company_id, count])
        [(last,)] = cursor.fetchall()
    return range(last - count + 1, last + 1)


def give_back(company_id: int, count: int) -> None:
    """Return the last so many of the numbers that this transaction took."""
    InvoiceSequence.objects.filter(company_id=company_id).update(last_number=F("last_number") - count)
