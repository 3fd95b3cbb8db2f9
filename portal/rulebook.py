"""The rulebook: which rules of law are coded, where, and which tests prove them."""

import importlib
import importlib.util
import json
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.shortcuts import render

from core.legal.catalogue import NOT_CODED
from core.legal.models import LegalParameter
from core.legal.rules import REGISTRY, Rule
from core.legal.workflow import TABLES, StateTable

PROOFS = Path(__file__).parent / "rule_proofs.json"  # made by ``manage.py build_docs`` from the tests


def load_all() -> None:
    """Imports every room's law and workflow, so that the registries are full."""
    for config in apps.get_app_configs():
        if not str(config.path).startswith(str(settings.BASE_DIR)):
            continue
        for room in ("law", "workflow", "days"):
            name = f"{config.name}.{room}"
            if importlib.util.find_spec(name):
                importlib.import_module(name)


def rules() -> list[Rule]:
    load_all()
    return sorted(REGISTRY.values(), key=lambda r: sort_key(r.code))


def sort_key(code: str) -> tuple[str, int]:
    name, _, number = code.rpartition("-")
    return name, int(number)


@cache
def proofs() -> dict[str, list[str]]:
    """Rule → the tests that prove it."""
    return json.loads(PROOFS.read_text(encoding="utf-8")) if PROOFS.exists() else {}


def rulebook(request):
    rows = [(rule, proofs().get(rule.code, [])) for rule in rules()]
    context = {
        "rules": rows,
        "not_coded": sorted(NOT_CODED.items(), key=lambda item: sort_key(item[0])),
        "parameters": LegalParameter.objects.all(),
        "tables": [shown_table(t) for t in TABLES.values()],
    }
    return render(request, "portal/rulebook.html", context)


def shown_table(table: StateTable) -> dict:
    """A state table in words: each state with its moves."""
    labels = dict(table.states.choices)
    rows = [
        (label, [f"{m.verb} → {labels[m.target]}" for m in table.moves_from(state)])
        for state, label in labels.items()
    ]
    return {"title": apps.get_model(table.kind)._meta.verbose_name, "rows": rows}
