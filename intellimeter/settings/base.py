"""Settings that every installation shares; one concern a block. What differs comes from the environment.

`DATABASE_URL`, `CELERY_BROKER_URL`, `EMAIL_URL` and `CACHE_URL` choose the real parts; without them everything runs on this
machine alone, with its files in `DATA_DIR`.
"""

from ipaddress import ip_network
from pathlib import Path

import environ
from corsheaders.defaults import default_headers
from django.contrib.messages import constants as messages
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()


def required(name: str) -> str:
    """The variable's value. Neither unset nor empty will do: the start fails and names it (style, point 11)."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Put it into the environment or into {DATA_DIR}/secrets.env.")
    return value


# --- Files: uploads, documents, the local outbox and broker, SQLite, the secrets of a single machine
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
environ.Env.read_env(DATA_DIR / "secrets.env")
MEDIA_ROOT = DATA_DIR / "files"

# --- Address: what people type, for links in mail and for what is allowed to ask
_host, _port = env.str("HOST", default="127.0.0.1"), env.str("PORT", default="8000")
_local = f"http://{'127.0.0.1' if _host in ('', '0.0.0.0', '::') else _host}:{_port}"  # noqa: S104 - compared, not bound
PUBLIC_URL = env.str("PUBLIC_URL", default=_local).rstrip("/")

# --- Applications
INSTALLED_APPS = [
    "intellimeter",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "accounts.admin_config.PlatformAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "oauth2_provider",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
    "axes",
    "auditlog",
    "django_htmx",
    "accounts",
    "metering",
    "billing",
    "reporting",
    "fileupload",
    "intellimeter.help",
    "intellimeter.site_files",
]

MIDDLEWARE = [
    "intellimeter.common.request_ids.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.audit.AuditMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "intellimeter.urls"
WSGI_APPLICATION = "intellimeter.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["intellimeter.common.portal.figures", "intellimeter.common.portal.menu"],
        },
    }
]

# --- Database: SQLite in WAL mode where no other is named
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'intellimeter.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Statements here look up much by key: to compile one takes longer than to carry it out.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

# --- People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "accounts.hashers.GeneratedSecretHasher",  # of client secrets alone
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_RESET_TIMEOUT = 24 * 3600
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# --- Guessing of passwords
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.guessing.attempted_email"
AXES_LOCKOUT_CALLABLE = "accounts.guessing.locked_out"

# --- Administration
UNFOLD = {
    "SITE_TITLE": "Intellimeter",
    "SITE_HEADER": "Intellimeter",
    "SITE_SUBHEADER": "Platform · times in UTC",
    "SITE_SYMBOL": "speed",
    "SHOW_HISTORY": False,  # the audit log is the history, of every door
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": ["accounts.admin_site.stylesheet"],
    "COLORS": {
        "primary": {
            "50": "#eef8f9",
            "100": "#d5eef1",
            "200": "#afdde3",
            "300": "#7cc5ce",
            "400": "#45a5b1",
            "500": "#288795",
            "600": "#0b5c66",
            "700": "#08474f",
            "800": "#073d44",
            "900": "#06343a",
            "950": "#032025",
        }
    },
    "SIDEBAR": {"show_search": True, "navigation": "accounts.admin_site.navigation"},
}

# --- Audit log: all that people change; not what machines write by the thousand, nor tokens (ADR 3)
AUDITED_APPS = ["accounts", "metering", "billing", "reporting", "fileupload", "help", "site_files"]
AUDIT_EXEMPT = frozenset(
    {
        "accounts.AccessToken",
        "accounts.Attempt",
        "accounts.DeviceGrant",
        "accounts.Grant",
        "accounts.IDToken",
        "accounts.RefreshToken",
        "billing.InvoiceBundle",
        "billing.InvoiceMail",
        "billing.InvoiceSequence",
        "billing.TemplateDraft",
        "fileupload.Cycle",
        "fileupload.Delivery",
        "fileupload.Destination",
        "fileupload.Sample",
        "metering.LatestRead",
        "metering.MonthRollup",
        "reporting.Run",
    }
)
AUDITLOG_USE_FK_STRING_REPRESENTATION = True
AUDITLOG_STORE_JSON_CHANGES = True
AUDITLOG_CID_GETTER = "intellimeter.common.request_ids.current"

# --- Messages to people take Bootstrap's colours, which has its own word for an error
MESSAGE_TAGS = {messages.ERROR: "danger"}

# --- Language and time: instants are UTC; what is shown is the property's or the company's local time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]  # those that every page is translated to, so that none comes out mixed
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Assets: Django's own, ours, and the packages that package-lock.json pins
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *(
        (f"vendor/{name}", folder)
        for name, path in (
            ("bootstrap", "bootstrap/dist"),
            ("bootstrap-icons", "bootstrap-icons/font"),
            ("htmx", "htmx.org/dist"),
            ("echarts", ".served/echarts"),
        )
        if (folder := BASE_DIR / "node_modules" / path).is_dir()
    ),
]

# --- Mail: a local outbox where no server is named
EMAIL_OUTBOX_DIR = DATA_DIR / "outbox"
if "EMAIL_URL" in env.ENVIRON:
    vars().update(env.email("EMAIL_URL"))
    EMAIL_TIMEOUT = 30
else:
    EMAIL_BACKEND = "billing.outbox.OutboxBackend"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Intellimeter <no-reply@localhost>")

# --- Work in the background: the broker is a doorbell only; without one named, files in DATA_DIR carry it (ADR 9)
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="folder://localhost")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 3600
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ROUTES = {"fileupload.tasks.*": {"queue": "uploads"}}  # other servers' pace is not ours (ADR 12)
if CELERY_BROKER_URL.startswith("folder:"):
    _broker = DATA_DIR / "broker"
    (_broker / "control").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker),
        "data_folder_out": str(_broker),
        "control_folder": str(_broker / "control"),
    }
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # its reply queues would stay in the folder for good

# --- File upload: destinations have public addresses; these networks may be reached all the same (a company's own server on
# --- the operator's network, say)
try:
    FILE_UPLOAD_ALLOWED_NETWORKS = [ip_network(text) for text in env.list("FILE_UPLOAD_ALLOWED_NETWORKS", default=[])]
except ValueError as error:
    raise ImproperlyConfigured(
        f"FILE_UPLOAD_ALLOWED_NETWORKS: {error}; write networks as 10.1.0.0/16,fd00::/8."
    ) from error

# --- Logs: one line an event, to standard error; whoever runs the processes keeps them
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "intellimeter.logs.LineFormatter"}},
    "filters": {"request_id": {"()": "intellimeter.common.request_ids.RequestIdFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO").upper()},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "axes": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},  # "received"; that it succeeded or failed is a line of its own
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}

# --- API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.oauth.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["intellimeter.common.api.permissions.HasDeclaredScope"],
    "DEFAULT_RENDERER_CLASSES": ["intellimeter.common.api.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["intellimeter.common.api.parsers.StrictJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "intellimeter.common.api.pagination.OptionalLimitOffsetPagination",
    "DEFAULT_SCHEMA_CLASS": "intellimeter.common.api.schema.inspector.ApiSchema",
    "EXCEPTION_HANDLER": "intellimeter.common.api.errors.exception_handler",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "intellimeter.common.api.renderers.JSONAlways",
    "DEFAULT_THROTTLE_CLASSES": ["intellimeter.common.api.throttling.PerSecondThrottle"],
    "NUM_PROXIES": env.int("NUM_PROXIES", default=0),  # whose X-Forwarded-For to believe
    "COERCE_DECIMAL_TO_STRING": False,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

# --- The API's description (OpenAPI)
SPECTACULAR_SETTINGS = {
    "TITLE": "Intellimeter API",
    "VERSION": "1.0",
    "OAS_VERSION": "3.1.0",
    "DEFAULT_GENERATOR_CLASS": "intellimeter.common.api.schema.generator.ApiSchemaGenerator",
    "POSTPROCESSING_HOOKS": ["intellimeter.api_docs.document.complete"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": False,  # as the addresses stand
    "SORT_OPERATION_PARAMETERS": False,
}

API_REQUESTS_PER_SECOND = env.int("API_REQUESTS_PER_SECOND", default=100)  # of one client; more are answered 429
API_COUNTS_FILE = (
    None if "CACHE_URL" in env.ENVIRON else DATA_DIR / "api-counts"
)  # else the cache counts, for all machines

# --- CORS: tokens only and never a cookie, so any origin may call the API (decisions, section 2)
# The authorization page is the exception: it goes by the session, and is for the user's own eyes
CORS_URLS_REGEX = r"^/(api/v1/(?!auth/authorization)|o/(?!authorize)|\.well-known/)"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_HEADERS = [*default_headers, "cache-control", "content-encoding", "pragma", "x-request-id"]
CORS_EXPOSE_HEADERS = [
    "Content-Disposition",
    "Link",
    "Location",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-Id",
    "X-Total-Count",
]

# --- OAuth 2.0 (design, section 6)
OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.Application"
OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL = "accounts.AccessToken"
OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL = "accounts.RefreshToken"
OAUTH2_PROVIDER_GRANT_MODEL = "accounts.Grant"
OAUTH2_PROVIDER_ID_TOKEN_MODEL = "accounts.IDToken"
OAUTH2_PROVIDER_DEVICE_GRANT_MODEL = "accounts.DeviceGrant"
OAUTH2_PROVIDER = {
    "OAUTH2_SERVER_CLASS": "accounts.oauth.servers.StandardServer",
    "OAUTH2_VALIDATOR_CLASS": "accounts.oauth.validator.Validator",
    "SCOPES_BACKEND_CLASS": "accounts.oauth.scopes_backend.ScopesBackend",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 60,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 90 * 24 * 3600,  # after its access token expired
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ROTATE_REFRESH_TOKEN": True,
    "CLIENT_SECRET_HASHER": "secret_sha256",
    "OAUTH2_GRANT_TYPES_SUPPORTED": [
        "authorization_code",
        "client_credentials",
        "refresh_token",
        "urn:ietf:params:oauth:grant-type:device_code",
    ],
    "OAUTH2_RESPONSE_TYPES_SUPPORTED": ["code"],
    "OAUTH2_TOKEN_ENDPOINT_AUTH_METHODS_SUPPORTED": ["client_secret_basic", "client_secret_post", "none"],
    "OIDC_ISS_ENDPOINT": env.str("PUBLIC_URL", default="").rstrip("/"),  # the issuer; unset, the address that is asked
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}

# --- Security headers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
