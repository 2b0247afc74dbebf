"""The composition root as an app, so that its commands are found and every process knows its Celery application."""

from django.apps import AppConfig

from intellimeter import celery


class IntellimeterConfig(AppConfig):
    name = "intellimeter"

    def ready(self) -> None:
        celery.app.set_default()
