"""Reading a page as a person does: its tables, tiles and messages as plain text."""

from lxml import html


def document(response):
    """The parsed page."""
    return html.fromstring(response.content.decode())


def text(element) -> str:
    """What is read there, on one line."""
    return " ".join(element.text_content().split())


def table(page, caption: str) -> list[list[str]]:
    """The cells of the table with that caption, row by row; not those that hold buttons or boxes to tick."""
    (found,) = page.xpath("//table[caption[normalize-space()=$caption]]", caption=caption)
    return [
        [
            text(cell)
            for cell in row.xpath("(th|td)[not(contains(@class, 'row-actions') or contains(@class, 'row-tick'))]")
        ]
        for row in found.xpath("tbody/tr")
    ]


def tiles(page) -> dict[str, tuple[str, str]]:
    """The figures at the top: label to figure and note."""
    return {
        text(tile.xpath(".//*[@class='tile-label']")[0]): (
            text(tile.xpath(".//*[@class='tile-figure']")[0]),
            text(tile.xpath(".//*[@class='tile-note']")[0]),
        )
        for tile in page.xpath("//ul[@class='tiles']/li")
    }


def headings(page) -> list[str]:
    """Every heading, in order."""
    return [text(heading) for heading in page.xpath("//main//h1|//main//h2|//main//h3")]
