"""The schedule of beat: every line names a task that the workers have."""

from intellimeter.beat import SCHEDULE
from intellimeter.celery import app


def test_every_scheduled_task_is_known_to_the_workers():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in SCHEDULE.values()} - set(app.tasks) == set()
