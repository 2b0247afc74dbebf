"""The one error that services raise when what is asked for cannot be done (style, point 10).

The API's exception handler, the form mixin and the commands translate it, each in one place.
"""


class DomainError(Exception):
    """What is wrong, in one plain sentence, and what would be right.

    `code` is the HTTP status that fits (400, 404, 409, 413); `fields` maps a field's name to its sentences.
    """

    def __init__(self, message: str, *, code: int = 400, fields: dict[str, list[str]] | None = None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = fields or {}


class Conflict(DomainError):
    """The state of things stands in the way, and the message names what does (409)."""

    def __init__(self, message: str, *, fields: dict[str, list[str]] | None = None):
        super().__init__(message, code=409, fields=fields)


class NotFound(DomainError):
    """There is no such thing, or none that the asker may see (404)."""

    def __init__(self, message: str):
        super().__init__(message, code=404)
