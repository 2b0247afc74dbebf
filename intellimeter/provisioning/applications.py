"""Programs that act for a user of the company: found by their client id, else by owner and name."""

from functools import partial
from typing import Any

from django.contrib.auth.hashers import check_password

from accounts import services
from accounts.models import Application, Company, User
from intellimeter.provisioning.records import Entry
from intellimeter.provisioning.upsert import Run, differing


def lay_application(run: Run, company: Company, users: dict[str, User], entry: Entry) -> Application | None:
    """One application; a secret that the file does not give is made here and told once in the outcome."""
    owner = users.get(entry["user"].casefold())
    if owner is None:
        run.problems.add(entry.at("user"), f"{entry['user']} is no user of this company; add them to `users`.")
        return None
    if "client_id" in entry:
        found = list(Application.objects.filter(client_id=entry["client_id"]).select_related("user"))
    else:
        found = list(Application.objects.filter(user=owner, name=entry["name"]))
    if found and (found[0].user is None or found[0].user.company_id != company.pk):
        run.problems.add(entry.at("client_id"), "is taken by an application of another company.")
        return None
    return run.lay(
        "applications",
        entry,
        found,
        needs=("scopes",),
        create=partial(_create, run, owner, entry),
        update=partial(_update, run, owner, entry),
    )


def _create(run: Run, owner: User, entry: Entry) -> Application:
    values = entry.only("name", "scopes", "redirect_uris", "client_id", "client_secret")
    application, secret = services.create_application(user=owner, **values)
    if "client_secret" not in entry:
        run.outcome.secrets.append(
            {"application": application.name, "client_id": application.client_id, "client_secret": secret}
        )
    return application


def _update(run: Run, owner: User, entry: Entry, application: Application) -> bool:
    if application.user_id != owner.pk:
        run.problems.add(
            entry.at("user"), f"is not the owner of {application.client_id}; an application keeps its owner."
        )
        return False
    values: dict[str, Any] = entry.only("name", "scopes")
    if "redirect_uris" in entry:
        values["redirect_uris"] = " ".join(entry["redirect_uris"])
    changed = differing(application, values)
    if "redirect_uris" in changed:
        changed["redirect_uris"] = entry["redirect_uris"]
    if "client_secret" in entry and not check_password(entry["client_secret"], application.client_secret):
        changed["client_secret"] = entry["client_secret"]
    if changed:
        services.update_application(application=application, **changed)
    return bool(changed)
