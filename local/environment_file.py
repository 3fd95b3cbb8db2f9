"""Addresses of the running servers, for `python -m local manage …` in another terminal."""

import json
from collections.abc import Mapping
from pathlib import Path

NAMES = (
    "DJANGO_SETTINGS_MODULE",
    "SECRET_KEY",
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "SITE_URL",
    "KRS_API_URL",
    "DEMO_KRS_NUMBERS",
    "DEBUG",
)


def path(var: Path) -> Path:
    return var / "environment.json"


def write(var: Path, environment: Mapping[str, str]) -> None:
    file = path(var)
    file.touch(mode=0o600)
    file.write_text(json.dumps({name: environment[name] for name in NAMES if name in environment}, indent=2))


def read(var: Path) -> dict[str, str]:
    """Empty when the portal is not running."""
    return json.loads(path(var).read_text()) if path(var).exists() else {}


def remove(var: Path) -> None:
    path(var).unlink(missing_ok=True)
