"""What a report is asked for on its page: the same range and meters as by the API, chosen instead of written."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intellimeter.common.local_time import day_start, zone_of
from intellimeter.common.portal.forms import PortalForm, VisibleChoiceField
from metering.consumption import Step
from metering.models import Meter, Property
from reporting.request import ReportRequest, report_meters

if TYPE_CHECKING:
    from accounts.models import User

DAY = timedelta(days=1)
FIRST_DAY = date(1970, 1, 1)
LAST_DAY = date(2199, 12, 30)
REPORTS = (
    ("period-consumption", gettext_lazy("Consumption of the period"), "report:reading:period"),
    ("interval", gettext_lazy("Consumption by hour, day, month or year"), "report:reading:interval"),
    ("daily-grand-total", gettext_lazy("Register of each day"), "report:reading:daily"),
    ("single-grand-total", gettext_lazy("Register of one day"), "report:reading:single"),
)
"""A report's name, what people call it, and the scope that the API asks for it."""
STEPS = (
    (Step.HOUR, gettext_lazy("Hour")),
    (Step.DAY, gettext_lazy("Day")),
    (Step.MONTH, gettext_lazy("Month")),
    (Step.YEAR, gettext_lazy("Year")),
)


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day within the years that reports know."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class ReportForm(PortalForm):
    """Whole local days of the property, both included. No meter chosen means all; `listed` is whose meters were offered."""

    report = forms.ChoiceField(label=gettext_lazy("Report"))
    property = VisibleChoiceField(
        label=gettext_lazy("Property"), empty_label=None, widget=forms.Select(attrs={"data-submit": True})
    )
    start = day_field(gettext_lazy("From"))
    end = day_field(
        gettext_lazy("To"),
        required=False,
        help_text=gettext_lazy("This day included. The register of one day needs none."),
    )
    interval = forms.ChoiceField(
        label=gettext_lazy("Counted by"),
        choices=STEPS,
        required=False,
        help_text=gettext_lazy("Only for consumption by hour, day, month or year."),
    )
    meters = forms.MultipleChoiceField(
        label=gettext_lazy("Meters"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all meters of the property."),
    )
    listed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: "User", chosen: Property, **kwargs: Any):
        super().__init__(*args, user=user, **kwargs)
        fields: Any = self.fields
        fields["report"].choices = [(name, label) for name, label, scope in REPORTS if user.may(scope)]
        fields["property"].queryset = Property.objects.visible_to(user).order_by("display_name", "pk")
        self.rows = Meter.objects.visible_to(user).filter(property=chosen)
        fields["meters"].choices = list(self.rows.order_by("name", "pk").values_list("public_id", "name"))

    def clean_interval(self) -> Step:
        return Step(self.cleaned_data["interval"] or Step.DAY)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if data.get("report") == "single-grand-total":
            end = data["end"] = start
        for name, day in (("start", start), ("end", end)):
            if day and not FIRST_DAY <= day <= LAST_DAY:
                self.add_error(name, _("Choose a day in the years 1970 to 2199."))
        if end is None and "end" not in self.errors:
            self.add_error("end", _("Choose the last day."))
        elif start and end and end < start:
            self.add_error("end", _("The last day must not be before the first."))
        return data

    def request(self) -> ReportRequest:
        """What the exporters and the page are given; only of a valid form."""
        data = self.cleaned_data
        zone = zone_of(data["property"].timezone)
        meters = self.rows.filter(public_id__in=data["meters"]) if data["meters"] else self.rows
        return ReportRequest(
            data["property"],
            report_meters(meters),
            day_start(data["start"], zone),
            day_start(data["end"] + DAY, zone),
            data["interval"] if data["report"] == "interval" else None,
        )
