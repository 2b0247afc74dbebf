import re

import pytest
from django.core.mail import EmailMultiAlternatives

from billing import outbox
from billing.mail import send
from tests.billing.documents.builder import build_invoice
from tests.factories.accounts import AdminFactory, StaffFactory

pytestmark = pytest.mark.django_db

PAGES = ["/outbox", "/outbox/", "/outbox/{name}", "/outbox/{name}/html", "/outbox/{name}/attachments/0"]


@pytest.fixture(autouse=True)
def outbox_backend(settings):
    settings.EMAIL_BACKEND = "billing.outbox.OutboxBackend"


@pytest.fixture
def staff(client):
    client.force_login(StaffFactory(), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def name():
    send(build_invoice(filename="invoice-1042-0a1b2c3d.odt").mails.get().pk)
    (name,) = outbox.names()
    return name


def _write(**fields):
    message = EmailMultiAlternatives(**({"subject": "Subject", "body": "Body", "to": ["a@example.com"]} | fields))
    return message.send()


def test_outbox_keeps_a_message_whole(settings, name):
    message = outbox.read(name)

    assert re.fullmatch(r"\d{8}T\d{12}Z-[0-9a-f]{8}\.eml", name)
    assert message["To"] == "John Smith <john@example.com>"
    assert [part.get_filename() for part in message.iter_attachments()] == [
        "invoice-1042-0a1b2c3d.odt",
        "invoice-1042-0a1b2c3d.pdf",
    ]
    assert [path.name for path in settings.EMAIL_OUTBOX_DIR.iterdir()] == [name]


def test_outbox_counts_what_it_takes():
    assert _write() == 1
    assert _write(to=[]) == 0
    assert len(outbox.names()) == 1


def test_outbox_lists_the_newest_first(staff):
    for number in range(3):
        _write(subject=f"Message {number}")

    response = staff.get("/outbox")

    assert [headline.subject for headline in response.context["headlines"]] == ["Message 2", "Message 1", "Message 0"]
    assert re.findall(r"Message \d", response.content.decode()) == ["Message 2", "Message 1", "Message 0"]


def test_outbox_is_empty_before_the_first_message(staff):
    response = staff.get("/outbox")

    assert response.status_code == 200
    assert list(response.context["headlines"]) == []


def test_outbox_ignores_what_is_no_message(settings, staff):
    settings.EMAIL_OUTBOX_DIR.mkdir(parents=True)
    (settings.EMAIL_OUTBOX_DIR / "notes.txt").write_text("a note")
    (settings.EMAIL_OUTBOX_DIR / "20210401T120000000000Z-0a1b2c3d.draft").write_text("half a mess")

    assert list(staff.get("/outbox").context["headlines"]) == []
    assert staff.get("/outbox/notes.txt").status_code == 404


def test_message_page_shows_head_text_and_attachments(staff, name):
    page = staff.get(f"/outbox/{name}").content.decode()

    for text in (
        "Invoice 1042: Suite 101, March 1 to 31, 2021 ($52.51 due May 1, 2021)",
        "John Smith &lt;john@example.com&gt;",
        "Hello John Smith,",
        "invoice-1042-0a1b2c3d.odt",
        "invoice-1042-0a1b2c3d.pdf",
        f'<iframe sandbox class="w-100 border-0" height="640" title="The message as HTML" src="/outbox/{name}/html">',
    ):
        assert text in page


def test_message_html_runs_and_loads_nothing(staff):
    message = EmailMultiAlternatives("Evil", "text", to=["a@example.com"])
    message.attach_alternative("<script>alert(1)</script>", "text/html")
    message.send()

    response = staff.get(f"/outbox/{outbox.names()[0]}/html")

    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert response.content == b"<script>alert(1)</script>"
    assert policy["sandbox"] == ""
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy
    assert policy["frame-ancestors"] == "'self'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_message_without_html_has_no_frame(staff):
    _write()
    (name,) = outbox.names()

    assert "<iframe" not in staff.get(f"/outbox/{name}").content.decode()
    assert staff.get(f"/outbox/{name}/html").status_code == 404


def test_attachment_is_downloaded_as_it_was_sent(staff, name):
    response = staff.get(f"/outbox/{name}/attachments/1")

    assert response.content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="invoice-1042-0a1b2c3d.pdf"'
    assert staff.get(f"/outbox/{name}/attachments/2").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_stranger_is_sent_to_the_sign_in(client, name, page):
    address = page.format(name=name)

    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, f"/sign-in?next={address}")


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_staff_is_refused(client, name, page):
    client.force_login(AdminFactory(), backend="django.contrib.auth.backends.ModelBackend")

    response = client.get(page.format(name=name))

    assert response.status_code == 403
    assert b"John" not in response.content


@pytest.mark.parametrize(
    "name", ["../secrets.env", "..%2fsecrets.env", "%2e%2e%2fsecrets.env", "/etc/passwd", "..", "x.eml", "a%00.eml"]
)
def test_no_other_file_can_be_read(settings, staff, name):
    settings.EMAIL_OUTBOX_DIR.mkdir(parents=True)
    (settings.EMAIL_OUTBOX_DIR.parent / "secrets.env").write_text("SECRET_KEY=x")

    for page in (f"/outbox/{name}", f"/outbox/{name}/html", f"/outbox/{name}/attachments/0"):
        assert staff.get(page).status_code == 404
