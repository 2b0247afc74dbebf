"""From bytes to a document: what is taken, and what is refused before anybody looks at its keys."""

from decimal import Decimal

import pytest

from intellimeter.provisioning import InvalidSite, parse_document
from intellimeter.provisioning.document import MAX_BYTES


def refusal(content: bytes) -> list[str]:
    with pytest.raises(InvalidSite) as caught:
        parse_document(content)
    return caught.value.problems


def test_json_and_yaml_of_the_same_site_are_the_same_document():
    json = b'{"company": {"name": "A"}, "properties": [{"job_number": "1", "constants": {"tax_rate": 9.975}}]}'
    yaml = b'company: {name: A}\nproperties:\n  - job_number: "1"\n    constants: {tax_rate: 9.975}\n'

    assert parse_document(json) == parse_document(yaml)
    assert parse_document(yaml)["properties"][0]["constants"] == {"tax_rate": Decimal("9.975")}


def test_byte_order_mark_is_no_part_of_the_document():
    assert parse_document(b'\xef\xbb\xbf{"company": {"name": "A"}}') == {"company": {"name": "A"}}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"company" 1}', "line 1, column 12: not JSON: "),
        (b'{"company": 1, "company": 2}', "the key 'company' is given twice in one object."),
        (b'{"company": NaN}', "NaN is not a number."),
        (b"company: [1, 2", "line 1: not YAML: "),
        (b"company: 1\ncompany: 2\n", "line 2: the key 'company' is given twice."),
        (b"a: &a [1]\nb: *a\n", "line 2: aliases (*name) are not taken; write the value out."),
        (b"? [a]\n: 1\n", "line 1: a key must be a word."),
        (b"a: !!python/object/apply:os.system ['true']", "line 1: not YAML: could not determine a constructor"),
        (b"name: \xff", "The file is not UTF-8 text (byte 6)."),
        (b"[" * 5_000, "The file is nested too deeply."),
        (b'{"a": ' * 5_000, "The file is nested too deeply."),
        (b'{"a": 1' + b"0" * 5_000 + b"}", "not JSON: "),
        (b" " * (MAX_BYTES + 1), "The file is larger than 16 MiB; provision its properties apart."),
    ],
)
def test_document_that_cannot_be_read_is_refused_in_one_sentence(content: bytes, sentence: str):
    (problem,) = refusal(content)

    assert problem.startswith(sentence)
