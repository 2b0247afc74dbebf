"""Rows written at once read back as they were, whatever text they hold."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from billing.models import Invoice, InvoiceLine, InvoiceMail
from intellimeter.common.storing import insert_objects, insert_rows
from tests.factories.billing import InvoiceFactory, ServiceFactory

pytestmark = pytest.mark.django_db

AWKWARD = "\\N Tab\there, \\N and a\n\\.\nline, \r'quotes\" – é €"


def test_objects_get_keys_and_read_back_as_they_were():
    services = [ServiceFactory() for _ in range(3)]
    usage = [{"month": "2021-03", "use": {"E": "1.5"}, "note": AWKWARD}]
    paid = datetime(2021, 4, 1, 12, tzinfo=UTC)
    built = [
        InvoiceFactory.build(
            service=service, public_id=f"0000000{number}", suite=service.suite, service_name=AWKWARD, usage=usage
        )
        for number, service in enumerate(services)
    ]
    names = [field.attname for field in Invoice._meta.concrete_fields if field.name not in {"id", "updated"}]
    rows = [{name: getattr(invoice, name) for name in names} | {"paid": paid} for invoice in built]

    made = insert_objects(Invoice, rows)

    assert [{name: getattr(invoice, name) for name in names} for invoice in made] == rows
    stored = Invoice.objects.in_bulk([invoice.pk for invoice in made])
    assert [{name: getattr(stored[invoice.pk], name) for name in names} for invoice in made] == rows
    assert [invoice.updated for invoice in made] == [stored[invoice.pk].updated for invoice in made]
    assert InvoiceFactory().pk not in stored  # the keys drawn are not given out again


def test_values_left_out_take_their_defaults():
    invoice = InvoiceFactory()

    insert_rows(
        InvoiceLine,
        [
            {"invoice_id": invoice.pk, "position": 1, "kind": "fee", "description": AWKWARD, "amount": Decimal("6.26")},
            {
                "invoice_id": invoice.pk,
                "position": 2,
                "kind": "utility",
                "description": "Water",
                "amount": Decimal("0.00"),
                "quantity": Decimal("0.000001"),
                "basis": [{"name": AWKWARD}],
            },
        ],
    )
    insert_rows(InvoiceMail, [{"invoice_id": invoice.pk, "email": "a@example.com", "name": AWKWARD}])

    assert list(invoice.lines.values_list("description", "amount", "quantity", "utility", "basis")) == [
        (AWKWARD, Decimal("6.26"), None, "", []),
        ("Water", Decimal("0.00"), Decimal("0.000001"), "", [{"name": AWKWARD}]),
    ]
    assert list(invoice.mails.values_list("name", "status", "attempts", "sent")) == [(AWKWARD, "waiting", 0, None)]


def test_nothing_to_insert_needs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_objects(Invoice, []) == []
        insert_rows(InvoiceLine, [])
