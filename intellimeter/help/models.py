"""Frequent questions, which staff write and everybody may read (reference, FAQ)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intellimeter.common.public_ids import PublicModel


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions belong to no company: what is published is for everybody."""

    def published(self) -> "QuestionQuerySet":
        return self.filter(published=True)


class Question(PublicModel):
    """A question and its answer, in the order of their positions."""

    question = models.CharField(_("question"), max_length=300)
    answer = models.TextField(
        _("answer"), max_length=5000, help_text=_("Plain text. An empty line begins a paragraph.")
    )
    position = models.PositiveIntegerField(_("position"), default=1000, help_text=_("Lower ones come first."))
    published = models.BooleanField(_("published"), default=True, help_text=_("Whether people see it."))

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.question
