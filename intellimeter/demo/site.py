"""The demo company as a document for `provision`, with logins of this installation's own."""

from typing import Any

from django.utils.crypto import salted_hmac

from intellimeter.demo.buildings import PROPERTIES, DemoProperty
from intellimeter.demo.meters import DemoMeter
from intellimeter.demo.people import tenants_of

COMPANY = "Lakeshore Property Management (demo)"
ADMIN, CLERK, STAFF = "admin@demo.example", "clerk@demo.example", "staff@demo.example"
CLIENT_ID = "demo-client"


def password_of(email: str) -> str:
    """A login's password: the same at every start, and of this installation alone, since its SECRET_KEY is in it."""
    return f"demo-{salted_hmac('demo password', email).hexdigest()[:12]}"


def client_secret() -> str:
    """The API client's secret, made likewise."""
    return salted_hmac("demo client", CLIENT_ID, algorithm="sha256").hexdigest()


def demo_site() -> dict[str, Any]:
    """What `provision` is given. The clerk sees one property of the three; the staff user runs the platform."""
    return {
        "company": {"name": COMPANY, "timezone": "America/Toronto", "tax_number": "123456789 RT0001"},
        "users": [
            _user(ADMIN, "Mary", "Singh", admin=True),
            _user(CLERK, "Luc", "Roy", admin=False, properties=[PROPERTIES[0].job_number]),
            _user(STAFF, "Sam", "Porter", admin=True, staff=True),
        ],
        "applications": [
            {
                "name": "Demo client",
                "user": ADMIN,
                "scopes": "*:*:*",
                "client_id": CLIENT_ID,
                "client_secret": client_secret(),
                "redirect_uris": ["http://127.0.0.1:9000/callback"],
            }
        ],
        "properties": [_property(property) for property in PROPERTIES],
    }


def _user(email: str, first_name: str, last_name: str, **more: Any) -> dict[str, Any]:
    return {"email": email, "password": password_of(email), "first_name": first_name, "last_name": last_name, **more}


def _property(property: DemoProperty) -> dict[str, Any]:
    return {
        "job_number": property.job_number,
        "job_name": property.name,
        "display_name": property.name,
        "address": property.address,
        "timezone": property.timezone,
        "constants": {"invoice_from": COMPANY, **property.rates},
        "suites": list(property.suites),
        "meters": [_meter(meter) for meter in property.meters],
        "tenants": tenants_of(property),
        "fees": [{"name": name, "value": value, "active": True} for name, value in property.fees.items()],
        "services": [_service(property, suite) for suite in property.suites],
    }


def _meter(meter: DemoMeter) -> dict[str, Any]:
    return {
        "serial_number": meter.serial_number,
        "name": meter.name,
        "utility": meter.utility.value,
        "general": meter.general,
        "floor": meter.floor,
        "suite": meter.suite,
        "register_max": meter.register_max,
    }


def _service(property: DemoProperty, suite: str) -> dict[str, Any]:
    return {
        "name": f"{suite} utilities",
        "suite": suite,
        "address": f"{suite.removeprefix('Suite ')}-{property.address}",
        "invoice_type": property.invoice_type.value,
        "day_of_month": property.day_of_month,
    }
