"""An invoice as a file, at all of its addresses (reference, Invoice File; decisions, sections 1 and 7)."""

import pytest

from billing.documents import MEDIA_TYPES
from tests.factories.billing import InvoiceFactory
from tests.factories.metering import PropertyFactory

ADDRESSES = ["billing/invoice/{name}", "invoiceFile/{name}", "invoiceFile?name={name}"]


@pytest.fixture
def invoice(property):
    return InvoiceFactory(service__suite__property=property)


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("kind", "beginning"), [("odt", b"PK"), ("pdf", b"%PDF-")])
def test_the_file_at_each_address(client, invoice, address, kind, beginning):
    name = invoice.filename.replace(".odt", f".{kind}")

    answer = client.get(f"/api/v1/{address.format(name=name)}")

    assert (answer.status_code, answer["Content-Type"]) == (200, MEDIA_TYPES[kind])
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert content(answer).startswith(beginning)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("name", ["nothing.odt", "{stem}.doc", "{stem}", "..%2F..%2Fsecrets.env", "{stem}.odt.odt"])
def test_an_unknown_name_is_not_found(client, invoice, address, name):
    name = name.format(stem=invoice.filename.removesuffix(".odt"))

    assert client.get(f"/api/v1/{address.format(name=name)}").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_companys_file_is_not_found(client, address):
    foreign = InvoiceFactory()

    assert client.get(f"/api/v1/{address.format(name=foreign.filename)}").status_code == 404


def test_a_file_of_another_property_than_the_named_one_is_not_found(client, invoice):
    other = PropertyFactory(company=invoice.company)

    assert client.get(f"/api/v1/invoiceFile/{invoice.filename}?property={other.public_id}").status_code == 404
    assert (
        client.get(f"/api/v1/invoiceFile/{invoice.filename}?property={invoice.property.public_id}").status_code == 200
    )


def test_the_name_is_required(client):
    answer = client.get("/api/v1/invoiceFile")

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["name"])
