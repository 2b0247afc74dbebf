"""Settings: one's account and password, the company, its users."""

import pytest

from accounts.models import User
from tests.factories.accounts import PASSWORD, AdminFactory, UserFactory
from tests.portal.conftest import browser
from tests.portal.pages import document, table, text

NEW = "a quite new battery staple"


@pytest.fixture
def clerk(db):
    return UserFactory(email="clerk@example.com", first_name="Ada", last_name="Byron")


@pytest.fixture
def admin(clerk):
    return AdminFactory(company=clerk.company, email="admin@example.com", first_name="Mary", last_name="Singh")


def menu(page) -> list[str]:
    return [text(one) for one in page.xpath("//nav[@aria-label='Settings']//a")]


def test_settings_menu_by_right(clerk, admin):
    assert menu(document(browser(clerk).get("/settings/account")))[:2] == ["My account", "Password"]
    assert "Users" not in menu(document(browser(clerk).get("/settings/account")))
    assert {"Company", "Users"} <= set(menu(document(browser(admin).get("/settings/account"))))


def test_own_name_is_changed_and_rights_are_not(clerk):
    response = browser(clerk).post(
        "/settings/account",
        {"first_name": "Augusta", "last_name": "King", "email": "augusta@example.com", "is_admin": "on"},
    )

    assert response.status_code == 302
    clerk.refresh_from_db()
    assert (clerk.get_full_name(), clerk.email, clerk.is_admin) == ("Augusta King", "augusta@example.com", False)


def test_taken_email_is_refused_beside_its_field(clerk, admin):
    typed = {"first_name": "Ada", "last_name": "Byron", "email": "ADMIN@example.com"}

    page = document(browser(clerk).post("/settings/account", typed))

    assert text(page.get_element_by_id("id_email_error")) == "Is taken."
    assert page.get_element_by_id("id_email").get("value") == "ADMIN@example.com"


def test_new_password_keeps_this_session_and_ends_the_others(clerk):
    here, elsewhere = browser(clerk), browser(clerk)

    here.post("/settings/password", {"old": PASSWORD, "password": NEW, "again": NEW})

    clerk.refresh_from_db()
    assert clerk.check_password(NEW)
    assert (here.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"old": "wrong", "password": NEW, "again": NEW}, "old", "This is not the present password."),
        ({"old": PASSWORD, "password": NEW, "again": NEW + "!"}, "again", "The two are not the same."),
        ({"old": PASSWORD, "password": "12345678", "again": "12345678"}, "password", "This password is too common."),
    ],
)
def test_password_that_cannot_be(clerk, typed, field, said):
    page = document(browser(clerk).post("/settings/password", typed))

    assert text(page.get_element_by_id(f"id_{field}_error")).startswith(said)
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_company_is_the_admins_to_change(admin):
    typed = {"name": "Maple Ltd.", "tax_number": "12345 RT0001", "timezone": "America/St_Johns"}

    assert browser(admin).post("/settings/company", typed).status_code == 302

    admin.company.refresh_from_db()
    assert (admin.company.name, admin.company.tax_number, admin.company.timezone) == tuple(typed.values())


def test_admin_adds_a_user_who_then_signs_in(admin):
    typed = {"first_name": "Jean", "last_name": "Roy", "email": "jean@example.com", "is_active": "on", "password": NEW}

    assert browser(admin).post("/settings/users/new", typed).status_code == 302

    assert User.objects.get(email="jean@example.com").company == admin.company
    assert browser().post("/sign-in", {"username": "jean@example.com", "password": NEW}).status_code == 302


def test_last_admin_stays_admin(admin):
    typed = {"first_name": "Mary", "last_name": "Singh", "email": admin.email, "is_active": "on"}
    client = browser(admin)

    changed = document(client.post(f"/settings/users/{admin.public_id}", typed))
    deleted = document(client.post(f"/settings/users/{admin.public_id}/delete"))

    said = f"{admin.email} is the last admin of {admin.company}; make somebody else an admin first."
    assert [text(page.xpath("//*[@role='alert']")[0]) for page in (changed, deleted)] == [said, said]
    admin.refresh_from_db()
    assert admin.is_admin


def test_users_are_listed_and_searched(admin, clerk, django_assert_num_queries):
    UserFactory(email="other@example.com")
    client = browser(admin)

    with django_assert_num_queries(5):
        listed = table(document(client.get("/settings/users")), "Users")
    searched = table(document(client.get("/settings/users?q=byron")), "Users")

    assert [(row[0], row[2]) for row in listed] == [("Mary Singh", "Admin"), ("Ada Byron", "User")]
    assert [row[1] for row in searched] == ["clerk@example.com"]


@pytest.mark.parametrize("path", ["company", "users", "users/new", "users/{other}", "users/{other}/delete"])
def test_who_is_no_admin_may_open_none_of_the_admins_settings(clerk, admin, path):
    client = browser(clerk)
    before = [*User.objects.order_by("pk").values()]

    answers = [
        client.generic(method, f"/settings/{path.format(other=admin.public_id)}").status_code
        for method in ("GET", "POST")
    ]

    assert answers == [403, 403]
    assert [*User.objects.order_by("pk").values()] == before


@pytest.mark.parametrize("path", ["users/{other}", "users/{other}/delete"])
def test_user_of_another_company_does_not_exist(admin, path):
    other = UserFactory()

    assert browser(admin).post(f"/settings/{path.format(other=other.public_id)}").status_code == 404
    assert User.objects.filter(pk=other.pk).exists()
