"""Where the PDFs lie: MEDIA_ROOT/reports/<company>/<run>.pdf, each written once and whole."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.text import slugify

from accounts.models import Company
from reporting.models import Run

MEDIA_TYPE = "application/pdf"


def path_of(run: Run) -> Path:
    """The run's file, which is there once the run is done."""
    return _path(run.schedule.user.company, run.public_id)


def shown_name(run: Run) -> str:
    """What the file is called where it is saved or attached: `monthly-report_2021-05-01_2021-05-31.pdf`."""
    name = slugify(run.schedule.name)[:80] or "report"
    return f"{name}_{run.first}_{run.span.last}.pdf"


def forget_files(company: Company | None, run_ids: Iterable[str]) -> None:
    """Delete the files of runs that are gone."""
    for run_id in run_ids:
        _path(company, run_id).unlink(missing_ok=True)


def _path(company: Company | None, run_id: str) -> Path:
    folder = company.public_id if company else "none"
    return Path(settings.MEDIA_ROOT) / "reports" / folder / f"{run_id}.pdf"
