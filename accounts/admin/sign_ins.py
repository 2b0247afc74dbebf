"""Failed sign-ins, which lock an email at an address for a while; deleting an attempt unlocks it."""

from axes import models
from axes.admin import AccessAttemptAdmin as AxesAccessAttemptAdmin
from axes.admin import AccessLogAdmin as AxesAccessLogAdmin
from django.contrib import admin
from unfold.contrib.filters.admin import RangeDateTimeFilter

from intellimeter.common.admin import PlatformAdmin

BY_TIME = [("attempt_time", RangeDateTimeFilter)]

for model in (models.AccessAttempt, models.AccessLog, models.AccessFailureLog):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(models.AccessAttempt)
class AccessAttemptAdmin(PlatformAdmin, AxesAccessAttemptAdmin):
    """Addresses and emails that failed to sign in."""

    list_filter = BY_TIME
    search_fields = ["username", "ip_address__exact"]
    date_hierarchy = None


@admin.register(models.AccessLog)
class AccessLogAdmin(PlatformAdmin, AxesAccessLogAdmin):
    """Who signed in and out, and from where."""

    list_filter = BY_TIME
    search_fields = ["username", "ip_address__exact"]
    date_hierarchy = None
    sortable_by = ()
    ordering = ["-pk"]
