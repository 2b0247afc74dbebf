"""Samples in JavaScript with fetch, as a module for Node 18 or newer."""

import json
from textwrap import indent

from intellimeter.help.samples.call import Answer, Call
from intellimeter.help.samples.languages import sample


@sample("javascript", label="JavaScript", lexer="javascript")
def javascript(call: Call) -> str:
    files = [name for name, used in (("readFile", call.upload), ("writeFile", call.answer is Answer.FILE)) if used]
    head = f'import {{ {", ".join(files)} }} from "node:fs/promises";\n\n' if files else ""
    options = indent("".join(f"{option},\n" for option in _options(call)), "  ")
    given = f", {{\n{options}}}" if options else ""
    return (
        f'{head}const response = await fetch("{call.url}"{given});\n'
        "if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);\n"
        f"{_shown(call)}"
    )


def _options(call: Call) -> list[str]:
    found = [f'method: "{call.method}"'] if call.method != "GET" else []
    headers = ["Authorization: `Bearer ${process.env.TOKEN}`"] if call.with_token else []
    headers += [f'"Content-Type": "{call.media_type}"'] if call.media_type else []
    if headers:
        found.append(f"headers: {{\n{indent(''.join(f'{one},{chr(10)}' for one in headers), '  ')}}}")
    if call.upload:
        found.append(f'body: await readFile("{call.upload}")')
    elif call.media_type:
        found.append(f"body: JSON.stringify({json.dumps(call.body, indent=2, ensure_ascii=False)})")
    return found


def _shown(call: Call) -> str:
    if call.answer is Answer.FILE:
        return f'await writeFile("{call.kept}", Buffer.from(await response.arrayBuffer()));'
    return f"console.log({'await response.json()' if call.answer is Answer.JSON else 'response.status'});"
