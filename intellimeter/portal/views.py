"""The portal's start page and the page of a property."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.generic import DetailView, TemplateView

from accounts.models import User
from billing import portal_selectors as billing
from intellimeter.common.portal.pages import PortalPage
from intellimeter.common.portal.paging import page_of
from intellimeter.portal.attention import matters
from metering import portal_selectors as metering
from metering.consumption import suite_use
from metering.enums import Utility
from metering.models import Property, Suite
from metering.portal.chart_views import chart_of
from metering.portal.overview import compared, top_properties, top_suites
from metering.views import meter_table

PROPERTIES_ON_A_PAGE = 24
ROWS_ON_A_PAGE = 50


def tops(user: User, properties: list[Property], used: dict[int, dict[Utility, Decimal]], now: datetime) -> list[Any]:
    """Who used most this month, by utility: the properties, where there are several, and the suites."""
    by_property = top_properties(properties, used) if len(properties) > 1 else {}
    by_suite = top_suites(user, now)
    return [
        (utility, by_property.get(utility, []), by_suite.get(utility, []))
        for utility in Utility
        if utility in by_property or by_suite.get(utility)
    ]


def favicon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for under the name of old, on pages that name no icon."""
    return redirect(static("portal/favicon.svg"))


class Home(PortalPage, TemplateView):
    """The company's properties: are reads coming in, how much was used this month, what is owed."""

    section = "home"
    template_name = "portal/home.html"
    without_company_status = 200

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = self.user, timezone.now()
        assert user.company is not None  # the page is for people of a company
        properties = list(metering.properties_with_counts(user, now))
        words = self.request.GET.get("q", "").split()
        used = metering.use_this_month(properties, now)
        owed = billing.outstanding_by_property(user, billing.late({one.timezone for one in properties}, now))
        return super().get_context_data(**kwargs) | {
            "properties": page_of(
                [one for one in properties if _mentions(one, words)], self.request.GET.get("page"), PROPERTIES_ON_A_PAGE
            ),
            "searchable": len(properties) > PROPERTIES_ON_A_PAGE,
            "any": bool(properties),
            "tenants": billing.tenants_by_property(user),
            "used": used,
            "owed": owed,
            "owed_in_all": sum(owed.values(), billing.Outstanding()),
            "matters": matters(user, sum(owed.values(), billing.Outstanding()), now),
            "compared": compared(properties, now, user.company.timezone),
            "tops": tops(user, properties, used, now),
            "now": now,
        }


class PropertyPage(PortalPage, DetailView):
    """One property: live meters, suites with who lives and what measures there, tenants, services, newest invoices."""

    section = "home"
    template_name = "portal/property.html"
    context_object_name = "property"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self):
        return metering.properties_with_counts(self.user, timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now, found = self.user, timezone.now(), self.object
        is_late = billing.late([found.timezone], now)
        invoices = billing.invoices_with_state(user, is_late).filter(property=found)
        month_use = metering.use_this_month([found], now).get(found.pk, {})
        keys = [f"property-{found.public_id}-{utility}" for utility in month_use]
        return (
            super().get_context_data(**kwargs)
            | meter_table(found, self.request)
            | chart_of(keys, self.request.GET, metering.local_today(found.timezone, now))
            | {
                "month_use": month_use,
                "owed": billing.outstanding_by_property(user, is_late).get(found.pk, billing.Outstanding()),
                "suites": self.part("suites", billing.suites_with_tenants(found)),
                "tenants": self.part("tenants", billing.tenants(user).filter(property=found)),
                "services": self.part("services", billing.services_of(found)),
                "invoices": invoices[: billing.RECENT_INVOICES],
            }
        )

    def part(self, name: str, rows: QuerySet[Any]) -> Page[Any]:
        """One of the page's lists, each of which is turned by its own parameter."""
        return page_of(rows, self.request.GET.get(name), ROWS_ON_A_PAGE)


class SuitePage(PortalPage, DetailView):
    """One suite: what it uses, which meters serve it and served it, who lives there, its newest invoices."""

    section = "home"
    template_name = "portal/suite.html"
    context_object_name = "suite"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self) -> QuerySet[Suite]:
        return Suite.objects.visible_to(self.user).select_related("property").prefetch_related("tenants")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        suite, now = self.object, timezone.now()
        zone = suite.property.timezone
        served = list(
            suite.assignments.select_related("meter__latest").order_by(F("end").desc(nulls_first=True), "meter__name")
        )
        utilities = [utility for utility in Utility if any(one.meter.utility == utility for one in served)]
        month = suite_use(suite.property, *metering.month_so_far(zone, now)).get(suite.pk, [])
        used = {utility: Decimal(0) for utility in utilities}
        for one in month:
            used[one.meter.utility] += one.use.consumption
        invoices = billing.invoices_with_state(self.user, billing.late([zone], now)).filter(service__suite=suite)
        return (
            super().get_context_data(**kwargs)
            | {
                "served": served,
                "used": used,
                "invoices": invoices[: billing.RECENT_INVOICES],
                "may_edit": self.user.may("billing:suite:update"),
                "now": now,
            }
            | chart_of(
                [f"suite-{suite.public_id}-{utility}" for utility in utilities],
                self.request.GET,
                metering.local_today(zone, now),
            )
        )


def _mentions(one: Property, words: list[str]) -> bool:
    text = f"{one.display_name} {one.job_name} {one.job_number} {one.address}".lower()
    return all(word.lower() in text for word in words)
