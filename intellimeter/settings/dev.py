"""One machine, for its owner: secrets are made in DATA_DIR where there are none. `DEBUG=1` for tracebacks in the browser."""

from intellimeter.settings.base import *  # noqa: F403 - a settings module is its base and what it changes
from intellimeter.settings.base import DATA_DIR, env, required
from intellimeter.settings.secrets import read_or_make

read_or_make(DATA_DIR)
SECRET_KEY = required("SECRET_KEY")
FIELD_ENCRYPTION_KEYS = required("FIELD_ENCRYPTION_KEYS").split(",")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["*"] if DEBUG else env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
