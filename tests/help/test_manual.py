"""`/api/v1/documentation`: a PDF with title, contents and every chapter, made once and kept."""

import re
import shutil
import subprocess

import pytest
from django.core.management import call_command
from django.template.loader import get_template

from intellimeter.help.manual import build
from intellimeter.help.manual.chapters import CHAPTERS
from tests.conftest import skip_unless_ci


@pytest.fixture(scope="module")
def text():
    """The manual's text, page by page."""
    if shutil.which("pdftotext") is None:
        skip_unless_ci("There is no pdftotext (Debian's package poppler-utils).")
    command = ["pdftotext", "-layout", str(build.current_manual()), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")


def test_manual_is_a_pdf_for_everybody(client):
    answer = client.get("/api/v1/documentation")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="intellimeter-user-manual.pdf"'
    assert b"".join(answer).startswith(b"%PDF-")


def test_manual_is_made_once(client):
    first = build.current_manual()
    made = first.stat().st_mtime_ns

    b"".join(client.get("/api/v1/documentation"))

    assert build.current_manual() == first
    assert first.stat().st_mtime_ns == made


def test_manual_is_not_sent_again_to_those_who_have_it(client):
    first = client.get("/api/v1/documentation")
    b"".join(first)

    assert client.get("/api/v1/documentation", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_manual_begins_with_a_title(text):
    assert "User manual" in text[0]
    assert f"Edition {build.edition()}" in text[0]


def test_contents_name_the_page_of_every_chapter(text):
    listed = re.findall(r"(\d+)\.\s+(\S.*?)\s?\.{3,}\s*(\d+)", text[1])

    assert [(int(number), title) for number, title, _page in listed] == [
        (number, str(chapter.title)) for number, chapter in enumerate(CHAPTERS, start=1)
    ]
    for number, title, page in listed:
        assert text[int(page) - 1].lstrip().startswith(f"{number}. {title}")


def test_checking_an_invoice_by_hand_comes_out(text):
    whole = " ".join(" ".join(text).split())

    for figure in ("5.22795", "$15.81", "2.0553", "$17.87", "95.965 kWh", "$12.48"):
        assert figure in whole


def test_a_picture_that_is_there_comes_in(monkeypatch, tmp_path):
    (tmp_path / "sign-in-desktop.png").write_bytes(b"picture")
    monkeypatch.setattr(build, "SCREENSHOTS", tmp_path)

    html = get_template("help/manual/sign-in.html").render({"pictures": build._pictures()})

    assert '<img src="data:image/png;base64,cGljdHVyZQ=="' in html
    assert "<img" not in get_template("help/manual/sign-in.html").render({"pictures": {}})


def test_command_says_where_the_manual_is(capsys):
    call_command("build_manual")

    assert capsys.readouterr().out.strip() == str(build.current_manual())


def test_command_makes_it_anew(capsys):
    before = build.current_manual()
    other = before.with_name("user-manual-00000000.pdf")
    other.write_bytes(b"old")

    call_command("build_manual", force=True)

    assert before.read_bytes().startswith(b"%PDF-")
    assert not other.exists()
