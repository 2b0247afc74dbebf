"""The closed lists of file upload."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Transport(models.TextChoices):
    """How a file travels."""

    HTTP = "http", "HTTP"
    FTPS = "ftps", "FTPS"


class FileType(models.TextChoices):
    """The reference's formats, as it writes them."""

    CSV = "CSV", "CSV"
    JSON = "JSON", "JSON"
    XML = "XML", "XML"


class Method(models.TextChoices):
    """What a request may be."""

    GET = "GET", "GET"
    POST = "POST", "POST"
    PUT = "PUT", "PUT"
    PATCH = "PATCH", "PATCH"
    DELETE = "DELETE", "DELETE"
    HEAD = "HEAD", "HEAD"
    OPTIONS = "OPTIONS", "OPTIONS"


class Status(models.TextChoices):
    """Where a delivery stands."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
