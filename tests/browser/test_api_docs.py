"""The API's description as people see it: Swagger UI and Redoc, without a complaint of the browser."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("page", "shown"), [("/api/v1/docs", ".opblock-tag-section"), ("/api/v1/docs/redoc", "[role=menuitem]")]
)
def test_page_shows_the_operations(portal, page, shown):
    portal.page.goto(portal.root + page)
    portal.page.locator(shown).first.wait_for()

    assert "Fee" in portal.page.locator("#docs").inner_text()
    assert portal.complaints == []
