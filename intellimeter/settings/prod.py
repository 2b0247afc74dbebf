"""A server: every secret comes from the environment (or DATA_DIR/secrets.env), and a missing one stops the start."""

from urllib.parse import urlsplit

from intellimeter.settings.base import *  # noqa: F403 - a settings module is its base and what it changes
from intellimeter.settings.base import PUBLIC_URL, env, required

SECRET_KEY = required("SECRET_KEY")
FIELD_ENCRYPTION_KEYS = required("FIELD_ENCRYPTION_KEYS").split(",")
DEBUG = False

# --- Address: https in PUBLIC_URL switches on all that https allows
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or [_public.hostname, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
if _public.scheme == "https":
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "intellimeter.static_files.StaticFiles"},
}
# The hashed copies are what pages name. Source maps are for the rare debugger, and need no compression
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["gz", "br", "zip", "png", "jpg", "webp", "woff", "woff2", "map", "md", "txt"]
