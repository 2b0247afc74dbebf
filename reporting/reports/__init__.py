"""The reports, one file each (reference, Reports; decisions, section 8). A report yields a table and knows no format."""

from collections.abc import Callable

from intellimeter.common.documents.table import Table
from intellimeter.common.registry import Registry
from reporting.request import ReportRequest

Report = Callable[[ReportRequest], Table]
REPORTS: Registry[Report] = Registry("report")

from reporting.reports import (  # noqa: E402 - each registers itself
    daily_grand_total,  # noqa: F401
    interval,  # noqa: F401
    period_consumption,  # noqa: F401
    single_grand_total,  # noqa: F401
)
