import io
import logging

from pypdf import PdfReader

from intellimeter.common.documents.pdf import pdf_of


def test_pdf_of_holds_the_text():
    pdf = pdf_of("<!doctype html><title>A title</title><p>Total $1,234.56 ¢ m³", stylesheet="p { color: red }")

    reader = PdfReader(io.BytesIO(pdf))
    assert reader.pages[0].extract_text() == "Total $1,234.56 ¢ m³"
    assert reader.metadata.title == "A title"


def test_pdf_of_same_html_is_the_same_file():
    assert pdf_of("<p>a", stylesheet="") == pdf_of("<p>a", stylesheet="")


def test_pdf_of_fetches_nothing(tmp_path, caplog):
    secret = tmp_path / "secret.svg"
    secret.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><text y="20">a secret</text></svg>'
    )
    html = f'<p>before</p><img src="{secret.as_uri()}"><img src="http://127.0.0.1:9/x.png"><p>after</p>'

    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        pdf = pdf_of(html, stylesheet="")

    assert PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split() == ["before", "after"]
    assert [record.getMessage().count("disallowed protocol") for record in caplog.records] == [1, 1]
