import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from billing.documents import invoice_file, make_files
from billing.tasks import make_documents
from intellimeter.common.documents import stored
from tests.billing.documents.builder import build_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def _read(invoice, kind):
    with invoice_file(invoice, kind) as file:
        return file.read()


def test_invoice_file_is_stored_under_its_company(media):
    invoice = build_invoice(filename="invoice-1042-0a1b2c3d.odt")

    with invoice_file(invoice, "odt") as odt, invoice_file(invoice, "pdf") as pdf:
        assert (odt.name, pdf.name) == ("invoice-1042-0a1b2c3d.odt", "invoice-1042-0a1b2c3d.pdf")
        assert (odt.read(2), pdf.read(5)) == (b"PK", b"%PDF-")
    folder = media / "invoices" / invoice.company.public_id
    assert sorted(path.name for path in folder.iterdir()) == ["invoice-1042-0a1b2c3d.odt", "invoice-1042-0a1b2c3d.pdf"]


def test_invoice_file_never_changes_once_made():
    invoice = build_invoice()
    first = _read(invoice, "odt")

    invoice.company_name = "Renamed"

    assert _read(invoice, "odt") == first


def test_invoice_file_is_not_readable_by_everybody(media):
    invoice_file(build_invoice(), "odt").close()

    (path,) = media.rglob("*.odt")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_invoice_file_made_twice_at_once_stays_the_first(media):
    path = media / "invoices" / "x.odt"

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: stored.store_once(path, str(number).encode() * 100_000), range(8)))

    content = path.read_bytes()
    assert content == content[:1] * 100_000
    assert list(path.parent.iterdir()) == [path]


def test_invoice_file_that_cannot_be_made_leaves_nothing(media, monkeypatch):
    invoice = build_invoice()

    def broken(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(stored.os, "fsync", broken)
    with pytest.raises(OSError, match="No space left"):
        invoice_file(invoice, "odt")

    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_make_documents_makes_both_and_is_harmless_to_repeat(media):
    invoice = build_invoice()

    make_documents(invoice.pk)
    made = {path.suffix: path.stat().st_mtime_ns for path in media.rglob("invoice-*")}
    make_documents(invoice.pk)

    assert {path.suffix: path.stat().st_mtime_ns for path in media.rglob("invoice-*")} == made
    assert made.keys() == {".odt", ".pdf"}


def test_make_documents_of_an_invoice_that_is_gone_does_nothing(media):
    make_documents(4711)

    assert list(Path(media).iterdir()) == []


def test_make_files_asks_for_the_lines_only_while_a_file_is_missing(django_assert_num_queries):
    invoice = build_invoice()
    make_files(invoice)

    with django_assert_num_queries(0):
        make_files(invoice)
