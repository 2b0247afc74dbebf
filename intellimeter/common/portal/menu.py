"""Links that depend on more than their address: a template library, on hand in every template."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse

register = template.Library()


@register.simple_tag
def outbox_url() -> str:
    """Where the local outbox is, where mail goes there; else nothing."""
    if not settings.EMAIL_BACKEND.endswith("OutboxBackend"):
        return ""
    try:
        return reverse("outbox")
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def page_link(context: dict[str, Any], number: int, parameter: str) -> str:
    """This page's own address with another page of the list that the parameter turns; its filters stay."""
    request = context["request"]
    query = request.GET.copy()
    query[parameter] = str(number)
    return f"{context.get('paged_path', request.path)}?{query.urlencode()}"
