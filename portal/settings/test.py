"""Tests: fast hashing, plain static files, mail to memory unless a test asks for real SMTP."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403 - settings are a layered namespace
from .base import env

INSTALLED_APPS = ["demo", *INSTALLED_APPS]
IS_DEMO = True
SECRET_KEY = "tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["default"] = {"BACKEND": "tests.support.storage.SharedStorage"}
OUTBOX_DELIVERY_BACKEND = env(
    "OUTBOX_DELIVERY_BACKEND", default="django.core.mail.backends.locmem.EmailBackend"
)
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
REQUIRE_SECOND_FACTOR = False
ACCOUNT_RATE_LIMITS = False
WHITENOISE_AUTOREFRESH = True
# Only a test that starts a register of its own asks one.
KRS_API_URL = REGON_API_URL = REGON_API_KEY = ""
ERASED_ACCOUNTS_FILE = str(Path(tempfile.gettempdir()) / f"portal-erased-{os.getpid()}.csv")

# Tests write rows past the acts that renew kept pages; those of the kept pages themselves switch this on.
KEEP_PUBLIC_PAGES = False
