"""The sites of these tests: the specification's example, and changes to it."""

import json
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command

EXAMPLE_LIKE: dict[str, Any] = {
    "company": {"name": "Maple", "timezone": "America/Toronto"},
    "users": [
        {
            "email": "manager@example.com",
            "password": "correct-horse-battery",
            "first_name": "Mary",
            "last_name": "Singh",
            "admin": True,
        },
        {
            "email": "clerk@example.com",
            "password": "correct-horse-battery",
            "first_name": "Luc",
            "last_name": "Roy",
            "properties": ["20-1"],
        },
    ],
    "applications": [
        {
            "name": "Integration",
            "user": "manager@example.com",
            "scopes": "billing:fee:*",
            "client_id": "example-client",
            "client_secret": "example-secret-of-at-least-32-characters",
            "redirect_uris": ["https://client.example.com/callback"],
        }
    ],
    "properties": [
        {
            "job_number": "20-1",
            "display_name": "Maple Tower",
            "constants": {"price_per_gas": 42.5, "tax_rate": 13.0},
            "suites": ["Suite 101", "Suite 102"],
            "meters": [
                {"serial_number": "E-1", "name": "Suite 101 Electricity", "utility": "E", "suite": "Suite 101"},
                {"serial_number": "W-2", "name": "Suite 102 Water", "utility": "W", "suite": "Suite 102"},
                {"serial_number": "E-0", "name": "Main", "utility": "E", "general": True},
            ],
            "tenants": [
                {
                    "email": "tenant@example.com",
                    "first_name": "John",
                    "last_name": "Smith",
                    "address": "101-123 Main St.",
                    "suites": ["Suite 101"],
                }
            ],
            "fees": [{"name": "Admin Fee", "value": 6.26}],
            "services": [
                {
                    "name": "Suite 101 hydro",
                    "suite": "Suite 101",
                    "address": "101-123 Main St.",
                    "invoice_type": "General Consumption Price",
                    "day_of_month": 1,
                }
            ],
        }
    ],
}


def site(**changes: Any) -> dict[str, Any]:
    """The site above; a change is keyed by a path with double underscores: `properties__0__meters__1__utility="X"`.

    A value of `...` takes the key away.
    """
    document = deepcopy(EXAMPLE_LIKE)
    for path, value in changes.items():
        *way, last = (int(step) if step.isdigit() else step for step in path.split("__"))
        at: Any = document
        for step in way:
            at = at[step]
        if value is ...:
            del at[last]
        else:
            at[last] = value
    return document


def rows_of_everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of the apps' tables, to compare the whole state before and after."""
    labels = ("accounts", "metering", "billing")
    models = [model for model in apps.get_models() if model._meta.app_label in labels]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def run_provision(file: Path | str) -> tuple[dict[str, Any], str]:
    """The command's answer: the ids of its standard output, and what it said beside."""
    out, err = StringIO(), StringIO()
    call_command("provision", str(file), stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()
