"""What a manager types about a meter and its reads."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intellimeter.common.local_time import zone_of
from intellimeter.common.portal.figures import unit
from intellimeter.common.portal.forms import PortalForm, PortalModelForm, VisibleChoiceField
from metering.models import Meter, Suite


class MeterForm(PortalModelForm):
    """Where a meter is, what it serves, and where its register returns to 0."""

    suite = VisibleChoiceField(
        label=_("Suite"),
        required=False,
        empty_label=_("none"),
        help_text=_("A change counts from now on; what was consumed before stays with the suite of then."),
    )

    class Meta:
        model = Meter
        fields = ["name", "floor", "panel", "general", "register_max"]
        labels = {
            "name": _("Name"),
            "floor": _("Floor"),
            "panel": _("Panel"),
            "general": _("General (main) meter"),
            "register_max": _("Register returns to 0 at"),
        }
        help_texts = {
            "general": _("Measures the whole property's consumption of its utility; serves no suite."),
            "register_max": _("Such as 100000 for five digits. A change reckons the meter's whole history anew."),
        }

    field_order = ["name", "suite", "floor", "panel", "general", "register_max"]

    def __init__(self, *args: Any, suite: str | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["suite"]
        choices.queryset = Suite.objects.visible_to(self.user).filter(property=self.instance.property)
        self.initial["suite"] = suite


class ReadForm(PortalForm):
    """A read that somebody took from the meter's face."""

    time = forms.DateTimeField(
        label=_("Read at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": 60}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    register = forms.DecimalField(label=_("Register"), min_value=0, max_digits=18, decimal_places=6)
    replace = forms.BooleanField(
        label=_("Replace a stored value"),
        required=False,
        help_text=_("Without this, a value that contradicts the stored one at the same time changes nothing."),
    )

    def __init__(self, *args: Any, meter: Meter, now: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        local = now.astimezone(zone_of(meter.property.timezone))
        self.initial = {"time": local.replace(second=0, microsecond=0, tzinfo=None)}
        self.fields["register"].help_text = _("What the meter shows, in %(unit)s.") % {"unit": unit(meter.utility)}
        self.fields["time"].help_text = _("Local time: %(zone)s.") % {"zone": meter.property.timezone}

    def clean_time(self) -> str:
        """As it was typed, without a zone: ingest takes it for the property's local time."""
        return f"{self.cleaned_data['time']:%Y-%m-%dT%H:%M:%S}"


class ImportForm(PortalForm):
    """A file of reads."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, JSON or XML as for POST /read, also packed (.gz). Times without an offset are the property's."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.json,.xml,.gz"}),
    )
    replace = forms.BooleanField(
        label=_("Replace stored values"),
        required=False,
        help_text=_("Without this, a value that contradicts a stored one is reported and changes nothing."),
    )
