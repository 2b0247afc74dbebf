"""A site file that staff gave, from the first look at it to what it made."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intellimeter.common.encryption import EncryptedJSONField, EncryptedTextField
from intellimeter.common.public_ids import PublicModel


class State(models.TextChoices):
    CHECKING = "checking", _("being looked at")
    CHECKED = "checked", _("waits for confirmation")
    REFUSED = "refused", _("refused, nothing was stored")
    RUNNING = "running", _("being laid down")
    DONE = "done", _("done")


class SiteFile(PublicModel):
    """What the file says holds passwords, so it is encrypted, and gone once it is done or refused.

    `plan` tells by kind how many things are created, updated and unchanged, with the names of the first ones:
    `{"meters": {"created": {"count": 2, "names": ["…", "…"]}}}`. `secrets` are the client secrets that were made, until they are
    shown.
    """

    of_the_platform: ClassVar[bool] = True  # whatever company its giver may have
    UNDER_WAY: ClassVar[tuple[str, ...]] = (State.CHECKING, State.RUNNING)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    document = EncryptedTextField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CHECKING)
    plan = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    secrets: Any = EncryptedJSONField(null=True, editable=False)
    finished = models.DateTimeField(_("finished"), null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("site file")

    def __str__(self) -> str:
        return self.name
