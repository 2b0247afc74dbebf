import pytest

from tests.factories.accounts import StaffFactory


@pytest.fixture
def staff(client, db):
    """Somebody who runs the platform, signed in; no superuser, for staff is all it takes."""
    user = StaffFactory(is_superuser=False)
    client.force_login(user)
    return user
