"""Failed sign-ins, which lock an email at an address for a while; deleting an attempt unlocks it."""

from axes import models
from axes.admin import AccessAttemptAdmin as AxesAccessAttemptAdmin
from axes.admin import AccessLogAdmin as AxesAccessLogAdmin
from django.contrib import admin

from intellimeter.common.admin import PlatformAdmin

for model in (models.AccessAttempt, models.AccessLog, models.AccessFailureLog):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(models.AccessAttempt)
class AccessAttemptAdmin(AxesAccessAttemptAdmin, PlatformAdmin):
    """Addresses and emails that failed to sign in."""


@admin.register(models.AccessLog)
class AccessLogAdmin(AxesAccessLogAdmin, PlatformAdmin):
    """Who signed in and out, and from where."""
