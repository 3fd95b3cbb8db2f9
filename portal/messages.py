"""The texts of the interface, collected from code and templates without any tool but Python.

The texts in the code are Polish (decision 0002); a catalogue per other language translates them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

MARKERS = {"_", "gettext", "gettext_lazy", "_lazy", "gettext_noop"}
IN_TEMPLATE = re.compile(r"""\b(?:gettext|_)\(\s*(u?"(?:\\.|[^"\\])*"|u?'(?:\\.|[^'\\])*')""")
LEFT_OUT = {"tests", "bench", "local", "deploy", "var", ".venv", "node_modules", "static", "demo"}


def texts() -> set[str]:
    """Every text that is marked for translation."""
    root = Path(settings.BASE_DIR)
    found: set[str] = set()
    for path in _files(root, "*.py"):
        found.update(in_python(path.read_text(encoding="utf-8")))
    for path in _files(root, "*.html"):
        found.update(in_template(path.read_text(encoding="utf-8")))
    return found - {""}


def _files(root: Path, pattern: str) -> Iterator[Path]:
    for path in sorted(root.rglob(pattern)):
        if path.relative_to(root).parts[0] not in LEFT_OUT:
            yield path


def in_python(source: str) -> Iterator[str]:
    """First arguments of the marking functions, implicit concatenation included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in MARKERS and node.args:
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def in_template(source: str) -> Iterator[str]:
    """Texts of ``translate``, ``blocktranslate`` and of ``_("…")`` inside tags."""
    for match in IN_TEMPLATE.finditer(templatize(source)):
        yield ast.literal_eval(match[1].removeprefix("u"))


def catalogue(language: str) -> Path:
    return Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"
