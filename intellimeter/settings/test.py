"""Tests: no secret, nothing outside, tasks run where they are sent unless a test starts a worker."""

import tempfile
from pathlib import Path

from intellimeter.settings.base import *  # noqa: F403 - a settings module is its base and what it changes
from intellimeter.settings.base import DATABASES

SECRET_KEY = "only-for-tests"  # noqa: S105 - no installation runs on these settings
FIELD_ENCRYPTION_KEYS = ["v2r5Fdxhk3NgSqGJQ8SOJoLhqg8JWE7w7yHEPE7rd2s="]
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATA_DIR = Path(tempfile.mkdtemp(prefix="intellimeter-tests-"))
MEDIA_ROOT = DATA_DIR / "files"
EMAIL_OUTBOX_DIR = DATA_DIR / "outbox"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.Argon2PasswordHasher"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
