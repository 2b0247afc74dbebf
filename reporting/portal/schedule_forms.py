"""What a person says of a report that is to come by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intellimeter.common.portal.forms import PortalForm
from reporting.enums import Repeat
from reporting.models import Schedule
from reporting.schedules.services import LONGEST_PERIOD
from reporting.sections import SECTIONS


class ScheduleForm(PortalForm):
    """A report's name, its sections, and when it comes. `reports` is what the API calls the sections."""

    name = forms.CharField(label=_("Name"), max_length=200)
    reports = forms.MultipleChoiceField(
        label=_("Sections"),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(name, SECTIONS[name].title) for name in SECTIONS],
    )
    repeat = forms.ChoiceField(label=_("Repeat every"), choices=Repeat.choices)
    period = forms.IntegerField(
        label=_("Times"),
        min_value=1,
        max_value=LONGEST_PERIOD,
        initial=1,
        required=False,
        help_text=_("3 and Month: every three months."),
    )
    start = forms.DateField(
        label=_("First on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At 06:00, the company's time. Left empty: the day of its creation."),
    )
    end = forms.DateField(
        label=_("Last on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    active = forms.BooleanField(label=_("Active"), required=False, initial=True, help_text=_("Comes by mail."))

    def __init__(self, *args: Any, schedule: Schedule | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if schedule is not None:
            self.initial = {name: getattr(schedule, name) for name in self.fields if name != "reports"}
            self.initial["reports"] = schedule.sections

    def values(self) -> dict[str, Any]:
        """What the services take. Sections keep the order that the report had, new ones come after."""
        values = dict(self.cleaned_data)
        chosen = values.pop("reports")
        before = [name for name in self.initial.get("reports", []) if name in chosen]
        return values | {"sections": before + [name for name in chosen if name not in before]}
