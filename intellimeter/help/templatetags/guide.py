"""How the guide shows code: coloured by classes, since the policy allows no inline style."""

import re
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

register = template.Library()
FORMATTER = HtmlFormatter(nowrap=True, classprefix="hl-")


@register.simple_tag
@lru_cache(maxsize=2048)
def coloured(code: str, lexer: str) -> SafeString:
    """The code as HTML, each token in a span that says what it is."""
    return mark_safe(highlight(code, get_lexer_by_name(lexer, stripnl=False), FORMATTER).rstrip("\n"))  # noqa: S308 - Pygments escapes


@register.filter
def with_code(text: str) -> SafeString:
    """Plain text of the description, with what stands between backticks as code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))  # noqa: S308 - escaped first


class CodeNode(template.Node):
    """What stands between the tags, without the lines' common margin, in a box that can be copied."""

    def __init__(self, nodes: NodeList, lexer: str, runs: bool):
        self.nodes, self.lexer, self.runs = nodes, lexer, runs

    def render(self, context: Any) -> SafeString:
        escaping, context.autoescape = context.autoescape, False  # the code is escaped once it is coloured
        code = self.nodes.render(context).strip("\n")
        context.autoescape = escaping
        runs = " data-run" if self.runs else ""
        inner = coloured(code, self.lexer)
        return mark_safe(f'<div class="code"{runs}><pre tabindex="0"><code>{inner}</code></pre></div>')  # noqa: S308 - escaped


@register.tag
def code(parser: Parser, token: Token) -> CodeNode:
    """`{% code bash run %}…{% endcode %}`; `run` marks the commands of the way that a test walks."""
    _name, lexer, *more = token.split_contents()
    nodes = parser.parse(("endcode",))
    parser.delete_first_token()
    return CodeNode(nodes, lexer, "run" in more)
