"""Documents made from the code: the rulebook, the states of cases, the data dictionary, the register of data."""

import json
import re
from collections import defaultdict
from pathlib import Path

from django.apps import apps
from django.conf import settings

from core.legal.catalogue import NOT_CODED
from core.legal.workflow import TABLES, StateTable

from .personal import register_as_text
from .rooms import from_rooms
from .rulebook import PROOFS, load_all, rules, sort_key

HEADER = "<!-- Made by `make docs`; change the code, not this file. -->\n\n"
MARKED = re.compile(r"@pytest\.mark\.rule\(([^)]*)\)")
CODE = re.compile(r'"(R-[A-Z]+-\d\d)"')
TEST = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)


def build() -> dict[Path, str]:
    """Every made file with its content."""
    load_all()
    docs = settings.BASE_DIR / "docs"
    proofs = tests_by_rule()
    return {
        PROOFS: json.dumps(proofs, indent=1, ensure_ascii=False) + "\n",
        docs / "rulebook.md": rulebook(proofs),
        docs / "states.md": states(),
        docs / "data-dictionary.md": data_dictionary(),
        docs / "privacy.md": HEADER + register_as_text(),
    }


def tests_by_rule() -> dict[str, list[str]]:
    """Rule → tests marked with it, found by reading the files of ``tests/``."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((settings.BASE_DIR / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        for mark in MARKED.finditer(text):
            test = TEST.search(text, mark.end())
            if test:
                for code in CODE.findall(mark[1]):
                    found[code].add(f"{path.relative_to(settings.BASE_DIR)}::{test[1]}")
    return {code: sorted(found[code]) for code in sorted(found, key=sort_key)}


def rulebook(proofs: dict[str, list[str]]) -> str:
    lines = [
        HEADER,
        "# Rulebook\n\n",
        "Statements are in Polish, as officials read them at `/o-portalu/podstawy-prawne/`.\n\n",
    ]
    lines.append("| Rule | Statement | Source | Code | Tests |\n|---|---|---|---|---|\n")
    for rule in rules():
        code = "<br>".join(f"`{name}`" for name in sorted(set(rule.functions)))
        tests = "<br>".join(f"`{name}`" for name in proofs.get(rule.code, []))
        lines.append(f"| {rule.code} | {rule.statement} | {rule.source} | {code} | {tests} |\n")
    lines.append("\n## Not coded yet\n\n| Rule | Why |\n|---|---|\n")
    lines += [
        f"| {code} | {why} |\n" for code, why in sorted(NOT_CODED.items(), key=lambda item: sort_key(item[0]))
    ]
    return "".join(lines)


def states() -> str:
    return HEADER + "# States\n\n" + "\n".join(diagram(TABLES[kind]) for kind in sorted(TABLES))


def diagram(table: StateTable) -> str:
    """A state table as a Mermaid diagram, with the rules each move asks."""
    labels = dict(table.states.choices)
    lines = [
        f"## {apps.get_model(table.kind)._meta.verbose_name} (`{table.kind}`)\n",
        "```mermaid",
        "stateDiagram-v2",
    ]
    lines += [f"    {state}: {label}" for state, label in labels.items()]
    lines.append(f"    [*] --> {table.initial}")
    for move in table.moves:
        who = f" ({move.may})" if move.may else " (portal)"
        lines.append(f"    {move.source} --> {move.target}: {move.verb}{who}")
    lines += [f"    {state} --> [*]" for state in sorted(table.finals)]
    return "\n".join([*lines, "```", ""])


def data_dictionary() -> str:
    parts = [HEADER, "# Data dictionary\n"]
    for item in from_rooms("export_catalogue"):
        parts.append(f"\n## {item['title']}: `{item['url']}`\n\n")
        parts.append(
            f"Forms: {', '.join(item['formats'])}. Licence: CC BY 4.0.\n\n| JSON | CSV, XLSX | Meaning |\n|---|---|---|\n"
        )
        parts += [f"| `{c.name}` | {c.label} | {c.meaning} |\n" for c in item["dictionary"]]
    return "".join(parts)
