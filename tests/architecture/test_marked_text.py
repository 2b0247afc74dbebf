"""Every word that a template says is marked for translation: pages, forms, documents and mails."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

WRITTEN_WHOLE = ("templates/help/guide/", "templates/help/manual/")
"""Chapters of prose, in a language each: a translation is a chapter of its own, not a list of phrases."""
NAMES = {"Intellimeter", "Intellimeter API", "Intelli", "meter", "XXXX-XXXX", "Message-ID"}

UNSAID = [
    re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL),
    re.compile(r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}", re.DOTALL),
    re.compile(r"<!--.*?-->|<(script|style|code|kbd|pre)\b.*?</\1>", re.DOTALL),
    re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL),
    re.compile(r"hx-[\w:-]+=\"[^\"]*\""),
]
SPOKEN_ATTRIBUTES = re.compile(r'\b(?:title|aria-label|alt|placeholder|data-label)="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")


def unmarked(template: str) -> list[str]:
    """The phrases that stand bare in the template's text and in the attributes that people read or hear."""
    for pattern in UNSAID:
        template = pattern.sub("", template)
    phrases = [*SPOKEN_ATTRIBUTES.findall(template), *re.sub(r"<[^>]*>|&\w+;", "\n", template).split("\n")]
    said = (phrase.strip(" \t·:()") for phrase in phrases)
    return [phrase for phrase in said if WORD.search(phrase) and phrase not in NAMES]


def templates() -> list[str]:
    names = subprocess.run(
        ["git", "ls-files", "templates"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [
        name
        for name in names.split()
        if Path(name).suffix in {".html", ".txt"} and not name.startswith(WRITTEN_WHOLE) and (ROOT / name).exists()
    ]


def test_every_word_of_the_templates_is_marked():
    found = {name: unmarked((ROOT / name).read_text()) for name in templates()}

    assert {name: phrases for name, phrases in found.items() if phrases} == {}


@pytest.mark.parametrize(
    ("template", "phrases"),
    [
        ('<p>{% translate "Said" %}</p>', []),
        ("<p>Bare {{ name }}</p>", ["Bare"]),
        ('<a title="Bare"></a>', ["Bare"]),
        ('<a title="{% translate \'Said\' %}" class="btn btn-sm">{{ x }} · 5</a>', []),
        ("{% blocktranslate %}Said {{ x }}{% endblocktranslate %}{# a note #}<code>meter:read</code>", []),
    ],
)
def test_the_search_sees_what_is_bare(template, phrases):
    assert unmarked(template) == phrases
