"""A scheduled report of all ten sections over 20 properties, beside WeasyPrint alone on the same HTML."""

from datetime import timedelta

from django.template.loader import render_to_string

from accounts.models import Company, User
from bench.context import Context
from bench.results import Result, Work, median_times, milliseconds, say
from bench.sites import add_property, fill
from intellimeter.common.documents.pdf import pdf_of
from reporting.document import report_html, report_pdf
from reporting.enums import Repeat
from reporting.models import Run, Schedule
from reporting.schedules.calendar import Rhythm, Span
from reporting.sections import SECTIONS

PROPERTIES, SUITES = 20, 50
STEP = timedelta(hours=6)


def measure(context: Context) -> list[Result]:
    day = context.end.date().replace(day=1)
    span = Rhythm(day, Repeat.MONTH, 1).span_of(day)
    run = _run(context, span)
    context.settle_down()
    html, stylesheet = report_html(run), render_to_string("reporting/report.css")
    pdf_of(html, stylesheet=stylesheet)  # fonts and styles are looked up once a process, whoever comes first
    ours, bare = median_times(
        context.repeats, Work(lambda _: report_pdf(run)), Work(lambda _: pdf_of(html, stylesheet=stylesheet))
    )
    work = f"scheduled PDF, ten sections, {PROPERTIES} properties of {SUITES} suites"
    texts = milliseconds(ours), milliseconds(bare)
    yardstick = "WeasyPrint on the same HTML"
    return [Result(work, yardstick, *texts, ours / bare, 1.3, False, context.database, context.scale)]


def _run(context: Context, span: Span) -> Run:
    """A company whose meters were read every six hours of the period and of the one before."""
    company = Company.objects.create(name="Bench scheduled report")
    user = User.objects.create_user(
        "scheduled@bench.example", company=company, first_name="B", last_name="C", is_admin=True
    )
    say(f"{PROPERTIES} properties of {SUITES} suites with two months of reads …")
    start = context.end.replace(year=span.before.year, month=span.before.month, day=1)
    for number in range(PROPERTIES):
        property = add_property(company, f"BENCH-R{number:03}", SUITES)
        fill(property, range(SUITES), start, (span.until - span.before).days * 4, STEP)
    schedule = Schedule.objects.create(user=user, name="Bench", sections=list(SECTIONS))
    days = {"before": span.before, "first": span.first, "until": span.until}
    run = Run.objects.create(schedule=schedule, due=span.until, **days)
    return Run.objects.select_related("schedule__user__company").get(pk=run.pk)
