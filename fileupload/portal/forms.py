"""What an admin says of a server that is to get a property's files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fileupload.models import FtpsDestination, HttpDestination
from intellimeter.common.portal.forms import PortalModelForm

FORMAT = _("The API guide shows each of them.")


class Json(forms.Textarea):
    """JSON to be typed; nothing is an empty box."""

    def format_value(self, value: Any) -> str | None:
        return "" if value == "null" else super().format_value(value)


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
        widgets = {"header": Json(attrs={"rows": 3}), "body": Json(attrs={"rows": 3})}
        help_texts = {
            "url": _(
                "Such as https://hooks.example.com/reads; the server needs a public address. Redirects are not followed."
            ),
            "file_type": FORMAT,
            "expected_code": _("Any other answer counts as a failure, and the file is sent again."),
            "header": _('As JSON, such as {"Authorization": "Bearer …"}; kept encrypted.'),
            "body": _(
                'As JSON, such as {"site": "tower"}. With it, even {}, the file is the part “file” of a multipart form; left '
                "empty, the file is the body."
            ),
        }


class FtpsForm(PortalModelForm):
    """A file per cycle. The stored password is never shown; where there is none yet, one is needed."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept encrypted and never shown. Left empty, the stored one stays."),
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
        widgets = {"ca_certificate": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "host": _("A name such as ftps.example.com, or a public address; the certificate must be for it."),
            "port": _(
                "Most servers listen on 21 (TLS begins on request) or 990 (from the start). Plain FTP and SFTP are not spoken."
            ),
            "path": _("Such as /reads/tower. Made where it is missing; left empty, the folder of the login."),
            "file_type": FORMAT,
            "ca_certificate": _(
                "From -----BEGIN CERTIFICATE----- to its end. Left empty, the server’s certificate must be one that browsers "
                "trust."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["password"].required = self.instance.pk is None

    def clean_password(self) -> Any:
        return self.cleaned_data["password"] or None
