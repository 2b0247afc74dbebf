from django.apps import AppConfig


class FileUploadConfig(AppConfig):
    name = "fileupload"

    def ready(self) -> None:
        from fileupload import receivers  # noqa: F401 - connects them, once the models are there
