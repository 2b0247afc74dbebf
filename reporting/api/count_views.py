"""`/reports/counts`: how the company stands (reference, Reports, Counts)."""

from typing import Any, cast

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from intellimeter.common.api.viewsets import ApiViewSet
from metering.enums import Utility
from reporting.api import described
from reporting.counts import Counts, InvoiceCounts, counts_of

PARTS = ("late", "on_time", "paid", "unpaid")
UTILITIES = {"electrical": Utility.ELECTRICITY, "gas": Utility.GAS, "water": Utility.WATER}


class CountsViewSet(ApiViewSet):
    """The one row of counts; the list is the reference's."""

    described = described.COUNTS
    scopes = {"list": "report:general:count"}

    def list(self, request: Request) -> Response:
        return Response([_shape(counts_of(cast("User", request.user), timezone.now()))])


def _shape(counts: Counts) -> dict[str, Any]:
    used = counts.monthly_use
    return {
        "invoices": _invoices(counts.invoices),
        "monthly_consumption": {name: used.get(utility, 0) for name, utility in UTILITIES.items()},
    }


def _invoices(invoices: InvoiceCounts) -> dict[str, Any]:
    figures: dict[str, Any] = {"total": invoices.total}
    for name in PARTS:
        part = getattr(invoices, name)
        figures |= {name: part, f"{name}_percent": invoices.percent(part)}
    return dict(sorted(figures.items()))
