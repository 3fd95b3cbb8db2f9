"""The command lines of the portal's processes: those of production, run from this environment."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMANDS: dict[str, list[str]] = json.loads((ROOT / "deploy" / "commands.json").read_text())


def command(name: str, *extra: str) -> list[str]:
    """`web`, `worker`, `beat`, `migrate` or `static` as a list for `subprocess`."""
    program, *arguments = COMMANDS[name]
    return [*_program(program), *arguments, *extra]


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def _program(name: str) -> list[str]:
    return [sys.executable] if name == "python" else [sys.executable, "-m", name]
