"""What is wrong with a page: what holds of every one of them, whoever opens it."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders

FIELDS = "//input[not(@type='hidden')] | //select | //textarea"
ASSETS = "//script/@src | //link/@href | //img/@src | //iframe/@src"


def faults(response, page) -> list[str]:
    """Each in a few words; nothing where the page, parsed from the response, is as it should be."""
    return [
        *_breaches_of_the_policy(response.headers["Content-Security-Policy"]),
        *(f"its own script or style: {_tag(one)}" for one in _own_scripts_and_styles(page)),
        *_assets_that_are_not_ours(page),
        *_what_is_not_said(page),
        *(f"field without a label: {_tag(one)}" for one in page.xpath(FIELDS) if not _has_label(page, one)),
        *(f"id twice: {name}" for name, times in Counter(page.xpath("//@id")).items() if times > 1),
        *(f"points at no id: {name}" for name in _pointed_at(page) - set(page.xpath("//@id"))),
        *(f"form without a token: {_tag(one)}" for one in page.xpath("//form[@method='post']") if not _token(one)),
    ]


def _breaches_of_the_policy(policy: str) -> Iterator[str]:
    rules = {name: values.split() for name, _, values in (rule.strip().partition(" ") for rule in policy.split(";"))}
    if rules.get("default-src") != ["'self'"] or {"script-src", "style-src"} & rules.keys() or "unsafe" in policy:
        yield f"policy: {policy}"


def _own_scripts_and_styles(page) -> list:
    handled = [one for one in page.iter() if any(name.startswith("on") for name in one.attrib)]
    inline = page.xpath("//style | //*[@style] | //script[not(@src)] | //script[text()]")
    return [*inline, *handled, *page.xpath("//*[starts-with(@href, 'javascript:')]")]


def _assets_that_are_not_ours(page) -> Iterator[str]:
    for address in page.xpath(f"{ASSETS} | //form/@action"):
        if urlsplit(address).netloc:
            yield f"from elsewhere: {address}"
    for address in page.xpath(ASSETS):
        if address.startswith("/static/") and not finders.find(address.removeprefix("/static/")):
            yield f"no such asset: {address}"


def _what_is_not_said(page) -> Iterator[str]:
    """Nothing where the page can be gone through without seeing it."""
    if page.xpath("//html/@lang") != ["en"]:
        yield "no language"
    for landmark in ("//main[@id='content']", "//header", "//h1"):
        if len(page.xpath(landmark)) != 1:
            yield f"not one {landmark}"
    if page.xpath("//body/*[1][self::a]/@href") != ["#content"]:
        yield "no way past the menu"
    if not re.fullmatch(r"\S.* · Intellimeter", "".join(page.xpath("//head/title/text()"))):
        yield "no title"
    for path in (
        "//i[not(@aria-hidden='true')]",
        "//table[not(caption)]",
        "//th[not(@scope)]",
        "//img[not(@alt)]",
        "//svg[not(@aria-hidden='true') and not(@role='img' and @aria-label)]",
        "//nav[not(@aria-label)]",
        "//a[not(normalize-space()) and not(@aria-label)]",
        "//button[not(normalize-space()) and not(@aria-label)]",
    ):
        yield from (f"{path}: {_tag(one)}" for one in page.xpath(path))


def _has_label(page, field) -> bool:
    around_it = field.xpath("ancestor::label[normalize-space()]")
    for_it = page.xpath("//label[@for=$id][normalize-space()]", id=field.get("id", ""))
    return bool(for_it or around_it or field.get("aria-label") or field.get("aria-labelledby"))


def _pointed_at(page) -> set[str]:
    lists = page.xpath("//@aria-labelledby | //@aria-describedby | //@aria-controls | //label/@for")
    return {name for names in lists for name in names.split()}


def _token(form) -> bool:
    return bool(form.xpath(".//input[@name='csrfmiddlewaretoken']"))


def _tag(element) -> str:
    return f"<{element.tag} {' '.join(f'{name}={value!r}' for name, value in element.attrib.items())}>"
