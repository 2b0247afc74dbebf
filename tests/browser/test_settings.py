"""The settings, looked at; and a password that was forgotten."""

from fileupload.models import Sample
from tests.browser.conftest import Portal
from tests.factories.fileupload import DeliveryFactory, HttpDestinationFactory, SampleFactory
from tests.portal.conftest import NOW, Site


def test_settings(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    for path in (
        "account",
        "password",
        "applications",
        "applications/new",
        "company",
        "users",
        "users/new",
        "audit-log",
    ):
        portal.open(f"/settings/{path}")
        portal.check(f"settings-{path.replace('/', '-')}")


def test_forgotten_password(portal: Portal, site: Site) -> None:
    page = portal.open("/sign-in")
    page.get_by_role("link", name="Forgot the password?").click()
    page.get_by_label("Email").fill(site.admin.email)
    portal.check("password-forgotten")
    page.get_by_role("button", name="Mail me the link").click()
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    portal.check("password-mailed")


def test_file_upload(portal: Portal, site: Site) -> None:
    portal.sign_in(site.admin.email)
    page = portal.open("/settings/file-upload")
    portal.check("file-upload")
    page.get_by_role("link", name="Set up").first.click()
    page.get_by_label("URL").fill("http://127.0.0.1/reads")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").first.wait_for()
    portal.check("file-upload-refused")
    portal.open("/settings/file-upload/deliveries")
    portal.check("deliveries-none")


def test_deliveries_are_narrowed_in_place(portal: Portal, site: Site) -> None:
    http = HttpDestinationFactory(property=site.tower, url="http://127.0.0.1:9/")
    DeliveryFactory(destination=http, status="failed", problem="The server did not answer in time.", attempts=9)
    DeliveryFactory(destination=http, status="sent", sent=NOW, code=200, answer="ok", duration=210, size=2048)
    portal.sign_in(site.admin.email)
    page = portal.open("/settings/file-upload/deliveries")
    portal.check("deliveries")
    page.get_by_label("State").select_option("failed")
    page.get_by_text("1 file", exact=True).wait_for()
    assert page.url.endswith("status=failed&day=&q=")
    page.get_by_role("button", name="Send again").click()
    page.get_by_text("No file fits these filters.").wait_for()


def test_result_of_a_sample_comes_by_itself(portal: Portal, site: Site) -> None:
    destination = HttpDestinationFactory(property=site.tower)
    sample = SampleFactory(destination=destination, created=NOW)
    portal.sign_in(site.admin.email)
    page = portal.open("/settings/file-upload")
    page.get_by_role("link", name="Send a sample").click()
    page.get_by_role("heading", name="Waiting to be sent").wait_for()
    portal.check("sample-waiting")

    problem = "The server answered 403; 200 is expected."
    Sample.objects.filter(pk=sample.pk).update(
        started=NOW,
        finished=NOW,
        taken=False,
        code=403,
        answer="Who are you?",
        problem=problem,
        duration=212,
        size=1203,
        file_name="20-350-0001_20210415T153000Z_test-1.csv",
    )
    page.get_by_role("heading", name="The server did not take the file").wait_for()
    portal.check("sample-refused")
