"""The demo on one's own machine: real services, plain http, no second factor forced."""

from .base import *  # noqa: F403 - settings are a layered namespace
from .base import env

DEBUG = env.bool("DEBUG", default=False)
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
IS_DEMO = True
DEMO_KRS_NUMBERS = env.list("DEMO_KRS_NUMBERS", default=[])
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
