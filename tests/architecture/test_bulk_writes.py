"""Bulk statements send no signal, so those that write audited models go through `accounts.audit` (ADR 3)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from accounts.audit import UNTRACKED, is_exempt
from tests.architecture.test_files import written_by_us
from tests.conftest import ROOT

AUDITED = {
    model.__name__: model
    for label in settings.AUDITED_APPS
    for model in apps.get_app_config(label).get_models()
    if not is_exempt(model)
}
EXEMPT = {model.__name__ for model in apps.get_models()} - AUDITED.keys()
TOLD_WITH = {"InvoiceLine": "Invoice"}  # rows that the entry of another row tells of
UPDATES = {"update", "bulk_update", "aupdate", "abulk_update", "_raw_delete"}
CREATIONS = {"bulk_create", "abulk_create"}
INSERTS = {"insert_rows", "insert_objects"}
DOORS = {"accounts/audit.py", "intellimeter/common/storing.py"}
STATEMENT = re.compile(r"\b(?:UPDATE|INSERT INTO|DELETE FROM|COPY|TRUNCATE)\s+\"?(\w+)", re.IGNORECASE)
TABLES = {model._meta.db_table for model in AUDITED.values()}


def modules() -> Iterator[tuple[str, ast.AST]]:
    for path in written_by_us():
        name = path.relative_to(ROOT).as_posix()
        if Path(name).parts[0] not in {"tests", "bench", "scripts"} and name not in DOORS:
            yield name, ast.parse(path.read_text())


def unrecorded(tree: ast.AST) -> list[str]:
    """The bulk writes of a module that leave no entry, or of which it cannot be told what they write."""
    recorded = {
        ast.unparse(call.args[0])
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("record_created") and call.args
    }
    found = []
    for call, names in calls_with_names(tree):
        verb = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
        if verb in INSERTS:
            written = ast.unparse(call.args[0])
        elif isinstance(call.func, ast.Attribute) and verb in CREATIONS | UPDATES and not is_dictionary(verb, call):
            written = model_of(call.func.value, names)
        else:
            continue
        fields = {keyword.arg for keyword in call.keywords}
        told = verb in INSERTS | CREATIONS and TOLD_WITH.get(written, written) in recorded
        if not (told or written in EXEMPT or (verb == "update" and fields <= UNTRACKED)):
            found.append(f"{call.lineno}: {verb} of {written}")
    found += [
        f"{node.lineno}: statement on {table}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for table in STATEMENT.findall(node.value)
        if table.lower() in TABLES
    ]
    return found


def is_dictionary(verb: str, call: ast.Call) -> bool:
    """Whether it is a dictionary's or a set's `update`, which takes one thing without a name."""
    return verb == "update" and bool(call.args)


def calls_with_names(tree: ast.AST) -> Iterator[tuple[ast.Call, dict[str, ast.expr]]]:
    """Each call, with what the names stand for in the function around it."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {id(call): function for function in functions for call in ast.walk(function)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            scope = inside.get(id(call), tree)
            yield (
                call,
                {
                    target.id: node.value
                    for node in ast.walk(scope)
                    if isinstance(node, ast.Assign)
                    for target in node.targets
                    if isinstance(target, ast.Name)
                },
            )


def model_of(rows: ast.expr, names: dict[str, ast.expr]) -> str:
    """The model whose rows the expression holds; its own words where they do not say."""
    root: ast.expr = rows
    for _ in range(50):
        match root:
            case ast.Attribute(value=value):
                root = value
            case ast.Call(func=function):
                root = function
            case ast.Name(id=name) if name in names and name not in AUDITED.keys() | EXEMPT:
                root = names[name]
            case ast.Name(id=name) if name in AUDITED.keys() | EXEMPT:
                return name
            case _:
                break
    return f"what {ast.unparse(rows)!r} holds"


def test_bulk_writes_of_audited_models_are_recorded():
    found = {name: writes for name, tree in modules() if (writes := unrecorded(tree))}

    assert found == {}, "Use accounts.audit.update_rows or record_created, or save row by row."


def test_the_search_sees_each_way_of_writing():
    source = """
def write(rows, lines):
    late = Invoice.objects.filter(paid=None)
    late.exclude(pk=1).update(paid=now)
    InvoiceMail.objects.filter(pk=1).update(status="sent")
    Service.objects.update(settled_until=day)
    rows.update(name="x")
    known.update({"name": "x"})
    Tenant.objects.bulk_create(rows)
    Fee.objects.all()._raw_delete("default")
    insert_objects(Invoice, rows)
    record_created(Invoice, rows)
    insert_rows(InvoiceLine, lines)
    insert_rows(Suite, lines)
    cursor.execute("UPDATE billing_fee SET value = 0")
"""

    assert unrecorded(ast.parse(source)) == [
        "4: update of Invoice",
        "7: update of what 'rows' holds",
        "9: bulk_create of Tenant",
        "10: _raw_delete of Fee",
        "14: insert_rows of Suite",
        "15: statement on billing_fee",
    ]
