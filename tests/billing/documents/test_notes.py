import pytest

from billing.documents.notes import notes_of
from tests.billing.documents.builder import build_invoice, meter, metered_line

pytestmark = pytest.mark.django_db


def _notes(*meters, **invoice):
    built = build_invoice(metered_line(basis=list(meters)), **invoice)
    return list(notes_of(built, list(built.lines.all())))


def test_notes_of_a_plain_invoice_are_none():
    assert _notes(meter()) == []


def test_notes_count_flagged_reads():
    assert _notes(meter(serial_number="A", flagged=2), meter(serial_number="B", flagged=1), meter()) == [
        "3 reads of meter A and meter B did not fit the ones around them and were set aside for review: nothing is "
        "charged on the strength of such a read."
    ]


def test_notes_count_one_flagged_read():
    assert _notes(meter(serial_number="A", flagged=1)) == [
        "1 read of meter A did not fit the ones around it and was set aside for review: nothing is charged on the "
        "strength of such a read."
    ]


def test_notes_explain_registers_that_do_not_differ_by_the_consumption():
    rolled = meter(serial_number="A", start_register="99990.000000", end_register="10.000000", consumption="20.000000")

    assert _notes(rolled) == [
        "The register of meter A began anew within the period, so its consumption is not the difference of the two "
        "registers: it was added up before and after."
    ]


def test_notes_name_the_span_of_a_meter_that_came_later():
    assert _notes(meter(serial_number="A", start="2021-03-15T12:30:00")) == [
        "Meter A served your suite from 2021-03-15 12:30 to 2021-04-01 00:00 only."
    ]


def test_notes_take_a_midnight_that_the_clock_skips_as_it_is():
    # In Havana the clock went from 0:00 to 1:00 on 14 March 2021: that day began at 1:00.
    from datetime import date

    invoice = {"timezone": "America/Havana", "period_start": date(2021, 3, 14), "period_end": date(2021, 4, 1)}

    assert _notes(meter(start="2021-03-14T01:00:00"), **invoice) == []
