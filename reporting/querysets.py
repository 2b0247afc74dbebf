"""The scoped querysets of schedules and their runs: each person's own (decisions, section 8)."""

from typing import TYPE_CHECKING, Self

from intellimeter.common.tenancy import TenantQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from reporting.models import Run, Schedule  # noqa: F401 - named in annotations


class ScheduleQuerySet(TenantQuerySet["Schedule"]):
    def _of(self, user: "User") -> Self:
        return self.filter(user_id=user.pk)


class RunQuerySet(TenantQuerySet["Run"]):
    def _of(self, user: "User") -> Self:
        return self.filter(schedule__user_id=user.pk)
