"""The portal's list of reads for review, and where they are ticked off."""

import operator
from datetime import datetime
from functools import reduce
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import ListView, View

from intellimeter.common.errors import DomainError
from intellimeter.common.portal.forms import ActionPage
from intellimeter.common.portal.pages import PortalPage
from metering.filters import ReviewFilter
from metering.models import Meter
from metering.reviews import LONGEST_NOTE, flagged, reopen_reads, review_reads, reviews_of

ROWS_ON_A_PAGE = 50


class _OfFlagged(PortalPage):
    section = "meters"

    @cached_property
    def filter(self) -> ReviewFilter:
        """What the address asks for, of the meters that the user may see."""
        return ReviewFilter(self.request.GET, queryset=Meter.objects.visible_to(self.user), request=self.request)


class Review(_OfFlagged, ListView):
    """What meters said that is odd: outliers, and registers that went back. With boxes to tick off what is settled."""

    scope = "meter:reads:read"
    template_name = "metering/review.html"
    context_object_name = "reads"
    paginate_by = ROWS_ON_A_PAGE

    def get_queryset(self) -> QuerySet[Any]:
        return self.filter.reads().select_related("meter__property")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = self.filter.form.cleaned_data if self.filter.is_valid() else {}
        return context | {
            "filter": self.filter,
            "reviews": reviews_of(context["reads"]),
            "state": asked.get("state") or "open",
            "meter": asked.get("meter"),
            "may_review": self.user.may(ReviewMark.scope),
            "longest_note": LONGEST_NOTE,
            "query": self.request.GET.urlencode(),
        }


class ReviewMark(_OfFlagged, ActionPage, View):
    """Settles the reads that were ticked, or all that fit the filters of the address; or puts them back."""

    scope = "meter:reads:create"
    http_method_names = ("post",)

    def rows(self) -> QuerySet[Any]:
        """All that fit, or those of them that were ticked. Http404 where one is of a meter that the user does not see."""
        if "every" in self.request.POST:
            return self.filter.reads()
        return flagged(Meter.objects.visible_to(self.user)).filter(self._ticked())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        reads = self.rows()
        try:
            if request.POST.get("act") == "reopen":
                count = reopen_reads(reads=reads)
                said = ngettext("%(count)d read is for review again.", "%(count)d reads are for review again.", count)
            else:
                count = review_reads(reads=reads, user=self.user, note=request.POST.get("note", ""))
                said = ngettext("%(count)d read is reviewed.", "%(count)d reads are reviewed.", count)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            if count:
                messages.success(request, said % {"count": count})
            else:
                messages.warning(request, _("Nothing was ticked, so nothing has changed."))
        return redirect(self.back())

    def back(self) -> str:
        query = self.request.GET.urlencode()
        return f"{reverse('review')}?{query}" if query else reverse("review")

    def _ticked(self) -> Q:
        """The reads that were ticked: a meter's id and an instant each, as the list writes them."""
        found: dict[str, list[datetime]] = {}
        for key in self.request.POST.getlist("read")[:ROWS_ON_A_PAGE]:
            public_id, _at, instant = key.partition("@")
            try:
                found.setdefault(public_id, []).append(datetime.fromisoformat(instant))
            except ValueError as error:
                raise Http404 from error
        meters = Meter.objects.visible_to(self.user).filter(public_id__in=found)
        keys = dict(meters.values_list("public_id", "pk"))
        if keys.keys() != found.keys():
            raise Http404
        ticked = [Q(meter=keys[public_id], time__in=times) for public_id, times in found.items()]
        return reduce(operator.or_, ticked, Q(pk__in=[]))
