"""What `result` says of a schedule's last run, in one sentence."""

from intellimeter.common.documents import figures
from reporting.models import Run


def covered(run: Run) -> str:
    """`March 1 to 31, 2021`."""
    return figures.days(run.first, run.span.last)


def made(run: Run) -> str:
    """The PDF is there."""
    if run.due is None:
        return f"The report for {covered(run)} was made on request."
    return f"The report for {covered(run)} was made; it is on its way to {run.schedule.user.email}."


def mailed(run: Run) -> str:
    """The mail server took it."""
    return f"The report for {covered(run)} was made and mailed to {run.schedule.user.email}."


def not_taken(run: Run, why: str, *, given_up: bool) -> str:
    """The mail server did not take it."""
    end = "it is not tried any more" if given_up else "it is tried again later"
    return (
        f"The report for {covered(run)} was made, but could not be mailed to {run.schedule.user.email} ({why}); {end}."
    )


def failed(run: Run, why: str) -> str:
    """There is no PDF."""
    return f"The report for {covered(run)} failed. {why}"


def unforeseen(error: Exception) -> str:
    """A fault of ours, for people: what kind it is, and nothing of what it says."""
    return f"The report could not be made ({type(error).__name__}); it has been logged. Try again later."
