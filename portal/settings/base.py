"""Settings common to all places. What differs between cities is data (``core.city``), not here."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from core.common.logs import configure as configure_structlog

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DEBUG = False
IS_DEMO = False
SECRET_KEY = env("SECRET_KEY", default="insecure-only-for-development-and-tests")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# Links in mails come from here, never from the request (Host header attacks).
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

INSTALLED_APPS = [
    "portal",
    "communication",
    "grants",
    "competitions",
    "dialogue_bodies",
    "consultations",
    "programmes",
    "resources",
    "organizations",
    "core.notifications",
    "core.documents",
    "core.city",
    "core.accounts",
    "core.legal",
    "core.common",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "django_prose_editor",
    "django_structlog",
    "pgtrigger",
    "template_partials",
    "portal.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.common.middleware.RejectMalformedInput",
    "django.middleware.security.SecurityMiddleware",
    "core.common.middleware.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.page_cache.PublicPages",
    "django.middleware.gzip.GZipMiddleware",
    "core.common.middleware.ServiceUnavailable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.common.middleware.ChosenLanguage",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "core.accounts.middleware.OfficialSession",
    "core.accounts.middleware.RequireSecondFactor",
    "portal.middleware.ActingOrganization",
    "django_htmx.middleware.HtmxMiddleware",
]

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
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "portal.context.site",
            ],
            "builtins": ["core.common.templatetags.portal", "django.templatetags.i18n"],
        },
    },
]
FORMS_URLFIELD_ASSUME_HTTPS = True  # an address typed without its scheme, as Django 6 has it
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["krk"]
CRISPY_TEMPLATE_PACK = "krk"

# --- database -------------------------------------------------------------------------------------
DATABASES = {
    "default": env.db("DATABASE_URL", default="postgresql://portal@/portal?host=/var/run/postgresql")
}
DATABASES["default"].update(
    ENGINE="django.db.backends.postgresql",
    CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=60),
    CONN_HEALTH_CHECKS=True,
    ATOMIC_REQUESTS=False,
)
DATABASES["default"].setdefault("OPTIONS", {}).update(
    # a slow query or a lock ends in a clear 503 instead of a site that hangs (security.md R3)
    options=(
        f"-c statement_timeout={env.int('STATEMENT_TIMEOUT_MS', default=10000)}"
        " -c lock_timeout=3000 -c idle_in_transaction_session_timeout=60000"
    ),
    connect_timeout=3,
)
# How long something sent waits for a database that restarts, before the answer »nothing was saved«.
DATABASE_PATIENCE_S = env.float("DATABASE_PATIENCE_S", default=8.0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: cache, rate limits, broker ------------------------------------------------------------
# redis://host:6379/0 or unix:///path/to/redis.sock
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
_REDIS_TIMEOUTS = {"socket_connect_timeout": 0.5, "socket_timeout": 1}
CACHES = {
    "default": {
        "BACKEND": "core.common.cache.TolerantRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": _REDIS_TIMEOUTS,
    }
}
# Public pages are kept for readers without a session, until something changes (portal/page_cache.py).
KEEP_PUBLIC_PAGES = env.bool("KEEP_PUBLIC_PAGES", default=True)
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **_REDIS_TIMEOUTS,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
    "visibility_timeout": 3600,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Europe/Warsaw"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 1800

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polski")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "portal.formats"
LANGUAGE_COOKIE_NAME = "jezyk"
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

# --- static and uploaded files --------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "var/static").__str__()
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.common.storage.HashedStaticFiles"},
}
# Maps for developers' tools are big and hardly ever asked for.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
# Nothing under MEDIA_ROOT has an address of its own: files go out through a permission check.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=BASE_DIR / "var/media").__str__()
# Where nginx finds the files that a view has allowed (X-Accel-Redirect); empty: Django sends them itself.
MEDIA_ACCEL_PREFIX = env("MEDIA_ACCEL_PREFIX", default="")
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
CLAMD_ADDRESS = env("CLAMD_ADDRESS", default="")

# --- accounts -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "core.accounts.passwords.UnlikeThePerson"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/moje/"
ACCOUNT_ADAPTER = "core.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# A field that people do not see and robots fill in.
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 9}
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# One address per account; a new one takes its place once it is confirmed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A new password ends every other session; the one it was set in goes on.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "core.accounts.tokens.ResetTokens"
PASSWORD_RESET_TIMEOUT = 60 * 60
# Failures are counted before a password is hashed; a password set anew by mail clears the account's count.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "30/15m/ip,10/15m/key",
    "signup": "20/10m/ip",
    "confirm_email": "1/10s/key,10/h/key",
    "reset_password": "20/10m/ip,3/15m/key",
}
ACCOUNT_FORMS = {
    "login": "core.accounts.forms.LoginForm",
    "signup": "core.accounts.forms.SignupForm",
    "add_email": "core.accounts.forms.NewAddressForm",
    "change_password": "core.accounts.forms.ChangePasswordForm",
    "set_password": "core.accounts.forms.SetPasswordForm",
    "reset_password": "core.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "core.accounts.forms.NewPasswordForm",
    "reauthenticate": "core.accounts.forms.ReauthenticateForm",
    "confirm_email_verification_code": "core.accounts.forms.AddressCodeForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "core.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Portal NGO"
# A code is good for half a minute before and after its own: people type slowly, telephones run late.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_FORMS = {
    "authenticate": "core.accounts.forms.CodeForm",
    "reauthenticate": "core.accounts.forms.CodeAgainForm",
    "activate_totp": "core.accounts.forms.ActivateAppForm",
    "add_webauthn": "core.accounts.forms.AddKeyForm",
    "edit_webauthn": "core.accounts.forms.RenameKeyForm",
    "authenticate_webauthn": "core.accounts.forms.KeyForm",
    "login_webauthn": "core.accounts.forms.LoginByKeyForm",
    "reauthenticate_webauthn": "core.accounts.forms.KeyAgainForm",
}
USERSESSIONS_TRACK_ACTIVITY = False
# Where the roles of a person are kept: ``core.accounts`` may not import the floors above it.
ROLES_SOURCE = "core.city.scope.grants_of"
# Where lower floors find what looks across all rooms (core.common.ties.from_roof).
ROOF = "portal.rooms"
# Kept apart from database and backups: which accounts were erased, for a restored backup (erase_again).
ERASED_ACCOUNTS_FILE = env("ERASED_ACCOUNTS_FILE", default=str(BASE_DIR / "var/erased/accounts.csv"))
# Officials and committee members need a second factor; the demo switches this off and says so.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=True)
# While it is required, their sessions also end: unused for half an hour, or after twelve hours.
OFFICIAL_SESSION_IDLE_SECONDS = env.int("OFFICIAL_SESSION_IDLE_SECONDS", default=30 * 60)
OFFICIAL_SESSION_TOTAL_SECONDS = env.int("OFFICIAL_SESSION_TOTAL_SECONDS", default=12 * 60 * 60)
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"

# --- mail -----------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:1025"))
# Everything that is mailed is a row of the outbox first; the worker hands the rows to the host of EMAIL_URL.
EMAIL_BACKEND = "core.notifications.backend.OutboxBackend"
OUTBOX_DELIVERY_BACKEND = env("OUTBOX_DELIVERY_BACKEND", default="core.notifications.smtp.TellingBackend")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Krakowski Portal NGO <portal@ngo.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- public registers (docs/registers.md): an empty address switches a register off ----------------
KRS_API_URL = env("KRS_API_URL", default="")
REGON_API_URL = env("REGON_API_URL", default="")
REGON_API_KEY = env("REGON_API_KEY", default="")
REGISTER_CONNECT_SECONDS = env.float("REGISTER_CONNECT_SECONDS", default=3.0)
REGISTER_READ_SECONDS = env.float("REGISTER_READ_SECONDS", default=3.0)
# Numbers that the trial register of the demo knows; pages name them in the demo only.
DEMO_KRS_NUMBERS: list[str] = []

# --- browser security -----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_CELERY_ENABLED = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.common.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        "pikepdf": {"level": "WARNING"},  # tells that it has been imported
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
configure_structlog()
SILENCED_SYSTEM_CHECKS: list[str] = []
