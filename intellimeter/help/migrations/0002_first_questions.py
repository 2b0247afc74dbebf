from django.db import migrations

from intellimeter.help.first_questions import FIRST_QUESTIONS


def store(apps, schema_editor):
    rows = apps.get_model("help", "Question").objects.using(schema_editor.connection.alias)
    for number, (question, answer) in enumerate(FIRST_QUESTIONS, start=1):
        rows.create(question=question, answer=answer, position=10 * number)


class Migration(migrations.Migration):
    dependencies = [("help", "0001_initial")]

    operations = [migrations.RunPython(store, migrations.RunPython.noop)]
