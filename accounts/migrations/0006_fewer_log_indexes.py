"""Indexes of PostgreSQL's for `LIKE 'beginning%'` on the audit log, which nothing asks and each entry would keep up."""

from django.db import migrations

NAMES = ("auditlog_logentry_cid_9f467263_like", "auditlog_logentry_object_pk_6e3219c0_like")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_attempts"), ("auditlog", "0017_add_actor_email")]

    operations = [migrations.RunSQL([f"DROP INDEX IF EXISTS {name}" for name in NAMES], migrations.RunSQL.noop)]
