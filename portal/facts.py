"""Which room reads which form of facts."""

import importlib
import json
from pathlib import Path

from core.common.clock import now
from core.common.facts import ImportReport

READERS = {
    "units": "core.city.facts.import_units",
    "districts": "core.city.facts.import_districts",
    "spheres": "core.city.facts.import_spheres",
    "organizations": "organizations.facts.import_organizations",
    "programmes": "programmes.facts.import_programmes",
    "resources": "resources.facts.import_resources",
    "consultations": "consultations.facts.import_consultations",
    "postulates": "consultations.facts.import_postulates",
    "calls": "competitions.facts.import_calls",
    "dialogue_bodies": "dialogue_bodies.facts.import_dialogue_bodies",
    "small_grants": "grants.facts.import_small_grants",
    "news": "communication.facts.import_news",
}
ALIASES = {"city_units": "units", "public_task_areas": "spheres"}
KINDS = sorted([*READERS, *ALIASES])


class UnreadableFacts(Exception):
    """The file is not a JSON list of records (or a GeoJSON collection)."""


def load(path: Path) -> list[dict]:
    """The records of a file. Raises UnreadableFacts with a sentence for people."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise UnreadableFacts(f"Nie można otworzyć pliku {path}: {fault.strerror}.") from fault
    except ValueError as fault:
        raise UnreadableFacts(f"Plik {path} nie jest poprawnym JSON: {fault}.") from fault
    if isinstance(content, dict):
        content = content.get("features", content.get("items"))
    if not isinstance(content, list):
        raise UnreadableFacts(f"Plik {path} nie zawiera listy rekordów.")
    return content


def import_facts(kind: str, records: list[dict], *, by=None) -> ImportReport:
    """Reads records of a kind into the models; safe to repeat."""
    module, function = READERS[ALIASES.get(kind, kind)].rsplit(".", 1)
    return getattr(importlib.import_module(module), function)(records, by=by, at=now())
