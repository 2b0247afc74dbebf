"""Samples for a shell: curl."""

import json
import shlex

from intellimeter.help.samples.call import Answer, Call
from intellimeter.help.samples.languages import sample


@sample("curl", label="curl", lexer="bash")
def curl(call: Call) -> str:
    parts = ["curl --silent --show-error --fail-with-body" + _method(call) + f' "{call.url}"']
    if call.with_token:
        parts.append('--header "Authorization: Bearer $TOKEN"')
    if call.media_type:
        parts.append(f'--header "Content-Type: {call.media_type}"')
    if call.upload:
        parts.append(f"--data-binary @{call.upload}")
    elif call.media_type:
        parts.append(f"--data {shlex.quote(json.dumps(call.body, indent=2, ensure_ascii=False))}")
    if call.answer is Answer.FILE:
        parts.append(f"--output {call.kept}")
    return " \\\n  ".join(parts)


def _method(call: Call) -> str:
    implied = "POST" if call.media_type else "GET"
    return "" if call.method == implied else f" --request {call.method}"
