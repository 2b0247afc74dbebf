"""Many documents as one zip, made by a worker."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine

from billing import bundles
from billing.models import InvoiceBundle
from billing.tasks import sweep_bundles
from metering.models import PropertyAccess
from tests.factories.accounts import AdminFactory
from tests.portal.conftest import NOW, browser
from tests.portal.pages import document, headings, text


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def ask(client, query="", **typed) -> str:
    return client.post(f"/invoices/zip{query}", typed)["Location"]


def test_zip_is_made_by_a_worker_and_has_the_documents_of_the_list(site, django_capture_on_commit_callbacks):
    client = browser(site.admin)
    with django_capture_on_commit_callbacks() as rung:
        page = ask(client, "?state=unpaid", kind="odt")

    waiting = document(client.get(page))
    assert headings(waiting) == ["Invoices as zip", "Waiting for a worker"]
    assert waiting.xpath("//section/@hx-get") == [f"{page}?part=state"]
    assert client.get(f"{page}.zip").status_code == 404

    for ring in rung:
        ring()
    ready = document(client.get(f"{page}?part=state", headers={"HX-Request": "true"}))
    (link,) = ready.xpath("//a[@download]/@href")
    bundle = zipfile.ZipFile(BytesIO(b"".join(client.get(link).streaming_content)))
    assert bundle.testzip() is None
    assert bundle.namelist() == [site.invoice.filename]
    assert zipfile.is_zipfile(BytesIO(bundle.read(site.invoice.filename)))


@pytest.mark.parametrize(("query", "kind"), [("?state=paid", "pdf"), ("", "exe")])
def test_zip_of_nothing_leads_back_to_the_list(site, query, kind):
    client = browser(site.admin)

    assert ask(client, query, kind=kind).startswith("/invoices?")
    assert "A zip holds 1 to 5000 invoices" in text(document(client.get("/invoices")))
    assert not InvoiceBundle.objects.exists()


def test_zip_is_its_users_alone_and_only_while_they_may_see_what_is_in_it(site):
    PropertyAccess.objects.create(user=site.clerk, property=site.tower)
    clerk = browser(site.clerk)
    page = ask(clerk)
    bundles.make_bundle(InvoiceBundle.objects.get().pk)

    assert clerk.get(f"{page}.zip").status_code == 200
    for other in (site.admin, AdminFactory()):
        assert [browser(other).get(address).status_code for address in (page, f"{page}.zip")] == [404, 404]
    PropertyAccess.objects.filter(property=site.tower).delete()
    assert clerk.get(f"{page}.zip").status_code == 404


def test_zip_of_a_lost_worker_is_made_again_and_an_old_one_forgotten(site, media):
    client = browser(site.admin)
    page = ask(client)
    InvoiceBundle.objects.update(alive=NOW)

    sweep_bundles()
    assert client.get(f"{page}.zip").status_code == 404  # somebody is at it
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        sweep_bundles()
    assert client.get(f"{page}.zip").status_code == 200

    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        sweep_bundles()
    assert client.get(page).status_code == 404
    assert list((media / "bundles").iterdir()) == []
