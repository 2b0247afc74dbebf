"""What an admin says of a server that is to get a property's files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fileupload.models import FtpsDestination, HttpDestination
from intellimeter.common.portal.forms import PortalModelForm


class HttpForm(PortalModelForm):
    """A request per file."""

    class Meta:
        model = HttpDestination
        fields = ["url", "method", "file_type", "expected_code", "header", "body"]
        labels = {
            "url": _("URL"),
            "method": _("Method"),
            "file_type": _("File format"),
            "expected_code": _("Expected status code"),
            "header": _("Further headers"),
            "body": _("Further parts of the body"),
        }
        help_texts = {
            "expected_code": _("Any other answer counts as a failure, and the file is sent again."),
            "header": _('As JSON, such as {"Authorization": "Bearer …"}; kept encrypted.'),
            "body": _("As JSON. With it, the file is the part “file” of a multipart form; without, it is the body."),
        }


class FtpsForm(PortalModelForm):
    """A file per cycle. The stored password is never shown."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Left empty, the stored one stays."),
    )

    class Meta:
        model = FtpsDestination
        fields = ["host", "port", "user", "password", "path", "file_type", "ca_certificate"]
        labels = {
            "host": _("Host"),
            "port": _("Port"),
            "user": _("User"),
            "path": _("Folder"),
            "file_type": _("File format"),
            "ca_certificate": _("Certificate of your own authority (PEM)"),
        }
        help_texts = {
            "port": _("TLS is implicit on port 990 and explicit on any other. Plain FTP is refused."),
            "path": _("Made where it is missing; left empty: the folder of the login."),
        }

    def clean_password(self) -> Any:
        return self.cleaned_data["password"] or None
