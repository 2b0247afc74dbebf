"""What each invoice costs in checks and indexes that nothing needs (ADR 6)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_fewer_log_indexes"),
        ("billing", "0006_invoice_bundle"),
        ("metering", "0004_read_review"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invoice",
            name="company",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invoices",
                to="accounts.company",
            ),
        ),
        migrations.AlterField(
            model_name="invoice",
            name="property",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invoices",
                to="metering.property",
            ),
        ),
        # PostgreSQL's for `LIKE 'beginning%'`: nobody asks for the beginning of an id.
        migrations.RunSQL("DROP INDEX IF EXISTS billing_invoice_public_id_8a558fc7_like", migrations.RunSQL.noop),
    ]
