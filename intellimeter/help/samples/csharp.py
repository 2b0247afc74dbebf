"""Samples in C# with HttpClient: top-level statements, for .NET 6 or newer."""

import json
from textwrap import indent
from typing import Any

from intellimeter.help.samples.call import Answer, Call
from intellimeter.help.samples.languages import sample


@sample("csharp", label="C#", lexer="csharp")
def csharp(call: Call) -> str:
    head = "using System.Net.Http.Headers;\n" if call.with_token or call.upload else ""
    head += "using System.Net.Http.Json;\n" if call.sends_json else ""
    verb = call.method.capitalize()
    lines = [
        "using var client = new HttpClient();",
        f'using var request = new HttpRequestMessage(HttpMethod.{verb}, "{call.url}");',
    ]
    if call.with_token:
        lines.append('var token = Environment.GetEnvironmentVariable("TOKEN");')
        lines.append('request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);')
    if call.upload:
        lines.append(f'request.Content = new ByteArrayContent(File.ReadAllBytes("{call.upload}"));')
        lines.append(f'request.Content.Headers.ContentType = new MediaTypeHeaderValue("{call.media_type}");')
    elif call.media_type:
        lines.append(f"request.Content = JsonContent.Create({_literal(call.body)});")
    lines += ["using var response = await client.SendAsync(request);", "response.EnsureSuccessStatusCode();"]
    lines.append(_shown(call))
    return f"{head}\n" * bool(head) + "\n".join(lines)


def _shown(call: Call) -> str:
    if call.answer is Answer.FILE:
        return f'await File.WriteAllBytesAsync("{call.kept}", await response.Content.ReadAsByteArrayAsync());'
    what = "await response.Content.ReadAsStringAsync()" if call.answer is Answer.JSON else "(int)response.StatusCode"
    return f"Console.WriteLine({what});"


def _literal(value: Any) -> str:
    """JSON as dictionaries and arrays, which any name of a field fits into."""
    if isinstance(value, dict):
        inner = "".join(f"[{json.dumps(name)}] = {_literal(one)},\n" for name, one in value.items())
        return f"new Dictionary<string, object?>\n{{\n{indent(inner, '    ')}}}"
    if isinstance(value, list):
        inner = "".join(f"{_literal(one)},\n" for one in value)
        return f"new object?[]\n{{\n{indent(inner, '    ')}}}" if value else "Array.Empty<object>()"
    return json.dumps(value, ensure_ascii=False)
