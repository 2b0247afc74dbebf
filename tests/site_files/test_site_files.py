"""A site file given in the administration: looked at first, laid down on confirmation, told with its places where it is wrong."""

import json
import re

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from accounts.models import Application, Company, User
from intellimeter.provisioning.document import MAX_BYTES
from intellimeter.site_files import services, tasks
from intellimeter.site_files.models import SiteFile, State
from intellimeter.site_files.progress import Progress, entries_in, told
from metering.models import Meter
from tests.factories.accounts import AdminFactory, CompanyFactory, StaffFactory
from tests.portal.pages import text

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/site_files/sitefile/add/"


@pytest.fixture
def staff() -> User:
    return StaffFactory(is_superuser=False)


@pytest.fixture
def office(staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def give(office: Client, content: bytes | dict, name: str = "site.json"):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return office.post(ADD, {"file": SimpleUploadedFile(name, content)}, follow=True)


def part(answer):
    (found,) = html.fromstring(answer.content.decode()).xpath("//section[contains(@class, 'platform-part')]")
    return found


SITE = {
    "company": {"name": "Maple"},
    "users": [
        {"email": "mary@maple.example", "first_name": "M", "last_name": "S", "password": "correct horse battery"}
    ],
    "applications": [{"name": "Robot", "user": "mary@maple.example", "scopes": "meter:reads:read"}],
    "properties": [
        {
            "job_number": "20-1",
            "suites": ["101"],
            "meters": [{"serial_number": "M1", "name": "Meter 1", "utility": "E"}],
        }
    ],
}


def test_it_shows_what_the_file_would_do_and_stores_nothing(office, staff):
    CompanyFactory(name="Maple")

    answer = give(office, SITE)

    given = SiteFile.objects.get()
    assert given.problems == []
    assert (given.state, given.user, given.name) == (State.CHECKED, staff, "site.json")
    assert "What the file would do" in text(part(answer))
    rows = [[text(cell) for cell in row.xpath("th|td")] for row in part(answer).xpath(".//tr")]
    assert rows[0] == ["Kind", "Created", "Changed", "Unchanged"]
    assert ["Companies", "–", "–", "1"] in rows
    assert ["Meters", "1: Meter 1", "–", "–"] in rows
    assert ["Users", "1: mary@maple.example", "–", "–"] in rows
    assert (Meter.objects.count(), User.objects.filter(company__name="Maple").count()) == (0, 0)
    assert not LogEntry.objects.filter(content_type__model="meter").exists()


def test_on_confirmation_it_is_laid_down_as_the_doing_of_who_gave_it(office, staff):
    give(office, SITE)
    given = SiteFile.objects.get()

    answer = office.post(f"/admin/site_files/sitefile/{given.pk}/confirm", follow=True)

    given.refresh_from_db()
    meter = Meter.objects.get()
    entry = LogEntry.objects.get_for_object(meter).get()
    assert (given.state, given.document) == (State.DONE, None)
    assert (meter.name, meter.property.company.name) == ("Meter 1", "Maple")
    company = Company.objects.get().pk
    assert (entry.actor, entry.additional_data) == (staff, {"via": "admin", "company": company})
    assert "What the file did" in text(part(answer))
    application = Application.objects.get()
    assert f"Robot{application.client_id}" in text(part(answer)).replace(" ", "")
    again = office.get(f"/admin/site_files/sitefile/{given.pk}/change/")
    assert "told this once" in text(part(answer))
    assert "told this once" not in text(part(again))


def test_a_second_confirmation_and_a_repeated_bell_do_nothing(office):
    give(office, SITE)
    given = SiteFile.objects.get()
    for _ in range(2):
        answer = office.post(f"/admin/site_files/sitefile/{given.pk}/confirm", follow=True)
    tasks.lay_site_file(given.pk)
    tasks.check_site_file(given.pk)

    assert [str(message) for message in answer.context["messages"]] == [
        "The file does not wait for a confirmation: it is done."
    ]
    assert Meter.objects.count() == 1


def test_what_is_wrong_is_told_with_its_place_and_nothing_is_stored(office):
    wrong = {**SITE, "properties": [{**SITE["properties"][0], "meters": [{"serial_number": "M1", "utility": "X"}]}]}

    answer = give(office, wrong)

    problems = [text(item) for item in part(answer).xpath(".//li")]
    assert [problem.partition(":")[0] for problem in problems] == ["properties[0].meters[0].utility"]
    assert SiteFile.objects.get().document is None
    assert not Company.objects.exists()
    assert not part(answer).xpath(".//form")


def test_what_the_database_says_against_it_is_told_with_its_place(office):
    AdminFactory(email="mary@maple.example")

    answer = give(office, SITE)

    assert "users[0].email: mary@maple.example is a user of another company." in text(part(answer))
    assert not Company.objects.filter(name="Maple").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x" * (MAX_BYTES + 1), "The file is larger than 16 MiB; split it by properties."),
        (b"\xff\xfe", "The file is not UTF-8 text."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(office, content, sentence):
    answer = give(office, content)

    assert [str(message) for message in answer.context["messages"]] == [sentence]
    assert not SiteFile.objects.exists()


def test_a_file_that_is_neither_json_nor_yaml_is_told_where(office):
    assert re.search(r"line \d+, column \d+: not JSON", text(part(give(office, b'{"company": '))))


def test_its_secrets_are_neither_in_the_database_in_clear_nor_in_the_audit_log(office):
    give(office, SITE)

    stored = SiteFile.objects.extra(select={"raw": "document"}).values_list("raw", flat=True).get()
    log = str(list(LogEntry.objects.values_list("changes", flat=True)))
    assert "correct horse battery" not in stored + log


def test_only_who_gave_the_file_is_told_the_secrets(office):
    give(office, SITE)
    given = SiteFile.objects.get()
    services.confirm(given=given)
    other = Client()
    other.force_login(StaffFactory())

    assert "told this once" not in text(part(other.get(f"/admin/site_files/sitefile/{given.pk}/change/")))
    assert "told this once" in text(part(office.get(f"/admin/site_files/sitefile/{given.pk}/change/")))


def test_while_a_worker_is_at_it_the_page_tells_how_far(office):
    give(office, SITE)
    given = SiteFile.objects.get()
    SiteFile.objects.update(state=State.RUNNING)

    with Progress(given.public_id, entries_in(SITE)) as progress:
        progress.add(4)
        answer = office.get(f"/admin/site_files/sitefile/{given.pk}/change/")

    assert "4 of 7 entries" in text(part(answer))
    assert part(answer).xpath(".//meta[@http-equiv='refresh']")
    assert "What the file did" not in text(part(answer))
    assert told(given.public_id) is None


def test_a_file_is_no_companys_affair_also_where_its_giver_has_one(staff, office):
    staff.company = CompanyFactory()
    staff.save()
    manager = Client()
    manager.force_login(AdminFactory(company=staff.company))

    give(office, SITE)

    assert "site.json" not in manager.get("/settings/audit-log").content.decode()


def test_it_is_for_staff():
    manager = Client()
    manager.force_login(AdminFactory())

    assert give(manager, SITE).redirect_chain[0][0].startswith("/admin/login/")
    assert not SiteFile.objects.exists()
