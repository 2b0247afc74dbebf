"""Setting destinations up, and sending by hand what failed (reference, File Upload; decisions, section 9)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from fileupload import checks
from fileupload.attempts import SETTINGS
from fileupload.cycles import RETRIED_FOR
from fileupload.deliveries import ring
from fileupload.enums import FileType, Method, Status, Transport
from fileupload.models import Delivery, Destination, FtpsDestination, HttpDestination
from intellimeter.common.errors import Conflict, DomainError
from metering.models import Property

SettingsT = TypeVar("SettingsT", HttpDestination, FtpsDestination)


def put_http(
    *,
    property: Property,
    url: str,
    file_type: FileType | str,
    method: Method | str = Method.POST,
    expected_code: int = 200,
    header: dict[str, Any] | None = None,
    body: dict[str, Any] | None = None,
) -> HttpDestination:
    """Send the property's files to this URL from now on; what was set before is replaced."""
    _judge(
        url=lambda: checks.check_url(url),
        header=lambda: checks.check_header(header, body),
        body=lambda: checks.check_body(body),
    )
    values = {"url": url, "method": method, "expected_code": expected_code, "header": header, "body": body}
    return _put(HttpDestination, Transport.HTTP, property, file_type, values)


def put_ftps(
    *,
    property: Property,
    host: str,
    user: str,
    file_type: FileType | str,
    password: str | None = None,
    port: int = 22,
    path: str | None = None,
    ca_certificate: str | None = None,
) -> FtpsDestination:
    """Put the property's files on this server from now on; what was set before is replaced, but for a password not given."""
    path, ca_certificate = path or None, ca_certificate or None
    _judge(
        host=lambda: checks.check_host(host, port),
        user=lambda: checks.check_line(user),
        password=lambda: None if password is None else checks.check_line(password),
        path=lambda: checks.check_path(path),
        ca_certificate=lambda: checks.check_certificate(ca_certificate),
    )
    values = {"host": host, "port": port, "user": user, "path": path, "ca_certificate": ca_certificate}
    if password is not None:
        values["password"] = password
    elif not FtpsDestination.objects.filter(property=property).exists():
        raise DomainError("password: This field is required.", fields={"password": ["This field is required."]})
    return _put(FtpsDestination, Transport.FTPS, property, file_type, values)


@transaction.atomic
def disable(*, property: Property, transport: Transport) -> None:
    """Send no more files this way; settings and deliveries are deleted. Nothing happens where nothing is set."""
    for destination in SETTINGS[transport].objects.filter(property=property):
        destination.delete()


@transaction.atomic
def resend(*, delivery: Delivery, now: datetime) -> Delivery:
    """Send a file again that failed, or that was sent and is missing over there. Conflict while it waits to be sent anyway."""
    held = Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    if held.status == Status.WAITING:
        raise Conflict("The file is waiting to be sent as it is.")
    held.status, held.give_up = Status.WAITING, now + RETRIED_FOR
    held.save(update_fields=["status", "give_up"])
    _hurry(held.destination_id)
    return held


def _judge(**checked: Callable[[], object]) -> None:
    """Make every check before any transaction is begun (one asks for a name's addresses); all that is unfit is told at once."""
    problems: dict[str, list[str]] = {}
    for name, check in checked.items():
        try:
            check()
        except checks.Unfit as error:
            problems[name] = [str(error)]
    if problems:
        first = next(iter(problems))
        raise DomainError(f"{first}: {problems[first][0]}", fields=problems)


@transaction.atomic
def _put(
    model: type[SettingsT], transport: Transport, property: Property, file_type: str, values: dict[str, Any]
) -> SettingsT:
    Property.objects.select_for_update(no_key=True).get(pk=property.pk)  # two at once would both make one
    destination = model.objects.filter(property=property).first()
    if destination is None:
        return model.objects.create(property=property, transport=transport, file_type=file_type, **values)
    for name, value in {"file_type": file_type, **values}.items():
        setattr(destination, name, value)
    destination.save(update_fields=["file_type", *values, "updated"])
    _hurry(destination.pk)
    return destination


def _hurry(destination_id: int) -> None:
    """Try the destination at once: what kept it from taking files may be mended."""
    Destination.objects.filter(pk=destination_id).update(failures=0, next_attempt=None)
    ring([destination_id])
