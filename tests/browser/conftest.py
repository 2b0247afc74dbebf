"""Chromium before a live portal: what a person sees and does, with nothing between.

`portal` signs people in and looks at pages with the strictness that every page is held to: no error in the console (breaches
of the content security policy are errors there), no request to elsewhere, nothing serious found by axe. Pictures of the
pages go into `artifacts/`, which git ignores.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests.conftest import ROOT, skip_unless_ci
from tests.factories.accounts import PASSWORD
from tests.portal.conftest import _now, site  # noqa: F401 - fixtures: the company that is looked at, and when

CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PICTURES = ROOT / "artifacts/screenshots"
SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

OF_THE_BROWSER = ("chrome-extension:", "chrome:")  # the parts of its own PDF viewer, which no network is asked for

# The driver runs a loop in this thread, which Django takes for a reason to refuse the database. Nothing else runs on it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, kept from calling home."""
    if not CHROMIUM.exists():
        skip_unless_ci(f"There is no {CHROMIUM} (Debian's package chromium).")
    if not AXE.exists():
        skip_unless_ci("There is no axe-core; `make test` brings it.")
    return browser_type_launch_args | {
        "executable_path": str(CHROMIUM),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-sync",
        ],
    }


class Portal:
    """The portal in one window of the browser."""

    def __init__(self, context: BrowserContext, root: str):
        self.context, self.root = context, root
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))

    def _said(self, message: ConsoleMessage) -> None:
        refused = re.search(
            r"responded with a status of 4\d\d", message.text
        )  # a form's or page's own, judged by its test
        if message.type == "error" and not refused:
            self.complaints.append(message.text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.root, "data:", "blob:", *OF_THE_BROWSER)):
            self.complaints.append(f"asked {url}")

    def open(self, path: str) -> Page:
        """The page at the path, loaded whole."""
        self.page.goto(self.root + path, wait_until="networkidle")
        return self.page

    def sign_in(self, email: str, password: str = PASSWORD) -> Page:
        """As a person does it: on the sign-in page."""
        page = self.open("/sign-in")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    def check(self, name: str) -> None:
        """Hold the page that is open to what every page is held to, and take its picture at both widths."""
        before = self.page.viewport_size
        for size, viewport in SIZES.items():
            self.page.set_viewport_size(viewport)  # type: ignore[arg-type]
            self._take_picture(f"{name}-{size}.png")
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} scrolls sideways by {wide} px on a {size}"
        self.page.set_viewport_size(before)  # type: ignore[arg-type]
        assert self.serious() == [], name
        assert self.complaints == [], name

    def serious(self) -> list[str]:
        """What axe finds serious or critical on the open page."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{one['id']}: {one['help']} ({'; '.join(node['html'][:120] for node in one['nodes'][:3])})"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]

    def _take_picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / name, full_page=True)


@pytest.fixture
def portal(browser: Browser, live_server: LiveServer) -> Iterator[Portal]:
    """A window of its own before a portal with an empty database."""
    context = browser.new_context(locale="en-CA", viewport=SIZES["desktop"])  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield Portal(context, live_server.url)
    context.close()
