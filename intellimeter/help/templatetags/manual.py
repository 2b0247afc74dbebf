"""Pictures of the manual, which it has where they were taken."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("help/manual/_picture.html", takes_context=True)
def picture(context: Any, name: str, caption: str) -> dict[str, Any]:
    """The screenshot of this name with its caption; nothing where there is none."""
    return {"source": context["pictures"].get(name), "caption": caption}
