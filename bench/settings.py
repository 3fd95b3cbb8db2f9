"""The demo's settings with one more address: the floor."""

from portal.settings.dev import *  # noqa: F403 - settings are a layered namespace

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench/templates"]  # noqa: F405
LOGGING = {"version": 1, "disable_existing_loggers": True}
