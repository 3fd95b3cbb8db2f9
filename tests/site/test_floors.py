"""The house keeps its floors, and the law stays pure (docs/architecture.md)."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("core", "organizations", "programmes", "resources", "consultations", "competitions")
APPS += ("dialogue_bodies", "grants", "communication")
# What answers differently tomorrow, or asks the database, or knows the browser.
NOT_IN_LAW = (
    "django.db",
    "django.http",
    "django.contrib",
    "django.utils.timezone",
    "core.common.clock.now",
    "core.common.clock.today",
)
ROOMS_ABOVE_LAW = {
    "models",
    "queries",
    "actions",
    "forms",
    "views",
    "permissions",
    "emails",
    "tasks",
    "workflow",
}
CLOCKS = {"today", "now", "localdate", "localtime", "utcnow"}


def law_files() -> list[Path]:
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    return sorted(path for path in files if path.name == "law.py" or path.parent.name == "law")


def imports_of(tree: ast.AST, *, depth: int) -> Iterator[str]:
    """Dotted names; those from the app itself, `depth` steps up, begin with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = ("." if node.level == depth else "") + (node.module or "")
            yield from (
                f"{module}.{alias.name}" if module != "." else f".{alias.name}" for alias in node.names
            )


def is_forbidden(name: str) -> bool:
    if name.startswith("."):
        return name.strip(".").split(".")[0] in ROOMS_ABOVE_LAW
    return any(name == module or name.startswith(f"{module}.") for module in NOT_IN_LAW)


def calls_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def test_apps_import_only_from_below():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "2 kept, 0 broken" in done.stdout


def test_the_law_has_rooms():
    assert len(law_files()) >= 5


@pytest.mark.parametrize("path", law_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_law_asks_neither_database_nor_clock(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    depth = 1 if path.name == "law.py" else 2
    assert [name for name in imports_of(tree, depth=depth) if is_forbidden(name)] == []
    assert sorted(CLOCKS.intersection(calls_of(tree))) == []


def test_a_law_that_asks_is_found():
    tree = ast.parse(
        "from django.db import models\nfrom ..models import Call\nfrom datetime import date\ndate.today()"
    )
    assert [name for name in imports_of(tree, depth=2) if is_forbidden(name)] == [
        "django.db.models",
        ".models.Call",
    ]
    assert CLOCKS.intersection(calls_of(tree)) == {"today"}
