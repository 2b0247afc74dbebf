"""`manage.py provision` as an operator meets it, with the specification's example and the real meters' site."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from accounts.models import Application, Company, User
from billing.models import Constants, Service, Tenant
from metering.models import Meter, Property, Suite
from tests.site.sites import rows_of_everything, run_provision, site

pytestmark = pytest.mark.django_db

EXAMPLE = "spec/site-example.json"


def test_example_is_created_and_its_ids_are_printed(shared: Path):
    ids, said = run_provision(shared / EXAMPLE)

    building = ids["properties"]["20-350-0001"]
    assert ids == {
        "company": {
            "name": "Maple Property Management",
            "id": Company.objects.get(name="Maple Property Management").public_id,
        },
        "users": {user.email: user.public_id for user in User.objects.all()},
        "applications": {"example-client": Application.objects.get().public_id},
        "properties": {"20-350-0001": building},
    }
    assert building == {
        "id": Property.objects.get().public_id,
        "suites": {suite.name: suite.public_id for suite in Suite.objects.all()},
        "meters": {meter.serial_number: meter.public_id for meter in Meter.objects.all()},
        "tenants": {"tenant101@example.com": Tenant.objects.get().public_id},
        "fees": {"Admin Fee": Property.objects.get().fees.get().public_id},
        "services": {"Suite 101 hydro": Service.objects.get().public_id},
    }
    assert said.splitlines() == [
        "companies: 1 created",
        "properties: 1 created",
        "constants: 1 updated",
        "suites: 2 created",
        "meters: 4 created",
        "tenants: 1 created",
        "fees: 1 created",
        "services: 1 created",
        "users: 2 created",
        "applications: 1 created",
    ]


def test_example_a_second_time_changes_nothing(shared: Path):
    first, _ = run_provision(shared / EXAMPLE)
    before = rows_of_everything()

    second, said = run_provision(shared / EXAMPLE)

    assert second == first
    assert rows_of_everything() == before
    assert {line.split(": ")[1].split(" ", 1)[1] for line in said.splitlines()} == {"unchanged"}


def test_site_of_the_real_meters_takes_their_whole_file(shared: Path, tmp_path: Path, capsys):
    meters = [
        {
            "serial_number": f"20-350-REAL-{code}-0{n}",
            "name": f"Suite {n} {name}",
            "utility": code,
            "suite": f"Suite {n}",
        }
        for n in (1, 2)
        for code, name in (("E", "Electricity"), ("G", "Gas"))
    ]
    document = {
        "company": {"name": "Real"},
        "properties": [
            {
                "job_number": "20-350-REAL",
                "job_name": "Real house",
                "timezone": "America/Winnipeg",
                "suites": ["Suite 1", "Suite 2"],
                "meters": meters,
            }
        ],
    }
    file = tmp_path / "site.yaml"
    file.write_text(yaml.safe_dump(document))
    run_provision(file)

    call_command("ingest", "--property", "20-350-REAL", str(shared / "data/real-house-meters.csv.gz"))

    assert json.loads(capsys.readouterr().out) == {
        "accepted": 38116,
        "duplicates": 0,
        "conflicts": 0,
        "rejected": [],
    }


def test_dash_reads_standard_input(monkeypatch):
    class Input:
        buffer = io.BytesIO(json.dumps(site()).encode())

    monkeypatch.setattr(sys, "stdin", Input)

    ids, _ = run_provision("-")

    assert list(ids["properties"]) == ["20-1"]


def test_errors_are_all_said_with_their_places_and_nothing_is_stored(tmp_path: Path):
    file = tmp_path / "site.json"
    wrong: dict[str, Any] = {"properties__0__meters__2__utility": "X", "properties__0__servces": []}
    file.write_text(json.dumps(site(**wrong)))

    with pytest.raises(CommandError) as caught:
        run_provision(file)

    known = "job_number, job_name, display_name, address, timezone, constants, suites, meters, tenants, fees, services"
    assert str(caught.value).splitlines() == [
        f"properties[0].servces: is not known here; known are {known}.",
        "properties[0].meters[2].utility: 'X' is none of 'E', 'W', 'G'.",
        "Nothing was stored.",
    ]
    assert Company.objects.count() == Constants.objects.count() == 0


def test_file_that_is_not_there_is_named():
    with pytest.raises(CommandError, match=r"^/nowhere/site.json: No such file or directory\.$"):
        run_provision("/nowhere/site.json")
