"""Entries of the audit log from before they were tied to a company get theirs, where it can be known.

From the changed row, where it is still there; else from the person, whose door lets them change their own company's things
alone; else from another entry about the same thing. Staff's and commands' entries about what is gone stay nobody's. Programs
get the names that they have now.
"""

from django.db import migrations

BATCH = 1000
WAYS = {
    ("accounts", "company"): "pk",
    ("accounts", "user"): "company_id",
    ("accounts", "application"): "user__company_id",
    ("accounts", "consent"): "user__company_id",
    ("metering", "property"): "company_id",
    ("metering", "propertyaccess"): "property__company_id",
    ("metering", "suite"): "property__company_id",
    ("metering", "meter"): "property__company_id",
    ("metering", "metersuite"): "meter__property__company_id",
    ("metering", "readimport"): "property__company_id",
    ("billing", "constants"): "property__company_id",
    ("billing", "fee"): "property__company_id",
    ("billing", "tenant"): "property__company_id",
    ("billing", "tenantsuite"): "suite__property__company_id",
    ("billing", "service"): "property__company_id",
    ("billing", "invoice"): "company_id",
    ("billing", "invoiceline"): "invoice__property__company_id",
    ("billing", "invoicetemplate"): "property__company_id",
    ("reporting", "schedule"): "user__company_id",
    ("fileupload", "httpdestination"): "property__company_id",
    ("fileupload", "ftpsdestination"): "property__company_id",
}
OWN_DOORS = {"portal", "api"}


def tie(apps, schema_editor):
    entries = apps.get_model("auditlog", "LogEntry").objects.order_by("pk")
    users = dict(apps.get_model("accounts", "User").objects.exclude(company=None).values_list("pk", "company_id"))
    names = dict(apps.get_model("accounts", "Application").objects.values_list("public_id", "name"))
    kinds = {
        kind.pk: (kind.app_label, kind.model) for kind in apps.get_model("contenttypes", "ContentType").objects.all()
    }
    known = {}
    last = 0
    while batch := list(entries.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        alive = _companies_of_rows(apps, kinds, batch)
        for entry in batch:
            company = alive.get((entry.content_type_id, entry.object_pk)) or _by_person(entry, users)
            if company is not None:
                known[entry.content_type_id, entry.object_pk] = company
    last = 0
    while batch := list(entries.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        told = [entry for entry in batch if _tell(entry, known, names)]
        entries.model.objects.bulk_update(told, ["additional_data"], batch_size=100)


def _companies_of_rows(apps, kinds, batch):
    found = {}
    for kind in {entry.content_type_id for entry in batch}:
        way = WAYS.get(kinds[kind])
        if way is None:
            continue
        keys = {entry.object_pk for entry in batch if entry.content_type_id == kind}
        rows = apps.get_model(*kinds[kind]).objects.filter(pk__in=keys)
        found |= {(kind, str(key)): company for key, company in rows.values_list("pk", way) if company is not None}
    return found


def _by_person(entry, users):
    via = (entry.additional_data or {}).get("via")
    return users.get(entry.actor_id) if via in OWN_DOORS else None


def _tell(entry, known, names):
    more = {}
    company = known.get((entry.content_type_id, entry.object_pk))
    if company is not None:
        more["company"] = company
    details = entry.additional_data or {}
    if details.get("application") in names:
        more["program"] = names[details["application"]]
    entry.additional_data = {**more, **details}
    return bool(more)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0004_log_by_company"),
        ("auditlog", "0017_add_actor_email"),
        ("billing", "0004_invoice_template"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("fileupload", "0001_initial"),
        ("metering", "0003_read_import"),
        ("reporting", "0001_initial"),
    ]

    operations = [migrations.RunPython(tie, migrations.RunPython.noop)]
