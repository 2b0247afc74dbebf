"""What settings of a destination may hold, judged for every door alike (decisions, section 9).

Each check raises `Unfit` with one sentence. None of them trusts what is stored to stay harmless: addresses are judged again at
every connection.
"""

import json
import re
from typing import Any

from cryptography import x509
from django.utils.translation import gettext as _
from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from fileupload.network.connecting import ForbiddenAddress, Unresolvable, resolve
from fileupload.transports.http import PORTS

LONGEST_URL = 2048
MOST_KEYS = 50
LONGEST_VALUE = 8000
LONGEST_BODY = 64 * 1024
LONGEST_PATH = 1024
LONGEST_CERTIFICATE = 64 * 1024

TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}").fullmatch
HEADER_VALUE = re.compile(r"(?:[\x21-\x7e\xa0-\xff](?:[\x20-\x7e\xa0-\xff\t]*[\x21-\x7e\xa0-\xff])?)?").fullmatch
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]").search
HOST_NAME = re.compile(r"(?=.{1,253}$)[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.[^\W_](?:[\w-]{0,61}[^\W_])?)*\.?").fullmatch
HOST_NUMBER = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*").fullmatch

OURS = frozenset(
    {
        "connection",
        "content-encoding",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "x-delivery-id",
    }
)
"""Headers that say how the request itself is built."""


class Unfit(ValueError):
    """Why a value will not do, and what would."""


def check_url(url: str) -> None:
    """An absolute http or https URL, without a user or password, that leads outside."""
    parsed = _parsed(url)
    assert parsed.host is not None
    assert parsed.scheme is not None
    check_address(parsed.host, parsed.port or PORTS[parsed.scheme])


def _parsed(url: str) -> Url:
    wanted = _("Must be an absolute URL that begins with http:// or https://.")
    if len(url) > LONGEST_URL or CONTROL(url) or re.search(r"[\s\\]", url):
        raise Unfit(wanted)
    try:
        parsed = parse_url(url)
    except LocationParseError as error:
        raise Unfit(wanted) from error
    if parsed.scheme not in PORTS or not parsed.host or parsed.port == 0:
        raise Unfit(wanted)
    if parsed.auth is not None:
        raise Unfit(_("Must not hold a user or password; send them as an Authorization header."))
    return parsed


def check_host(host: str, port: int) -> None:
    """A host's name or address, that leads outside."""
    if not (HOST_NAME(host) or HOST_NUMBER(host)):
        raise Unfit(_("Must be the name of a host, such as ftps.example.com, without a scheme, port or path."))
    check_address(host, port)


def check_address(host: str, port: int) -> None:
    """Refuse a host that leads inside. One that cannot be resolved now is judged when it is connected to.

    A dot at its end changes nothing of where it leads, but hides an address or `localhost` from some resolvers.
    """
    try:
        resolve(host.strip("[]").removesuffix("."), port)
    except ForbiddenAddress as error:
        raise Unfit(str(error)) from error
    except Unresolvable:
        return


def check_header(header: Any, body: Any) -> None:
    """Names to texts or numbers; none that would break the request or contradict it."""
    if header is None:
        return
    if not isinstance(header, dict) or len(header) > MOST_KEYS:
        raise Unfit(_("Must be an object of at most %(count)d headers, or null.") % {"count": MOST_KEYS})
    if len({name.lower() for name in header}) != len(header):
        raise Unfit(_("Has one name twice; header names are compared without regard to case."))
    for name, value in header.items():
        if not TOKEN(name):
            raise Unfit(_("%(name)r cannot be the name of a header.") % {"name": name[:60]})
        if name.lower() in OURS or (name.lower() == "content-type" and body is not None):
            raise Unfit(_("%(name)s is set by the request itself; leave it out.") % {"name": name})
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise Unfit(_("The value of %(name)s must be a string.") % {"name": name})
        if len(str(value)) > LONGEST_VALUE or not HEADER_VALUE(str(value)):
            raise Unfit(_("The value of %(name)s must be one line of Latin text.") % {"name": name})


def check_body(body: Any) -> None:
    """Names to any JSON values, each of which becomes a part beside the file."""
    if body is None:
        return
    if not isinstance(body, dict) or len(body) > MOST_KEYS:
        raise Unfit(_("Must be an object of at most %(count)d keys, or null.") % {"count": MOST_KEYS})
    if len(json.dumps(body, default=str)) > LONGEST_BODY:
        raise Unfit(_("Must be at most %(count)d bytes long.") % {"count": LONGEST_BODY})
    for name in body:
        if not name or len(name) > 200 or CONTROL(name):
            raise Unfit(_("A key must be one line of at most 200 characters."))
        if name == "file":
            raise Unfit(_("The key 'file' is the file's own; give yours another name."))


def check_line(text: str) -> None:
    """One line: what ends a line would begin another command."""
    if not text or CONTROL(text):
        raise Unfit(_("Must be one line of text."))


def check_path(path: str | None) -> None:
    """A folder, without steps up out of it."""
    if path is None:
        return
    if CONTROL(path) or len(path) > LONGEST_PATH or ".." in path.split("/"):
        raise Unfit(_("Must be the path of a folder on one line, without '..'."))


def check_certificate(pem: str | None) -> None:
    """One or more certificates, and nothing secret."""
    if pem is None:
        return
    wanted = _("Must be one or more certificates in PEM form.")
    if len(pem) > LONGEST_CERTIFICATE or not pem.isascii():
        raise Unfit(wanted)
    if "PRIVATE KEY" in pem:
        raise Unfit(_("Holds a private key; send the certificate alone, and take that key for known to others."))
    try:
        x509.load_pem_x509_certificates(pem.encode())
    except ValueError as error:
        raise Unfit(wanted) from error
