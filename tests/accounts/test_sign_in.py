import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import identify_hasher
from django.test import override_settings
from django.urls import reverse

from accounts import services
from accounts.models import User
from tests.factories.accounts import PASSWORD, StaffFactory

pytestmark = pytest.mark.django_db


def sign_in(client, email, password, after="/admin/"):
    return client.post(f"{reverse('sign-in')}?next={after}", {"username": email, "password": password})


def test_staff_come_from_the_administration_to_the_sign_in_and_back(client):
    staff = StaffFactory(is_superuser=False)
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('sign-in')}?next=%2Fadmin%2F"
    answer = sign_in(client, staff.email.upper(), PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_tenth_wrong_guess_locks_and_staff_unlock(client):
    staff = StaffFactory()
    codes = [sign_in(client, staff.email, "guess").status_code for _ in range(10)]
    assert (codes[-1], sign_in(client, staff.email, PASSWORD).status_code) == (429, 429)

    other = StaffFactory()
    client.force_login(other)
    attempt = AccessAttempt.objects.get()
    client.post(reverse("admin:axes_accessattempt_delete", args=[attempt.pk]), {"post": "yes"})
    client.logout()
    assert sign_in(client, staff.email, PASSWORD).status_code == 302


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])
def test_passwords_of_people_are_kept_by_argon2():
    user = services.create_user(
        company=None, password=PASSWORD, email="ada@example.com", first_name="Ada", last_name="Byron"
    )
    assert identify_hasher(User.objects.get().password).algorithm == "argon2"
    assert user.check_password(PASSWORD)


def test_settings_prefer_argon2_for_people():
    from intellimeter.settings import base

    assert base.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert base.OAUTH2_PROVIDER["CLIENT_SECRET_HASHER"] == "secret_sha256"
