"""Programs that act for a user of the company: found by their client id, else by owner and name."""

import secrets
from functools import partial
from typing import Any

from django.contrib.auth.hashers import check_password

from accounts.models import Application, Company, User
from intellimeter.provisioning.records import Entry
from intellimeter.provisioning.upsert import Run, save_changes


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
    values = {"user": owner, "name": entry["name"]}
    return run.lay(
        "applications",
        entry,
        found,
        needs=("scopes",),
        create=partial(_create, run, entry, values),
        update=partial(_update, entry, values),
    )


def _create(run: Run, entry: Entry, values: dict[str, Any]) -> Application:
    secret = entry.get("client_secret") or secrets.token_urlsafe(96)
    application = Application.objects.create(
        client_secret=secret,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        scopes=entry["scopes"],
        redirect_uris=" ".join(entry.get("redirect_uris", [])),
        **entry.only("client_id"),
        **values,
    )
    if "client_secret" not in entry:
        run.outcome.secrets.append(
            {"application": application.name, "client_id": application.client_id, "client_secret": secret}
        )
    return application


def _update(entry: Entry, values: dict[str, Any], application: Application) -> bool:
    values = values | entry.only("scopes")
    if "redirect_uris" in entry:
        values["redirect_uris"] = " ".join(entry["redirect_uris"])
    if "client_secret" in entry and not check_password(entry["client_secret"], application.client_secret):
        values["client_secret"] = entry["client_secret"]
    return save_changes(application, values)
