"""The portal's pages about meters."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.views.generic import DetailView, TemplateView

from intellimeter.common.portal.bars import bars
from intellimeter.common.portal.pages import PortalPage
from intellimeter.common.portal.paging import page_of
from metering import portal_selectors as selectors
from metering.models import Meter, Property
from metering.portal.chart_views import chart_of
from metering.reviews import flagged, open_count, reviews_of

METERS_ON_A_PAGE = 100
FLAGGED_SHOWN = 10


def meter_table(property: Property, request: HttpRequest) -> dict[str, Any]:
    """What the table of a property's meters shows; the property page and its refresh alike."""
    now = timezone.now()
    page = page_of(selectors.live_meters(property), request.GET.get("meters"), METERS_ON_A_PAGE)
    used = selectors.meters_use_this_month(page.object_list, property, now)
    return {"property": property, "meters": page, "used": used, "now": now}


class LiveMeters(PortalPage, TemplateView):
    """The table of a property's meters alone, which its page fetches again every minute."""

    template_name = "metering/_meters.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any):
        if not request.headers.get("HX-Request"):
            return redirect("property", kwargs["public_id"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = get_object_or_404(Property.objects.visible_to(self.user), public_id=kwargs["public_id"])
        return super().get_context_data(**kwargs) | meter_table(found, self.request)


class MeterPage(PortalPage, DetailView):
    """One meter: its newest reads, its last 30 days, its reads for review."""

    section = "home"
    template_name = "metering/meter.html"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self):
        meters = Meter.objects.visible_to(self.user)
        return meters.with_current_suite().select_related("property", "latest")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        days = selectors.use_by_day(self.object, now)
        mine = Meter.objects.filter(pk=self.object.pk)
        reads, odd = selectors.newest_reads(self.object), list(flagged(mine)[:FLAGGED_SHOWN])
        return super().get_context_data(**kwargs) | {
            **chart_of([f"meter-{self.object.public_id}"], self.request.GET, days[-1].day),
            "days": days,
            "bars": bars([(date_format(day.day, "j M Y"), day.consumption or Decimal(0)) for day in days]),
            "most": max((day.consumption or 0 for day in days), default=None),
            "total": sum(day.consumption or 0 for day in days),
            "reads": reads,
            "flagged": odd,
            "reviews": reviews_of(odd),
            "for_review": open_count(mine) if odd else 0,
            "with_points": any(read.points for read in (*reads, *odd)),
            "now": now,
        }
