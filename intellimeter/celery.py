"""The Celery application. Tasks are doorbells: ids in, one service call, harmless to repeat (style, point 7)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intellimeter.settings.dev")
app = Celery("intellimeter")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
