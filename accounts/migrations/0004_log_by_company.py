"""A company's page of the audit log is read by an index, however many entries other companies have."""

from django.db import migrations
from django.db.models import F, Index
from django.db.models.fields.json import KeyTransform

BY_COMPANY = Index(
    KeyTransform("company", "additional_data"), F("timestamp").desc(), F("id").desc(), name="log_entry_by_company"
)


def add_index(apps, schema_editor):
    schema_editor.add_index(apps.get_model("auditlog", "LogEntry"), BY_COMPANY)


def remove_index(apps, schema_editor):
    schema_editor.remove_index(apps.get_model("auditlog", "LogEntry"), BY_COMPANY)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_consent_and_codes"), ("auditlog", "0017_add_actor_email")]

    operations = [migrations.RunPython(add_index, remove_index)]
