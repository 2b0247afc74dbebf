from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteFilesConfig(AppConfig):
    name = "intellimeter.site_files"
    verbose_name = _("Provisioning")
