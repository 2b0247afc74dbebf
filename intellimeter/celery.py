"""The Celery application. Tasks are doorbells: ids in, one service call, harmless to repeat (style, point 7)."""

import os

from celery import Celery
from celery.signals import setup_logging
from kombu.transport import TRANSPORT_ALIASES

from intellimeter.beat import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intellimeter.settings.dev")
TRANSPORT_ALIASES["folder"] = "intellimeter.broker:Transport"

app = Celery("intellimeter")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_settings_say(**kwargs: object) -> None:
    """Django has set up logging by then; that somebody listens here keeps Celery from doing so in its own way."""
