"""A newcomer who follows the guide's first page, and nothing else, ends with a token, a read stored, and an invoice."""

import html
import json
import re
import shutil
import subprocess

import pytest
import requests

from billing.models import Invoice
from metering.models import Read
from tests.conftest import skip_unless_ci
from tests.factories.accounts import SECRET, AdminFactory, ApplicationFactory
from tests.factories.metering import MeterFactory, PropertyFactory, SuiteFactory

pytestmark = pytest.mark.django_db(transaction=True)


def commands(page: str) -> list[str]:
    """What stands in the page's boxes to be run, as a reader copies it."""
    boxes = re.findall(r'<div class="code" data-run><pre[^>]*><code>(.*?)</code>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", box)) for box in boxes]


def test_the_first_page_leads_to_an_invoice(live_server, tmp_path):
    if shutil.which("curl") is None:
        skip_unless_ci("There is no curl.")
    admin = AdminFactory()
    suite = SuiteFactory(property=PropertyFactory(company=admin.company))
    meter = MeterFactory(suite=suite)
    application = ApplicationFactory(user=admin)
    page = requests.get(f"{live_server.url}/api/v1/guide", timeout=30).text

    steps = commands(page)
    script = "set -euo pipefail\n" + "\n".join(steps)
    script = script.replace("your client id", application.client_id).replace("your client secret", SECRET)
    run = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)

    assert run.returncode == 0, run.stdout + run.stderr
    assert len(steps) == 8
    assert Read.objects.filter(meter=meter).count() == 2
    [invoice] = json.loads((tmp_path / "invoices.json").read_text())
    assert invoice["id"] == Invoice.objects.get(suite=suite).public_id
    assert invoice["total"] == 5.91
    assert (tmp_path / "invoice.pdf").read_bytes()[:5] == b"%PDF-"
