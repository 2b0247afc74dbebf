import pytest
from django.conf import settings
from django.test import Client

from tests.factories.accounts import PASSWORD, StaffFactory, UserFactory
from tests.portal.conftest import browser
from tests.portal.pages import document, headings, text


@pytest.fixture
def user(db):
    return UserFactory(email="clerk@example.com")


def sign_in(client: Client, email="clerk@example.com", password=PASSWORD, **more):
    return client.post("/sign-in", {"username": email, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def errors(response) -> dict[str, str]:
    page = document(response)
    return {
        one.get("id").removeprefix("id_").removesuffix("_error"): text(one) for one in page.xpath("//*[@role='alert']")
    }


@pytest.mark.parametrize("email", ["clerk@example.com", "CLERK@Example.com", " clerk@example.com "])
def test_sign_in_whatever_the_case_of_the_email(user, email):
    client = browser()

    response = sign_in(client, email)

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_sign_in_with_a_wrong_password(user):
    client = browser()

    response = sign_in(client, password="guess")

    assert response.status_code == 200
    assert errors(response) == {
        "password": "This email and password do not fit together. Check both; the password minds upper case."
    }
    assert not is_signed_in(client)


def test_sign_in_keeps_the_email_and_not_the_password(user):
    page = document(sign_in(browser(), password="guess"))

    assert page.xpath("//input[@name='username']/@value") == ["clerk@example.com"]
    assert page.xpath("//input[@name='password']/@value") == []
    assert page.xpath("//input[@autofocus]/@name") == ["password"]


def test_error_is_tied_to_its_field(user):
    page = document(sign_in(browser(), password="guess"))
    (field,) = page.xpath("//input[@name='password']")

    assert field.get("aria-invalid") == "true"
    assert page.xpath("//*[@id=$id]", id=field.get("aria-describedby")) != []


def test_sign_in_with_nothing_typed(db):
    assert errors(sign_in(browser(), "", "")) == {
        "username": "This field is required.",
        "password": "This field is required.",
    }


def test_sign_in_of_an_inactive_user_tells_no_more_than_a_wrong_password(user):
    user.is_active = False
    user.save()

    assert errors(sign_in(browser())) == errors(sign_in(browser(), "nobody@example.com"))


@pytest.mark.parametrize("next_page", ["/invoices?state=late&page=2", "/properties/0a1b2c3d"])
def test_deep_link_survives_the_sign_in(user, next_page):
    client = browser()
    page = document(sign_in(client, password="guess", next=next_page))

    assert page.xpath("//input[@name='next']/@value") == [next_page]
    assert sign_in(client, next=next_page).headers["Location"] == next_page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "https:evil.example",
        r"/\evil.example",
        "javascript:alert(1)",
        "\t//evil",
    ],
)
def test_next_leads_nowhere_else(user, elsewhere):
    assert sign_in(browser(), next=elsewhere).headers["Location"] == "/"


def test_sign_in_of_somebody_signed_in_goes_on(user):
    response = browser(user).get("/sign-in?next=/invoices")

    assert response.headers["Location"] == "/invoices"


def test_sign_in_gives_the_session_a_new_key(user):
    client = browser()
    client.get("/sign-in")
    session = client.session
    session["before"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = session.session_key

    sign_in(client)

    assert client.session.session_key != before


def test_too_many_guesses_close_the_sign_in(user):
    client = browser()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = sign_in(client, password="guess")

    assert (response.status_code, response.headers["Retry-After"]) == (429, "900")
    assert headings(document(response)) == ["Too many tries"]
    assert "Wait 15 minutes, then try again." in response.content.decode()
    assert sign_in(client).status_code == 429
    assert not is_signed_in(client)


def test_another_spelling_of_the_email_is_no_fresh_start(user):
    client = browser()
    for number in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "clerk@example.com" if number % 2 else "Clerk@Example.com", "guess")

    assert sign_in(client, "CLERK@example.com").status_code == 429


def test_guesses_at_one_user_do_not_lock_another_out(user):
    UserFactory(email="other@example.com")
    client = browser()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, password="guess")

    assert sign_in(client, "other@example.com").status_code == 302


def test_sign_out_by_post(user):
    client = browser(user)

    assert client.post("/sign-out").headers["Location"] == "/sign-in"
    assert not is_signed_in(client)


def test_sign_out_by_a_link_is_refused(user):
    client = browser(user)

    assert client.get("/sign-out").status_code == 405
    assert is_signed_in(client)


def test_forms_need_their_own_token(user):
    client = Client(enforce_csrf_checks=True)

    response = sign_in(client)

    assert response.status_code == 403
    assert headings(document(response)) == ["This form is no longer valid"]


def test_administration_sends_strangers_to_the_same_sign_in(db):
    response = browser().get("/admin/", follow=True)

    assert response.redirect_chain[-1] == ("/sign-in?next=%2Fadmin%2F", 302)


def test_administration_is_refused_to_others_than_staff(user):
    response = browser(user).get("/admin/", follow=True)

    assert response.status_code == 403
    assert headings(document(response)) == ["You may not open this page"]


def test_staff_go_on_to_the_administration(db):
    StaffFactory(email="staff@example.com")

    assert sign_in(browser(), "staff@example.com", next="/admin/").headers["Location"] == "/admin/"
