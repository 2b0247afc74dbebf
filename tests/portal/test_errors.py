import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import path

from tests.portal.conftest import browser
from tests.portal.pages import document, headings


def failing(request):
    raise RuntimeError("a secret that nobody may see")


urlpatterns = [path("fails", failing)]
handler500 = "intellimeter.common.api.errors.server_error"


def test_unknown_address_is_answered_in_style(site):
    response = browser(site.admin).get("/nowhere")

    assert (response.status_code, headings(document(response))) == (404, ["There is no such page"])


def test_error_on_our_side_needs_no_session_and_tells_nothing(db):
    client = browser()
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        response = client.get("/fails")

    assert (response.status_code, headings(document(response))) == (500, ["Something failed on our side"])
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize(
    ("template", "heading"),
    [
        ("400.html", "That request cannot be understood"),
        ("500.html", "Something failed on our side"),
        ("403_csrf.html", "This form is no longer valid"),
    ],
)
def test_plain_error_pages_render_without_a_request(template, heading):
    assert heading in render_to_string(template)


def test_forbidden_page_gives_the_reason(site):
    request = RequestFactory().get("/")
    request.user = site.admin

    assert "Only on Tuesdays." in render_to_string("403.html", {"exception": "Only on Tuesdays."}, request=request)
