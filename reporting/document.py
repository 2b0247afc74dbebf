"""A scheduled report as PDF: cover, contents, the sections in the order asked, and how complete the reads are."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from intellimeter.common.documents import figures
from intellimeter.common.documents.pdf import pdf_of
from intellimeter.common.local_time import zone_of
from metering.models import Property
from reporting.models import Run
from reporting.sections import SECTIONS
from reporting.sections.estate import Estate, change, total
from reporting.sections.parts import Grid, Part, Picture, Words, amount, percent, places_for
from reporting.sections.quality import about_the_data
from reporting.sections.words import nothing

ABOUT = "About the data"
NAMED_AT_MOST = 40  # on the cover, which is one page
WITH_ADDRESS_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with what stands below it; `anchor` is what the contents point at."""

    anchor: str
    title: str
    lead: str
    parts: Sequence["Block"]


@dataclass(frozen=True, slots=True)
class Block:
    """One part as the template tells them apart."""

    words: Words | None = None
    grid: Grid | None = None
    picture: Picture | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """What was used of a utility altogether, for the cover."""

    utility: str
    figure: str
    unit: str
    change: str


def report_pdf(run: Run) -> bytes:
    """The PDF of a run: of the properties that its owner may see now. The run comes with its schedule, user and company."""
    return pdf_of(report_html(run), stylesheet=render_to_string("reporting/report.css"))


def report_html(run: Run, *, made: datetime | None = None) -> str:
    """The same as the HTML that it is laid out from; `made` is the time that the cover names."""
    schedule = run.schedule
    company = schedule.user.company
    visible = Property.objects.visible_to(schedule.user).order_by("display_name", "pk")
    estate = Estate(list(visible), run.span)
    zone = zone_of(company.timezone if company else "UTC")
    context = {
        "company": company.name if company else "",
        "title": schedule.name,
        "owner": schedule.user.get_full_name() or schedule.user.email,
        "made": figures.day((made or timezone.now()).astimezone(zone).date()),
        "period": figures.days(run.span.first, run.span.last),
        "before": figures.days(run.span.before, run.span.last_before),
        "headlines": _headlines(estate),
        "properties": estate.properties[:NAMED_AT_MOST],
        "more_properties": max(0, len(estate.properties) - NAMED_AT_MOST),
        "property_count": len(estate.properties),
        "with_address": len(estate.properties) <= WITH_ADDRESS_AT_MOST,
        "suspect": bool(estate.incomplete),
        "chapters": _chapters(schedule.sections, estate),
    }
    return render_to_string("reporting/report.html", context)


def _headlines(estate: Estate) -> list[Headline]:
    found = []
    for utility in estate.utilities:
        uses = estate.uses(utility)
        now, before = total(use.now for use in uses), total(use.before for use in uses)
        figure = amount(now, places_for([now] if now is not None else []))
        changed = change(now, before)
        told = "nothing to compare with" if changed is None else f"{percent(changed, signed=True)} on the period before"
        found.append(Headline(str(utility.label), figure, utility.unit_label, told))
    return found


def _chapters(names: Sequence[str], estate: Estate) -> list[Chapter]:
    chapters = []
    for number, name in enumerate(names, 1):
        kind = SECTIONS[name]
        parts: list[Part] = list(kind.build(estate))
        if all(isinstance(part, Words) for part in parts):
            parts = [nothing(estate)]
        chapters.append(Chapter(f"section-{number}", kind.title, kind.lead, [_block(part) for part in parts]))
    about = [_block(part) for part in about_the_data(estate)]
    return [*chapters, Chapter("about", ABOUT, "How complete the reads are that this report rests on.", about)]


def _block(part: Part) -> Block:
    match part:
        case Words():
            return Block(words=part)
        case Grid():
            return Block(grid=part)
        case Picture():
            return Block(picture=part, source=_inline(part))


def _inline(picture: Picture) -> str:
    """The chart as an address that holds it: an SVG element in the page would take HTML's slow parser."""
    return f"data:image/svg+xml;base64,{b64encode(picture.svg.encode()).decode()}"
