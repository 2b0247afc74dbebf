"""The use case: one file, one company, one transaction."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

from accounts.models import Company, User
from accounts.services import create_company, update_company
from intellimeter.provisioning.applications import lay_application
from intellimeter.provisioning.billing import lay_constants, lay_fees, lay_services, lay_tenants
from intellimeter.provisioning.buildings import lay_meters, lay_property, lay_suites
from intellimeter.provisioning.outcome import Outcome
from intellimeter.provisioning.people import lay_user
from intellimeter.provisioning.problems import InvalidSite, Problems
from intellimeter.provisioning.records import Entry, read_value
from intellimeter.provisioning.site import COMPANY_FIELDS, SITE
from intellimeter.provisioning.upsert import Run, change_to
from metering.models import Property


@transaction.atomic
def provision(document: Any, *, progress: Callable[[int], object] | None = None) -> Outcome:
    """Create or update the company that the document describes, and all it has, by natural keys.

    What the document leaves out is left as it is; nothing is ever deleted but a user's access to a property and a
    tenant's binding to a suite, where the document lists those that should be. InvalidSite, with every sentence there
    is to say, if anything is wrong; nothing is stored then. `progress` is told of each entry as it is laid.
    """
    problems = Problems()
    site = read_value(SITE, document, "", problems)
    problems.raise_if_any()
    run = Run(problems, progress or _untold)
    company = _lay_company(run, site["company"])
    if company is None:
        raise InvalidSite(problems.found)
    run.outcome.ids = {
        "company": {"name": company.name, "id": company.public_id},
        "users": {},
        "applications": {},
        "properties": {entry["job_number"]: _lay_building(run, company, entry) for entry in site.get("properties", [])},
    }
    _lay_people(run, company, site)
    problems.raise_if_any()
    return run.outcome


def rehearse(document: Any, *, progress: Callable[[int], object] | None = None) -> Outcome:
    """What `provision` would do, or would refuse; nothing stays of it."""
    with transaction.atomic():
        outcome = provision(document, progress=progress)
        transaction.set_rollback(True)
    return outcome


def _untold(_: int) -> None:
    """For whoever wants no progress."""


def _lay_company(run: Run, entry: Entry) -> Company | None:
    values = entry.only(*COMPANY_FIELDS)
    found = list(Company.objects.filter(name=entry["name"]))
    return run.lay(
        "companies",
        entry,
        found,
        create=partial(create_company, **values),
        update=lambda company: change_to(company, values, partial(update_company, company=company)),
    )


def _lay_building(run: Run, company: Company, entry: Entry) -> dict[str, Any]:
    """A property and all that belongs to it; the ids of what the entry names."""
    property = lay_property(run, company, entry)
    if property is None:
        return {}
    lay_constants(run, property, entry)
    suites = lay_suites(run, property, entry)
    return {
        "id": property.public_id,
        "suites": {name: suites[name].public_id for name in entry.get("suites", []) if name in suites},
        "meters": _ids(lay_meters(run, property, suites, entry)),
        "tenants": _ids(lay_tenants(run, property, suites, entry)),
        "fees": _ids(lay_fees(run, property, entry)),
        "services": _ids(lay_services(run, property, suites, entry)),
    }


def _lay_people(run: Run, company: Company, site: Entry) -> None:
    """The users and their applications; after the properties, since users are given properties."""
    properties = {property.job_number: property for property in Property.objects.filter(company=company)}
    for entry in site.get("users", []):
        user = lay_user(run, company, properties, entry)
        if user is not None:
            run.outcome.ids["users"][user.email] = user.public_id
    owners = {user.email.casefold(): user for user in User.objects.filter(company=company)}
    refused = {entry["email"].casefold() for entry in site.get("users", [])} - owners.keys()
    for entry in site.get("applications", []):
        if entry["user"].casefold() in refused:
            continue  # why is said already, at the user
        application = lay_application(run, company, owners, entry)
        if application is not None:
            run.outcome.ids["applications"][application.client_id] = application.public_id


def _ids(rows: "dict[str, Any]") -> dict[str, str]:
    return {key: row.public_id for key, row in rows.items()}
