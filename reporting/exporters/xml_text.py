"""Text within XML."""

import re
from xml.sax.saxutils import escape

UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference: most control characters, and two that are none."""


def xml_text(text: str) -> str:
    """The text for an element. What XML cannot hold becomes U+FFFD; a return is written so that parsers keep it."""
    return escape(UNSPEAKABLE.sub("\ufffd", text), {"\r": "&#13;"})
