"""A cycle's reads as a file that is ready to be sent."""

import re
from datetime import UTC, datetime

from fileupload.contents import newest_instant, rows_of
from fileupload.formats import FORMATS
from fileupload.models import Delivery
from fileupload.transports import Parcel
from metering.models import Property

NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]+")
LONGEST_NAME = 60


def parcel_of(delivery: Delivery, file_type: str) -> Parcel:
    """The delivery's file, its name the same on a repeat. `sent` in it is empty the first time."""
    cycle = delivery.cycle
    return _parcel(cycle.property, cycle.time, delivery.first_attempt, file_type, str(delivery.delivery_id))


def sample_of(property: Property, file_type: str, delivery_id: str, now: datetime) -> Parcel:
    """A file of the property's newest reads, to try a destination with; without a row if there is no read yet."""
    return _parcel(property, newest_instant(property) or now, None, file_type, delivery_id)


def _parcel(property: Property, instant: datetime, sent: datetime | None, file_type: str, delivery_id: str) -> Parcel:
    kind = FORMATS[file_type]
    name = NOT_IN_NAMES.sub("-", property.job_number)[:LONGEST_NAME].strip("-") or property.public_id
    return Parcel(
        delivery_id=delivery_id,
        name=f"{name}_{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}_{delivery_id}.{kind.extension}",
        content_type=kind.content_type,
        content=kind.write(rows_of(property, instant, sent)),
    )
