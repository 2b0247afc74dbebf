"""A forgotten password, from the sign-in to the new one."""

import re

import pytest
import time_machine
from django.core import mail

from tests.factories.accounts import PASSWORD, UserFactory
from tests.portal.conftest import browser
from tests.portal.pages import document, headings, text

NEW = "a quite new battery staple"


@pytest.fixture
def user(db):
    return UserFactory(email="clerk@example.com", first_name="Ada", last_name="Byron")


def ask(email="clerk@example.com"):
    return browser().post("/password/forgotten", {"email": email})


def link():
    (found,) = re.findall(r"http://127\.0\.0\.1:8000(/password/new/\S+)", mail.outbox[-1].body)
    return found


def choose(path, password=NEW, again=None):
    client = browser()
    page = client.get(path, follow=True)
    return client.post(page.redirect_chain[-1][0], {"new_password1": password, "new_password2": again or password})


@pytest.mark.django_db(transaction=True)
def test_link_by_mail_gives_a_new_password(user):
    response = ask("CLERK@example.com")

    assert response.headers["Location"] == "/password/mailed"
    assert (mail.outbox[0].to, mail.outbox[0].subject) == (
        ["clerk@example.com"],
        "Choose a new password for Intellimeter",
    )
    assert mail.outbox[0].body.startswith("Hello Ada Byron,")
    assert choose(link()).headers["Location"] == "/sign-in"
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.django_db(transaction=True)
def test_link_works_once(user):
    ask()
    path = link()
    choose(path)

    page = document(browser().get(path))

    assert "This link has been used or is too old." in text(page.xpath("//main")[0])


@pytest.mark.django_db(transaction=True)
def test_link_is_too_old_after_a_day(user):
    with time_machine.travel("2021-04-15T12:00:00Z", tick=False):
        ask()
        path = link()
    with time_machine.travel("2021-04-16T12:00:01Z", tick=False):
        page = document(browser().get(path))

    assert "This link has been used or is too old." in text(page.xpath("//main")[0])


@pytest.mark.django_db(transaction=True)
def test_weak_password_is_refused_and_the_old_one_stays(user):
    ask()

    page = document(choose(link(), "12345"))

    assert "too short" in text(page.get_element_by_id("id_new_password2_error"))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["stranger@example.com", "gone@example.com"])
def test_who_cannot_sign_in_gets_no_mail_and_the_same_answer(user, who):
    UserFactory(email="gone@example.com", is_active=False)

    response = ask(who)

    assert (response.status_code, response.headers["Location"]) == (302, "/password/mailed")
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_sixth_mail_within_an_hour_is_not_sent(user):
    UserFactory(email="often@example.com")

    for _ in range(6):
        assert ask("often@example.com").status_code == 302

    assert len(mail.outbox) == 5


def test_sign_in_leads_to_it(db):
    page = document(browser().get("/sign-in"))
    (path,) = page.xpath("//a[text()='Forgot the password?']/@href")

    assert headings(document(browser().get(path))) == ["Forgotten password"]
