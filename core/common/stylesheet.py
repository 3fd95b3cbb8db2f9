"""One stylesheet for every page, put together from its source files.

Browsers get ``css/portal.css`` in one request; people edit the files it is made of. Bootstrap and
the tokens are wrapped in cascade layers here; our own files name their layer themselves.
"""

import re
from pathlib import Path

LAYERS = "@layer bootstrap, tokens, base, layout, components, pages, modes;"
COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)


def bundled(static: Path) -> str:
    """The text of ``css/portal.css`` for a folder of static files."""
    css = static / "css"
    parts = [
        LAYERS,
        _wrapped("bootstrap", static / "vendor/bootstrap.min.css"),
        _wrapped("tokens", css / "tokens.css"),
        *(_slim(path.read_text()) for path in _own_files(css)),
    ]
    return "\n".join(parts)


def _own_files(css: Path) -> list[Path]:
    return [css / "base.css", css / "layout.css", *sorted(css.glob("components/*.css")), css / "modes.css"]


def _wrapped(layer: str, path: Path) -> str:
    return f"@layer {layer} {{\n{_slim(path.read_text())}\n}}"


def _slim(text: str) -> str:
    """Without comments, indentation and empty lines; licence comments (``/*!``) stay."""
    text = COMMENT.sub("", text.removeprefix('@charset "UTF-8";'))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
