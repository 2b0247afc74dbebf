"""The user manual's pictures, taken in Chromium from a running demo company (`make run`) into docs/manual/screenshots/.

    .venv/bin/python scripts/take_manual_pictures.py http://127.0.0.1:8000 PASSWORD

PASSWORD is that of the company's admin, as `make run` prints it.
"""

import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ADMIN = "admin@demo.example"
FOLDER = Path(__file__).resolve().parent.parent / "docs/manual/screenshots"
SIZE = {"width": 1280, "height": 860}
COLOURS = 128  # few enough for a small file, and more than the pages have
PATHS = {
    "home": "/",
    "invoices": "/invoices",
    "tenants": "/tenants",
    "review": "/review",
    "settings-account": "/settings/account",
    "settings-applications": "/settings/applications",
    "settings-users": "/settings/users",
    "file-upload": "/settings/file-upload",
    "schedules": "/reports/scheduled",
}


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)  # charts move into place
    path = FOLDER / f"{name}-desktop.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


def follow(page: Page, pattern: str) -> str:
    """Open the first link of the page that fits."""
    links = [link.get_attribute("href") or "" for link in page.locator("main a").all()]
    found = next(link for link in links if re.fullmatch(pattern, link))
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + found)
    return found


def main(root: str, password: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(viewport=SIZE, locale="en-CA").new_page()  # type: ignore[arg-type]
        page.goto(f"{root}/sign-in")
        take(page, "sign-in")
        page.get_by_label("Email").fill(ADMIN)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{root}/")
        for name, path in PATHS.items():
            page.goto(root + path)
            take(page, name)
        page.goto(f"{root}/invoices")
        follow(page, r"/invoices/[0-9a-f]{8}")
        take(page, "invoice")
        page.goto(root)
        house = follow(page, r"/properties/[0-9a-f]{8}")
        take(page, "property")
        follow(page, r"/meters/[0-9a-f]{8}")
        take(page, "meter")
        page.goto(f"{root}{house}/billing")
        take(page, "billing-setup")
        page.goto(f"{root}{house}/template")
        take(page, "template")
        page.goto(f"{root}/reports")
        page.get_by_role("button", name="Show").click()
        take(page, "reports")
        page.goto(f"{root}/compare")
        for box in page.locator("main input[type=checkbox][name=show]").all()[:2]:
            box.check()
        page.get_by_role("button", name="Show").click()
        take(page, "compare")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
