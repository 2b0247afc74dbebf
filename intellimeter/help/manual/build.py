"""Making the manual, and finding the one that is made."""

import hashlib
import os
from base64 import b64encode
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.template.loader import render_to_string

from intellimeter.common.documents.pdf import pdf_of
from intellimeter.help.manual.chapters import CHAPTERS, PARTS, STYLESHEET, TEMPLATE

TEMPLATES = settings.BASE_DIR / "templates"
SCREENSHOTS = settings.BASE_DIR / "docs/manual/screenshots"
EDITION_LENGTH = 8


def current_manual() -> Path:
    """The manual's file; made first where there is none of this edition."""
    path = _folder() / f"user-manual-{edition()}.pdf"
    return path if path.exists() else build_manual()


def build_manual() -> Path:
    """Make the manual, and remove those of other editions. Two that make it at once leave the same file."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"user-manual-{edition()}.pdf"
    context = {"chapters": CHAPTERS, "edition": edition(), "pictures": _pictures()}
    content = pdf_of(render_to_string(TEMPLATE, context), stylesheet=render_to_string(STYLESHEET))
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
        file.write(content)
    os.replace(file.name, path)
    for other in folder.glob("user-manual-*.pdf"):
        if other != path:
            other.unlink(missing_ok=True)
    return path


@cache
def edition() -> str:
    """What tells one state of the manual's text, look and pictures from another."""
    content = hashlib.sha256()
    for name in PARTS:
        content.update((TEMPLATES / name).read_bytes())
    for path in sorted(SCREENSHOTS.glob("*.png")):
        content.update(path.name.encode() + path.read_bytes())
    return content.hexdigest()[:EDITION_LENGTH]


def _pictures() -> dict[str, str]:
    """The screenshots that there are, as addresses that hold them, by their names with underscores."""
    return {
        path.stem.replace("-", "_"): f"data:image/png;base64,{b64encode(path.read_bytes()).decode()}"
        for path in sorted(SCREENSHOTS.glob("*.png"))
    }


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "manual"
