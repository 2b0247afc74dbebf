"""What an OpenDocument text looks like as a PDF; its text is read back from the pages."""

import io

import pytest
from pypdf import PdfReader

from billing.documents.default_template import default_template
from billing.documents.odt import invoice_odt
from billing.documents.own_templates import sample
from intellimeter.common.documents.odf_html import pdf_of_odt
from intellimeter.common.documents.odf_looks import LONGEST, length
from tests.billing.documents.templates import odt, repacked, with_element

NS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
    for name, kind in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
)


def pages(source: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf_of_odt(source))).pages]


def styled(properties: str, *, layout: str = "", master: str = "") -> bytes:
    """A document of two paragraphs in the style P1, which has these properties."""
    styles = (
        f"<office:document-styles {NS}><office:styles/>"
        f'<office:automatic-styles><style:page-layout style:name="L">{layout}</style:page-layout>'
        '<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:text-transform="uppercase"/>'
        "</style:style></office:automatic-styles>"
        f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">{master}'
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    content = (
        f'<office:document-content {NS}><office:automatic-styles><style:style style:name="P1"'
        f' style:family="paragraph">{properties}</style:style></office:automatic-styles><office:body><office:text>'
        '<text:p text:style-name="P1">one</text:p><text:p text:style-name="P1">two</text:p>'
        "</office:text></office:body></office:document-content>"
    )
    return repacked(odt("x"), {"styles.xml": styles.encode(), "content.xml": content.encode()})


def test_the_default_template_comes_out_whole_with_its_foot_on_each_page():
    text = pages(invoice_odt(sample()))

    assert text[0].startswith("sender & <more> Invoice number & <more>")
    for said in ("Invoice number number & <more>", "description 1 calculation 1 amount 1", "Total total & <more>"):
        assert said in text[0]
    assert [page[-11:] for page in text] == [f"Page {at} of {len(text)}" for at in range(1, len(text) + 1)]


def test_same_document_gives_the_same_pdf():
    assert pdf_of_odt(default_template()) == pdf_of_odt(default_template())


def test_head_and_foot_have_styles_of_their_own():
    head = '<style:header><text:p text:style-name="P1">our house</text:p></style:header>'

    assert pages(styled("", master=head)) == ["one two OUR HOUSE"]  # in the order in which they are drawn


def test_sheet_and_page_breaks_are_the_documents():
    layout = '<style:page-layout-properties fo:page-width="10cm" fo:page-height="20cm" fo:margin="1cm"/>'
    source = styled('<style:paragraph-properties fo:break-before="page"/>', layout=layout)

    reader = PdfReader(io.BytesIO(pdf_of_odt(source)))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [283, 567]
    assert pages(source) == ["one", "two"]


@pytest.mark.parametrize(
    "value", ["red; } @page { size: 1cm", "url(http://example.com)", "expression(1)", "99999cm", "</style><p>x"]
)
def test_value_that_is_none_is_left_out(value):
    escaped = value.replace("<", "&lt;")

    assert pages(styled(f'<style:paragraph-properties fo:margin-left="{escaped}"/>')) == ["one two"]


def test_hidden_and_foreign_parts_do_not_show():
    notes = (
        "<text:tracked-changes>gone</text:tracked-changes><office:annotation>note</office:annotation>"
        "<text:p>a<text:s text:c='3'/>b<text:unknown>c</text:unknown></text:p>"
    )

    assert pages(with_element(odt("x"), notes)) == ["x a bc"]


def test_repetition_without_end_ends():
    endless = (
        "<text:p><text:s text:c='99999'/><text:s text:c='999999999999'/></text:p><table:table>"
        "<table:table-column table:number-columns-repeated='99999'/><table:table-row><table:table-cell"
        " table:number-columns-spanned='99999' table:number-rows-spanned='99999'><text:p>cell</text:p>"
        f"</table:table-cell></table:table-row></table:table><text:p {NS}/>"
    )

    assert pages(with_element(odt("x"), endless)) == ["x cell"]


@pytest.mark.parametrize(
    ("text", "centimetres"),
    [
        ("2.54cm", 2.54),
        ("1in", 2.54),
        ("72pt", 2.54),
        ("-5mm", -0.5),
        (f"{LONGEST + 1}cm", None),
        ("1e9cm", None),
        ("-.cm", None),
        ("cm", None),
        ("", None),
        (None, None),
    ],
)
def test_length(text, centimetres):
    assert length(text) == (None if centimetres is None else pytest.approx(centimetres))
