"""What a chart can be downloaded as, for its template."""

from django import template

from reporting.exporters import FORMATS

register = template.Library()


@register.simple_tag
def chart_formats() -> list[str]:
    """The names of the formats, in order."""
    return sorted(FORMATS)
