"""Samples in Java with java.net.http: one class a call, for Java 17 or newer."""

import json
from textwrap import indent

from intellimeter.help.samples.call import Answer, Call
from intellimeter.help.samples.languages import sample

BLOCK = '"""'


@sample("java", label="Java", lexer="java")
def java(call: Call) -> str:
    imports = ["java.net.URI", *(f"java.net.http.Http{name}" for name in ("Client", "Request", "Response"))]
    imports += ["java.nio.file.Path"] if call.upload or call.answer is Answer.FILE else []
    head = "".join(f"import {name};\n" for name in imports)
    return f"{head}\npublic class {class_name(call)} {{\n{indent(_main(call), '    ')}}}"


def class_name(call: Call) -> str:
    """What the class of a call is called, and with it its file."""
    return "".join(word.capitalize() for word in call.name.split("_"))


def _main(call: Call) -> str:
    steps = [f'HttpRequest request = HttpRequest.newBuilder(URI.create("{call.url}"))']
    if call.with_token:
        steps.append('    .header("Authorization", "Bearer " + System.getenv("TOKEN"))')
    if call.media_type:
        steps.append(f'    .header("Content-Type", "{call.media_type}")')
    steps.append(f'    .method("{call.method}", {_publisher(call)})')
    steps.append("    .build();")
    kept, shown = "ofString()", "response.body()"
    if call.answer is Answer.FILE:
        kept = f'ofFile(Path.of("{call.kept}"))'
    elif call.answer is Answer.NOTHING:
        kept, shown = "discarding()", "response.statusCode()"
    kind = {Answer.FILE: "Path", Answer.NOTHING: "Void"}.get(call.answer, "String")
    steps += [
        f"HttpResponse<{kind}> response = HttpClient.newHttpClient()",
        f"    .send(request, HttpResponse.BodyHandlers.{kept});",
        'if (response.statusCode() >= 400) throw new IllegalStateException(response.statusCode() + " " + response.body());',
        f"System.out.println({shown});",
    ]
    inner = indent("\n".join(steps), "    ")
    return f"public static void main(String[] arguments) throws Exception {{\n{inner}\n}}\n"


def _publisher(call: Call) -> str:
    if call.upload:
        return f'HttpRequest.BodyPublishers.ofFile(Path.of("{call.upload}"))'
    if not call.media_type:
        return "HttpRequest.BodyPublishers.noBody()"
    text = json.dumps(call.body, indent=2, ensure_ascii=False).replace("\\", "\\\\").replace(BLOCK, '\\"""')
    return f"HttpRequest.BodyPublishers.ofString({BLOCK}\n{indent(text, ' ' * 8)}{BLOCK})"
