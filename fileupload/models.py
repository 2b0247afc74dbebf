"""Where a property's reads are sent after each cycle, the cycles, and what became of each file (decisions, section 9)."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fileupload.enums import FileType, Method, Status, Transport
from intellimeter.common.encryption import EncryptedJSONField, EncryptedTextField
from metering.models import Property
from metering.querysets import OfPropertyQuerySet


class Destination(models.Model):
    """A server that gets a property's files, one of each transport. Its settings are in the transport's own model.

    It is also what a worker takes to deliver: `claim` and `lease_until` say whose it is and until when, `failures` how often
    in a row it refused, `next_attempt` (null: any time) until when it is left alone after that.
    """

    property = models.ForeignKey(Property, models.CASCADE, related_name="destinations")
    transport = models.CharField(max_length=4, choices=Transport.choices, editable=False)
    file_type = models.CharField(max_length=4, choices=FileType.choices)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    claim = models.CharField(max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    next_attempt = models.DateTimeField(null=True, editable=False)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["property", "transport"], name="one_destination_per_transport")]

    def __str__(self) -> str:
        return f"{self.property} · {self.get_transport_display()}"


class HttpDestination(Destination):
    """A request per file. `header` may hold another server's secrets, so it is encrypted at rest."""

    url = models.CharField(_("URL"), max_length=2048)
    method = models.CharField(max_length=7, choices=Method.choices, default=Method.POST)
    expected_code = models.PositiveSmallIntegerField(default=200)
    header = EncryptedJSONField(null=True, blank=True)
    body = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = "HTTP destination"

    def __str__(self) -> str:
        return f"{self.property} · {self.url}"


class FtpsDestination(Destination):
    """A file per cycle on an FTPS server. `ca_certificate` (PEM) is trusted beside the system's authorities."""

    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=22)
    user = models.CharField(max_length=255)
    password = EncryptedTextField()
    path = models.CharField(max_length=1024, null=True, blank=True)  # noqa: DJ001 - the reference tells null from ""
    ca_certificate = models.TextField(null=True, blank=True)  # noqa: DJ001 - null is none, as in the API

    class Meta:
        verbose_name = "FTPS destination"

    def __str__(self) -> str:
        return f"{self.property} · {self.host}:{self.port}"


class Cycle(models.Model):
    """All reads of a property at one instant. It is open until each meter has reported, at the latest until `deadline`."""

    property_path: ClassVar[str] = "property"

    property = models.ForeignKey(Property, models.CASCADE, related_name="read_cycles")
    time = models.DateTimeField()
    deadline = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    objects = OfPropertyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["property", "time"], name="one_cycle_per_instant")]
        indexes = [
            models.Index(fields=["deadline"], condition=Q(closed=None), name="open_cycles"),
            models.Index(fields=["time"], name="cycles_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.property} · {self.time:%Y-%m-%dT%H:%M:%SZ}"


class Delivery(models.Model):
    """A cycle's file for one destination: written when the cycle closes, tried until the server takes it or `give_up`.

    `delivery_id` stays the same on a repeat. `code` is the server's last answer in its protocol's numbers, `answer` the
    beginning of its words, `problem` one sentence on why an attempt failed. `duration` is in milliseconds, `size` in bytes.
    """

    property_path: ClassVar[str] = "destination__property"

    destination = models.ForeignKey(Destination, models.CASCADE, related_name="deliveries")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="deliveries")
    delivery_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.WAITING)
    created = models.DateTimeField()
    give_up = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    first_attempt = models.DateTimeField(null=True)
    last_attempt = models.DateTimeField(null=True)
    sent = models.DateTimeField(null=True)
    code = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    duration = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField(null=True)

    objects: Any = OfPropertyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["destination", "cycle"], name="one_delivery_per_cycle")]
        indexes = [
            models.Index(fields=["destination"], condition=Q(status=Status.WAITING), name="waiting_deliveries"),
        ]

    def __str__(self) -> str:
        return str(self.delivery_id)


class Sample(models.Model):
    """A file that tries a destination, asked for by hand: `started` when a worker took it, `finished` when it knew the result.

    `taken` says whether the server took it; the other fields are a delivery's.
    """

    property_path: ClassVar[str] = "destination__property"

    destination = models.ForeignKey(Destination, models.CASCADE, related_name="samples")
    created = models.DateTimeField()
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    taken = models.BooleanField(null=True)
    file_name = models.CharField(max_length=200, blank=True)
    code = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    duration = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField(null=True)

    objects: Any = OfPropertyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["created"], condition=Q(finished=None), name="samples_under_way")]

    def __str__(self) -> str:
        return f"{self.destination} · {self.created:%Y-%m-%dT%H:%M:%SZ}"
