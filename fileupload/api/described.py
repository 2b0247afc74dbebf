"""File upload's operations in words and examples (reference, File Upload)."""

from intellimeter.common.api.schema.described import Chapter, Operation
from intellimeter.common.api.schema.shapes import TEXT

PART = "Endpoints"
SHARED = {
    "property": "The ID of the property the settings apply to",
    "file_type": "The data format to send the data as",
    "created": "The datetime file sending was enabled",
    "updated": "The datetime file sending options were updated",
}

HTTP = Chapter(
    name="File Upload (HTTP/HTTPS)",
    part=PART,
    description=(
        "Where your reads are sent over HTTP after each read cycle. Each request has an `X-Delivery-Id`, the same on a repeat. "
        "Anything but `expected_code` is tried again for 24 hours; redirects are not followed."
    ),
    example={
        "body": {},
        "created": "2021-04-14T09:22:56",
        "expected_code": 200,
        "file_type": "CSV",
        "header": {},
        "method": "POST",
        "property": "8b70ac80",
        "updated": "2021-04-14T09:22:56",
        "url": "https://hooks.example.com/reads",
    },
    fields=SHARED
    | {
        "url": "The URL to send the HTTP request to: a server with public addresses only",
        "body": "Keys that are sent as parts beside the part `file`, or null to send the file as the request's body",
        "header": "Headers to be added, or null",
        "method": "The HTTP method to use when sending the request",
        "expected_code": "The HTTP status code that means success",
    },
    operations={
        "list": Operation(summary="Returns the current HTTP file upload settings"),
        "update": Operation(
            summary="Updates (or enables if previously disabled) the HTTP file upload settings",
            description="What was set before is replaced: a field that is left out takes its default.",
            body={"file_type": "CSV", "url": "https://hooks.example.com/reads"},
        ),
        "destroy": Operation(
            summary="Disables the HTTP file uploader",
            description="Previous settings are lost. Answers the same where there are none.",
        ),
    },
)

FTPS = Chapter(
    name="File Upload (FTPS)",
    part=PART,
    description=(
        "Where your reads are put over FTPS after each read cycle: explicit TLS, on port 990 implicit. There is no plain FTP. "
        "A file is written under a temporary name and renamed; its name has the delivery's id, the same on a repeat."
    ),
    example={
        "created": "2021-04-14T09:46:32",
        "file_type": "CSV",
        "host": "ftps.example.com",
        "path": None,
        "port": 22,
        "property": "8b70ac80",
        "updated": "2021-04-14T09:46:32",
        "user": "username",
    },
    fields=SHARED
    | {
        "host": "The hostname of the FTPS server, which has public addresses only",
        "port": "The port of the FTPS server",
        "user": "The username to use when authenticating with the server",
        "password": "The password to use when authenticating with the server; left out, the stored one is kept",
        "path": "The path to upload the file to, made where it is missing, or null to use the root directory",
        "ca_certificate": "Certificates (PEM) of your own authority, or null; returned where there are any",
    },
    operations={
        "list": Operation(
            summary="Returns the current FTPS file upload settings",
            adds={"ca_certificate": TEXT | {"description": "Where one is set"}},
        ),
        "update": Operation(
            summary="Updates (or enables if previously disabled) the FTPS file upload settings",
            description="What was set before is replaced: a field that is left out takes its default, but for the password.",
            body={"file_type": "CSV", "host": "ftps.example.com", "password": "1234", "user": "me"},
        ),
        "destroy": Operation(
            summary="Disables the FTPS file uploader",
            description="Previous settings are lost. Answers the same where there are none.",
        ),
    },
)
