import io
import zipfile

import pytest
from lxml import etree
from odf.opendocument import OpenDocumentText, load
from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import P, Span

from intellimeter.common.documents.odt import MIMETYPE, OdtTemplate, Picture, TemplateError

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _document(*parts):
    document = OpenDocumentText()
    for part in parts:
        document.text.addElement(part)
    target = io.BytesIO()
    document.write(target)
    return target.getvalue()


def _table(*rows, head=None):
    table = Table(name="Lines")
    table.addElement(TableColumn())
    if head:
        heading = TableHeaderRows()
        heading.addElement(_row(head))
        table.addElement(heading)
    for row in rows:
        table.addElement(_row(row))
    return table


def _row(*texts):
    row = TableRow()
    for text in texts:
        cell = TableCell()
        cell.addElement(P(text=text))
        row.addElement(cell)
    return row


def _paragraphs(odt):
    with zipfile.ZipFile(io.BytesIO(odt)) as package:
        root = etree.fromstring(package.read("content.xml"))
    for line_break in root.iter(f"{TEXT}line-break"):
        line_break.text = "\n"
    return ["".join(paragraph.itertext()) for paragraph in root.iter(f"{TEXT}p")]


def _replaced(odt, name, content):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, content if entry.filename == name else old.read(entry))
    return target.getvalue()


def test_fill_replaces_placeholders():
    template = OdtTemplate(_document(P(text="Total {{ total }} by {{due}}"), P(text="No { braces }")))

    assert template.placeholders == {"total", "due"}
    assert _paragraphs(template.fill({"total": "$5.00", "due": "May 1"}, {})) == [
        "Total $5.00 by May 1",
        "No { braces }",
    ]


def test_fill_joins_a_placeholder_that_an_editor_cut():
    paragraph = P(text="Due {")
    paragraph.addElement(Span(text="{ to"))
    paragraph.addElement(Span(text="tal }"))
    paragraph.addText("} and {{ due }}.")
    template = OdtTemplate(_document(paragraph))

    assert template.placeholders == {"total", "due"}
    assert _paragraphs(template.fill({"total": "$5.00", "due": "May 1"}, {})) == ["Due $5.00 and May 1."]


def test_fill_escapes_values_and_keeps_their_lines():
    template = OdtTemplate(_document(P(text="{{ name }}")))

    assert _paragraphs(template.fill({"name": '<a> & "b"\x00\nof {{ c }}'}, {})) == ['<a> & "b"\nof {{ c }}']


def test_fill_repeats_a_row_for_each_item():
    template = OdtTemplate(_document(_table("{{ line.name }} {{ year }}", "last", head="Charges")))
    lines = [{"name": "Electricity"}, {"name": "Water"}]

    assert template.placeholders == {"line.name", "year"}
    filled = template.fill({"year": "2021"}, {"line": lines})
    assert _paragraphs(filled) == ["Charges", "Electricity 2021", "Water 2021", "last"]


def test_fill_leaves_out_a_paragraph_whose_placeholders_are_all_empty():
    template = OdtTemplate(_document(P(text="HST no. {{ number }}"), P(text="{{ number }}{{ name }}"), P(text="plain")))

    assert _paragraphs(template.fill({"number": "", "name": "x"}, {})) == ["x", "plain"]


def test_fill_leaves_out_a_table_without_items():
    template = OdtTemplate(_document(_table("{{ line.name }}", head="Charges"), P(text="end")))

    assert _paragraphs(template.fill({}, {"line": []})) == ["end"]


def test_fill_keeps_the_other_rows_of_a_table_without_items():
    template = OdtTemplate(_document(_table("{{ line.name }}", "Total {{ total }}", head="Charges")))

    assert _paragraphs(template.fill({"total": "$5.00"}, {"line": []})) == ["Charges", "Total $5.00"]


def test_fill_puts_pictures_into_the_package():
    template = OdtTemplate(_document(P(text="Use: {{ charts }}")))
    picture = Picture("use.svg", b"<svg/>", "image/svg+xml", width=8.5, height=2.25, title="Use & more")

    filled = template.fill({"charts": [picture]}, {})

    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        assert package.read("Pictures/use.svg") == b"<svg/>"
        assert b'manifest:full-path="Pictures/use.svg" manifest:media-type="image/svg+xml"' in package.read(
            "META-INF/manifest.xml"
        )
        assert b'svg:width="8.500cm" svg:height="2.250cm"' in package.read("content.xml")


def test_fill_without_a_value_names_the_placeholder():
    with pytest.raises(KeyError, match="total"):
        OdtTemplate(_document(P(text="{{ total }}"))).fill({}, {})


def test_fill_is_valid_odf_and_the_same_every_time():
    template = OdtTemplate(_document(P(text="{{ total }}")))

    filled = template.fill({"total": "$5.00"}, {})

    assert filled == template.fill({"total": "$5.00"}, {})
    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert package.read("mimetype").decode() == MIMETYPE
        manifest = etree.fromstring(package.read("META-INF/manifest.xml"))
        listed = {entry.get(f"{{{entry.nsmap['manifest']}}}full-path") for entry in manifest}
        assert {name for name in package.namelist() if name not in {"mimetype", "META-INF/manifest.xml"}} <= listed
    assert load(io.BytesIO(filled)).getMediaType() == MIMETYPE


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"no zip", "The file is not a readable .odt file."),
        (_replaced(_document(), "mimetype", b"application/zip"), "The file is not an OpenDocument text (.odt)."),
        (_replaced(_document(), "content.xml", b"<a>"), "The XML of content.xml does not parse."),
        (
            _replaced(_document(), "content.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            "The XML of content.xml declares a document type, which no ODF file needs.",
        ),
        (
            _document(P(text="{{ line.name }}")),
            "{{ line.name }} stands outside a table row, so there is nothing to repeat for it.",
        ),
        (
            _document(_table("{{ line.name }} {{ meter.name }}")),
            "One table row asks for items of line and meter; a row repeats one kind.",
        ),
        (
            _document(P(text="{{ Total due }}")),
            "{{ Total due }} is not a placeholder: those are like {{ total }}.",
        ),
        (_document(Table(name="{{ total }}")), "A placeholder stands in an attribute; only text can hold one."),
    ],
)
def test_template_refuses_what_it_cannot_fill(source, message):
    with pytest.raises(TemplateError) as refused:
        OdtTemplate(source)

    assert str(refused.value) == message
