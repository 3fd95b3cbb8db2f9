"""Reading the JSON form of small grants."""

import re
from datetime import datetime
from typing import Any

from core.city.facts import partial_date, write
from core.city.lookup import ensure_unit, find_district, find_sphere
from core.common.facts import FactReader, ImportReport, import_records
from organizations.models import Organization

from .actions import publish_in_search
from .enums import SmallGrantKind
from .models import SmallGrant

MOMENT = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d)?)?)?")
TEXTS = ("legal_basis", "intake_closed_reason", "place", "description", "source")
AMOUNTS = ("requested_amount", "granted_amount", "pool", "max_amount", "yearly_limit")
DATES = ("submitted_on", "published_from", "comments_until", "task_from", "task_to")
COUNTS = ("max_days", "comment_window_days")


def import_small_grants(records: list[dict], *, by: Any, at: datetime) -> ImportReport:
    """Offers, intakes and micro-grants."""
    return import_records(records, lambda reader: _read(reader, at))


def _read(reader: FactReader, at: datetime) -> str:
    kind, organization = reader.text("record_kind"), reader.text("organisation")
    values = {
        "title": reader.text("title")[:400] or organization or "bez tytułu",
        "kind": kind if kind in SmallGrantKind.values else SmallGrantKind.OTHER,
        "kind_label": "" if kind in SmallGrantKind.values else kind,
        "organization_name": organization,
        "organization": Organization.objects.filter(name__iexact=organization).first()
        if organization
        else None,
        "sphere": _found(reader, "public_task_area", find_sphere, "nieznana sfera zadań"),
        "district": _found(reader, "district", find_district, "nieznana dzielnica"),
        "unit": _unit(reader),
        "status_label": reader.text("status"),
        "sources_extra": reader.texts("sources_extra"),
        "intake_from": _moment(reader, "intake_from"),
        "intake_to": _moment(reader, "intake_to"),
    }
    values |= {key: reader.text(key) for key in TEXTS}
    values |= {key: reader.money(key) for key in AMOUNTS}
    values |= {key: partial_date(reader, key) for key in DATES}
    values |= {key: _count(reader, key) for key in COUNTS}
    fact_id = reader.text("id") or values["title"][:40]
    known = SmallGrant.objects.filter(fact_id=fact_id).first()
    values["published_at"] = known.published_at if known else at
    grant, outcome = write(SmallGrant, {"fact_id": fact_id}, values)
    publish_in_search(grant)
    return outcome


def _found(reader: FactReader, key: str, find, why: str):
    text = reader.text(key)
    found = find(text) if text else None
    if text and found is None:
        reader.cannot(key, why)
    return found


def _unit(reader: FactReader):
    name = reader.text("unit")
    if not name:
        return None
    unit, was_made = ensure_unit(name)
    if was_made:
        reader.remark("unit", "nieznana jednostka, dodana jako »inna«")
    return unit


def _moment(reader: FactReader, key: str) -> str:
    text = reader.text(key)
    if text and not MOMENT.fullmatch(text):
        reader.cannot(key, "nie jest datą")
        return ""
    return text


def _count(reader: FactReader, key: str) -> int | None:
    value = reader.take(key)
    if value is None or (isinstance(value, int) and value >= 0):
        return value
    reader.cannot(key, "nie jest liczbą")
    return None
