"""Users with their passwords and properties, and the programs that act for them."""

from functools import partial
from typing import Any

from accounts import services
from accounts.models import Company, User
from intellimeter.provisioning.records import Entry
from intellimeter.provisioning.upsert import Run, differing
from metering.access import give_properties
from metering.models import Property

NAMES = {"admin": "is_admin", "staff": "is_staff", "active": "is_active"}


def lay_user(run: Run, company: Company, properties: dict[str, Property], entry: Entry) -> User | None:
    """One user of the company, and the properties given to them where not all are."""
    found = list(User.objects.filter(email__iexact=entry["email"]))
    if found and found[0].company_id != company.pk:
        run.problems.add(entry.at("email"), f"{entry['email']} is a user of another company.")
        return None
    given = entry.get("properties", "all" if not found else None)
    strangers = [name for name in given or [] if given != "all" and name not in properties]
    for name in strangers:
        run.problems.add(entry.at("properties"), f"{name!r} is no property of this company.")
    values = {NAMES.get(key, key): entry[key] for key in ("first_name", "last_name", *NAMES) if key in entry}
    if given is not None:
        values["all_properties"] = given == "all"
    if strangers:
        return None
    wanted = None if given is None else set() if given == "all" else {properties[name] for name in given}
    return run.lay(
        "users",
        entry,
        found,
        needs=("first_name", "last_name", "password"),
        create=partial(_create_user, company, entry, values, wanted),
        update=partial(_update_user, entry, values, wanted),
    )


def _create_user(company: Company, entry: Entry, values: dict[str, Any], wanted: set[Property] | None) -> User:
    user = services.create_user(company=company, email=entry["email"], password=entry["password"], **values)
    _give(user, wanted)
    return user


def _update_user(entry: Entry, values: dict[str, Any], wanted: set[Property] | None, user: User) -> bool:
    changed = differing(user, values)
    if "password" in entry and not user.check_password(entry["password"]):
        changed["password"] = entry["password"]
    if changed:
        services.update_user(user=user, **changed)
    return _give(user, wanted) or bool(changed)


def _give(user: User, wanted: set[Property] | None) -> bool:
    """Let the user have exactly these properties; whether that changed anything."""
    return wanted is not None and give_properties(user=user, properties=wanted)
