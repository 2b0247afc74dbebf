"""What a property's own template may hold, and that LibreOffice opens what comes of it (decisions, section 7)."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from billing.documents.default_template import default_template
from billing.documents.odt import invoice_odt
from billing.documents.own_templates import PLACEHOLDERS, check_template, sample
from intellimeter.common.documents.odt import OdtTemplate, TemplateError
from tests.billing.documents.templates import odt, own_template, repacked, with_element
from tests.conftest import ROOT, skip_unless_ci

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
DRAW = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
SCRIPT = 'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
PLAIN = odt("Total {{ total }}")


def picture(link: str) -> bytes:
    return with_element(
        PLAIN, f'<text:p><draw:frame {DRAW}><draw:image {XLINK} xlink:href="{link}"/></draw:frame></text:p>'
    )


REFUSED = {
    "no zip": (b"%PDF-1.7 no zip at all", "The file is not a readable .odt file."),
    "truncated": (PLAIN[: len(PLAIN) // 2], "The file is not a readable .odt file."),
    "damaged": (PLAIN.replace(b"mimetype", b"mimetypf", 1), "The file is not a readable .odt file."),
    "another kind": (repacked(PLAIN, {"mimetype": b"application/zip"}), "The file is not an OpenDocument text (.odt)."),
    "too large": (PLAIN + b"x" * 2 * 1024 * 1024, "The file is over 2 MiB."),
    "a bomb": (repacked(PLAIN, {"Pictures/x.png": bytes(21 * 1024 * 1024)}), "The file unpacks to over 20 MiB."),
    "many files": (
        repacked(PLAIN, {f"Pictures/{number}": b"" for number in range(1000)}),
        "The file holds over 1,000 files.",
    ),
    "a way out": (repacked(PLAIN, {"../x": b""}), "The file holds '../x', whose path leads out of it."),
    "a Basic library": (
        repacked(PLAIN, {"Basic/Standard/Module1.xml": b"<a/>"}),
        "The document holds macros (Basic/Standard/Module1.xml); save it without any.",
    ),
    "a script": (
        repacked(PLAIN, {"Scripts/python/run.py": b"pass"}),
        "The document holds macros (Scripts/python/run.py); save it without any.",
    ),
    "an event": (
        with_element(PLAIN, f'<script:event-listener {SCRIPT} script:event-name="dom:load"/>'),
        "The document holds a macro or something else that runs (<event-listener> in content.xml); remove it.",
    ),
    "a call of a macro": (
        with_element(
            PLAIN, f'<text:p><text:a {XLINK} xlink:href="vnd.sun.star.script:x.y?language=Basic">x</text:a></text:p>'
        ),
        "The document calls a macro ('vnd.sun.star.script:x.y?language=Basic' in content.xml); remove the call.",
    ),
    "a picture from outside": (
        picture("https://example.com/logo.png"),
        "The document links to 'https://example.com/logo.png', which lies outside it; remove the link.",
    ),
    "a file of the machine": (
        picture("file:///etc/passwd"),
        "The document links to 'file:///etc/passwd', which lies outside it; remove the link.",
    ),
    "a file beside it": (
        picture("../logo.png"),
        "The document links to '../logo.png', which lies outside it; remove the link.",
    ),
    "a link in the text": (
        with_element(PLAIN, f'<text:p><text:a {XLINK} xlink:href="http://example.com">x</text:a></text:p>'),
        "The document links to 'http://example.com', which lies outside it; remove the link.",
    ),
    "a picture that links": (
        repacked(PLAIN, {"Pictures/a.svg": b'<svg><image href="http://example.com/x.png"/></svg>'}),
        "The document links to 'http://example.com/x.png', which lies outside it; remove the link.",
    ),
    "a frame": (
        with_element(PLAIN, f"<text:p><draw:floating-frame {DRAW}/></text:p>"),
        "The document takes something from outside (<floating-frame> in content.xml); remove it.",
    ),
    "an unknown placeholder": (
        odt("Total {{ totl }}"),
        "The placeholder {{ totl }} is not known; did you mean {{ total }}?",
    ),
    "one nothing is near to": (
        odt("{{ zzz }}"),
        "The placeholder {{ zzz }} is not known; the documentation lists those that are.",
    ),
    "one of another group": (
        odt(rows=(("{{ page.name }}",),)),
        "The placeholder {{ page.name }} is not known; did you mean {{ meter.name }}?",
    ),
    "an open placeholder": (
        odt("Total {{ total"),
        "A placeholder begins with {{ and does not end with }} in the same paragraph.",
    ),
    "too many placeholders": (odt("{{ total }} " * 2001), "The document has over 2,000 placeholders."),
    "too many elements": (
        with_element(PLAIN, "<text:p/>" * 5_001),
        "The document has over 5,000 elements; make it simpler.",
    ),
    "broken XML": (repacked(PLAIN, {"content.xml": b"<a>"}), "The XML of content.xml does not parse."),
    "entities": (
        repacked(PLAIN, {"meta.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "The XML of meta.xml declares a document type, which no ODF file needs.",
    ),
    "a manifest in another coding": (
        repacked(PLAIN, {"META-INF/manifest.xml": "<?xml version='1.0' encoding='ISO-8859-1'?><é/>".encode("latin-1")}),
        "The document's manifest is not UTF-8.",
    ),
}


@pytest.mark.parametrize(("source", "message"), REFUSED.values(), ids=REFUSED)
def test_what_would_not_serve_is_refused_with_its_reason(source, message):
    with pytest.raises(TemplateError) as refused:
        check_template(source)

    assert str(refused.value) == message


def test_repeated_rows_within_each_other_are_refused():
    inner = (
        '<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><table:table-row><table:table-cell>'
        "{}</table:table-cell></table:table-row></table:table>"
    )
    nested = inner.format(f"<text:p>{{{{ line.amount }}}}</text:p>{inner.format('<text:p>{{ line.rate }}</text:p>')}")

    with pytest.raises(TemplateError, match="stands within another"):
        check_template(with_element(PLAIN, nested))


@pytest.mark.parametrize(
    "source",
    [
        default_template(),
        own_template(),
        picture(""),
        with_element(PLAIN, f'<text:p><text:a {TEXT} {XLINK} xlink:href="#top">up</text:a></text:p>'),
        repacked(picture("Pictures/logo.png"), {"Pictures/logo.png": b"\x89PNG"}),
        odt(*(f"{{{{ {name} }}}}" for name in sorted(PLACEHOLDERS) if "." not in name)),
    ],
    ids=["default", "own", "no link", "a place in it", "an embedded picture", "every placeholder"],
)
def test_what_serves_is_taken(source):
    check_template(source)


def test_the_documentation_lists_every_placeholder():
    listed = re.findall(
        r"^\| `\{\{ ([a-z_.]+) \}\}` \|", (ROOT / "docs" / "invoice-template.md").read_text(), re.MULTILINE
    )

    assert sorted(listed) == sorted(PLACEHOLDERS)


def converted(source: bytes, kind: str, folder: Path) -> Path:
    office = shutil.which("soffice")
    if office is None:
        skip_unless_ci("LibreOffice is not installed; nothing of the product needs it.")
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "invoice.odt").write_bytes(source)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", folder, folder / "in" / "invoice.odt"]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120)
    return folder / f"invoice.{kind}"


def test_a_template_that_libreoffice_saved_is_taken_and_what_comes_of_it_opens(tmp_path):
    saved = converted(default_template(), "odt", tmp_path).read_bytes()
    check_template(saved)

    filled = invoice_odt(sample(), OdtTemplate(saved))

    text = "".join(page.extract_text() for page in PdfReader(converted(filled, "pdf", tmp_path)).pages)
    assert "Invoice number & <more>" in text
    assert [f"description {number}" in text for number in (1, 2, 3)] == [True, True, False]
