"""`/billing/template`: a property's own invoice template (decisions, section 7)."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
import time_machine
from auditlog.models import LogEntry

from billing.documents.default_template import default_template
from billing.models import Invoice, InvoiceTemplate
from tests.billing.documents.templates import odt, own_template
from tests.billing.houses import AFTER_MARCH, house, services_of
from tests.factories.accounts import api_client
from tests.factories.metering import PropertyFactory

ODT = "application/vnd.oasis.opendocument.text"
NOW = datetime(2021, 4, 1, 13, tzinfo=UTC)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def template(address):
    return address("template")


def put(client, template, document, content_type=ODT):
    return client.generic("PUT", template, document, content_type=content_type)


def fetched(client, template):
    answer = client.get(template)
    assert (answer.status_code, answer["Content-Type"]) == (200, ODT)
    assert answer["Content-Disposition"] == 'attachment; filename="invoice-template.odt"'
    return answer.content


def message(answer, status=400):
    assert (answer.status_code, answer.json()["code"]) == (status, status)
    return answer.json()["message"]


def test_without_one_of_its_own_a_property_has_the_default_template(client, template):
    assert fetched(client, template) == default_template()


def test_what_was_put_comes_back_until_it_is_deleted(client, template, property):
    document = own_template()

    with time_machine.travel(NOW, tick=False):
        answer = put(client, template, document)

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "property": property.public_id,
            "created": "2021-04-01T09:00:00",
            "size": len(document),
            "sha256": sha256(document).hexdigest(),
        },
    )
    assert fetched(client, template) == document
    assert client.delete(template).status_code == 204
    assert fetched(client, template) == default_template()
    assert client.delete(template).status_code == 204
    assert not InvoiceTemplate.objects.exists()


@pytest.mark.parametrize("content_type", ["application/octet-stream", ""])
def test_bytes_of_no_said_kind_are_taken(client, template, content_type):
    assert put(client, template, own_template(), content_type).status_code == 200


def test_default_template_can_be_put_as_ones_own(client, template):
    assert put(client, template, fetched(client, template)).status_code == 200
    assert fetched(client, template) == default_template()


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "The body is empty; send the .odt file as it is."),
        (b"no zip", "The file is not a readable .odt file."),
        (odt("{{ totl }}"), "The placeholder {{ totl }} is not known; did you mean {{ total }}?"),
    ],
)
def test_what_is_refused_changes_nothing(client, template, document, said):
    kept = own_template()
    put(client, template, kept)

    assert message(put(client, template, document)) == said
    assert fetched(client, template) == kept


def test_a_body_over_two_mebibytes_is_too_large(client, template):
    answer = put(client, template, bytes(2 * 1024 * 1024 + 1))

    assert message(answer, 413) == "The body is over 2,097,152 bytes; send less at a time."


def test_json_is_no_template(client, template):
    assert put(client, template, b"{}", "application/json").status_code == 415


def test_property_is_required_and_ones_own(client, address):
    foreign = PropertyFactory()
    InvoiceTemplate.objects.create(property=foreign, size=1, digest="0" * 64, document=b"x")
    elsewhere = f"/api/v1/billing/template?property={foreign.public_id}"

    for call in (client.get, client.delete, lambda path: put(client, path, own_template())):
        assert call(elsewhere).status_code == 404
        assert (
            message(call("/api/v1/billing/template")) == "property: This parameter is required: the id of a property."
        )
    assert bytes(InvoiceTemplate.objects.get().document) == b"x"


def test_scope_is_needed_for_each_operation(client, template, property):
    weak = api_client("billing:invoice:read", user=client.user)

    for call in (weak.get, weak.delete, lambda path: put(weak, path, own_template())):
        assert "billing:template:update" in message(call(template), 403)


def test_upload_is_in_the_audit_log_without_the_file(client, template):
    document = own_template()
    put(client, template, document)
    first = InvoiceTemplate.objects.get()

    entry = LogEntry.objects.get_for_object(first).get()
    assert (entry.actor, entry.changes["digest"]) == (client.user, [None, sha256(document).hexdigest()])
    assert "document" not in entry.changes


def issued(property, month, now) -> Invoice:
    from billing.issuing import issue_month

    [invoice] = issue_month(property=property, month=month.date(), now=now)
    return invoice


def text_of(client, invoice) -> str:
    answer = client.get(f"/api/v1/billing/invoice/{invoice.filename}")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as package:
        return package.read("content.xml").decode()


def test_an_invoice_is_made_from_the_template_of_its_day_whenever_it_is_made(client):
    property, [suite] = house("10", company=client.user.company)
    services_of([suite])
    template = f"/api/v1/billing/template?property={property.public_id}"
    before = issued(property, datetime(2021, 3, 1, tzinfo=UTC), AFTER_MARCH)
    with time_machine.travel(AFTER_MARCH + timedelta(hours=1), tick=False):
        put(client, template, own_template("Ours"))
    ours = issued(property, datetime(2021, 4, 1, tzinfo=UTC), datetime(2021, 5, 2, tzinfo=UTC))
    with time_machine.travel(datetime(2021, 5, 3, tzinfo=UTC), tick=False):
        put(client, template, own_template("Newer"))
    newer = issued(property, datetime(2021, 5, 1, tzinfo=UTC), datetime(2021, 6, 2, tzinfo=UTC))
    with time_machine.travel(datetime(2021, 6, 3, tzinfo=UTC), tick=False):
        client.delete(template)
    after = issued(property, datetime(2021, 6, 1, tzinfo=UTC), datetime(2021, 7, 2, tzinfo=UTC))

    assert "How to pay" in text_of(client, before)
    assert f"Ours 2 of ${ours.total}" in text_of(client, ours)
    assert "Newer 3 of" in text_of(client, newer)
    assert "How to pay" in text_of(client, after)
