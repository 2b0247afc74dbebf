"""Tests: no secret, nothing outside, tasks run where they are sent unless a test starts a worker.

Files go into a folder of this run, which is why it is made before the base is read; SQLite is a file as in real life, so
that its locks are real too.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="intellimeter-tests-")

from intellimeter.settings.base import *  # noqa: F403 - a settings module is its base and what it changes
from intellimeter.settings.base import DATA_DIR, DATABASES, LOGGING, PASSWORD_HASHERS, STATIC_ROOT

atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
STATIC_ROOT.mkdir()  # WhiteNoise warns at every start without it

SECRET_KEY = "only-for-tests"
FIELD_ENCRYPTION_KEYS = ["v2r5Fdxhk3NgSqGJQ8SOJoLhqg8JWE7w7yHEPE7rd2s="]
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
else:
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"  # no test cuts the power
LOGGING = LOGGING | {"root": {"handlers": ["console"], "level": "WARNING"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
API_REQUESTS_PER_SECOND = 10_000  # tests share a cache and a second; the test of the limit sets its own
