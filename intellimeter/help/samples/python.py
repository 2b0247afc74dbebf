"""Samples in Python with requests."""

from pprint import pformat
from textwrap import indent

from intellimeter.help.samples.call import Answer, Call
from intellimeter.help.samples.languages import sample

WIDTH = 88


@sample("python", label="Python", lexer="python")
def python(call: Call) -> str:
    imports = ["import os"] if call.with_token else []
    imports += ["from pathlib import Path"] if call.answer is Answer.FILE or call.upload else []
    head = "\n".join([*imports, "", "import requests", ""]) if imports else "import requests\n"
    return f"{head}\nresponse = requests.{call.method.lower()}(\n{_arguments(call)})\nresponse.raise_for_status()\n{_shown(call)}"


def _arguments(call: Call) -> str:
    found = [f'"{call.address}"']
    if call.query:
        found.append(f"params={_literal(dict(call.query))}")
    headers = [f'"Content-Type": "{call.media_type}"'] if call.upload else []
    if call.with_token:
        headers.insert(0, '"Authorization": f"Bearer {os.environ[\'TOKEN\']}"')
    if headers:
        found.append(f"headers={{{', '.join(headers)}}}")
    if call.sends_json:
        found.append(f"json={_literal(call.body)}")
    elif call.upload:
        found.append(f'data=Path("{call.upload}").read_bytes()')
    found.append("timeout=30")
    return "".join(indent(f"{argument},\n", "    ") for argument in found)


def _literal(value: object) -> str:
    """As Python writes it, with double quotes as in JSON, on lines of their own where it is long."""
    if isinstance(value, dict) and value:
        inner = "".join(f"{_text(name)}: {_literal(one)},\n" for name, one in value.items())
        return f"{{\n{indent(inner, '    ')}}}"
    if isinstance(value, list) and value:
        return f"[\n{indent(''.join(f'{_literal(one)},{chr(10)}' for one in value), '    ')}]"
    return _text(value) if isinstance(value, str) else pformat(value, width=WIDTH)


def _text(value: str) -> str:
    plain = repr(value)
    return f'"{plain[1:-1]}"' if plain[0] == "'" and '"' not in plain else plain


def _shown(call: Call) -> str:
    if call.answer is Answer.FILE:
        return f'Path("{call.kept}").write_bytes(response.content)'
    return "print(response.json())" if call.answer is Answer.JSON else "print(response.status_code)"
