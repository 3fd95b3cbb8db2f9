"""Reading the JSON form of municipal resources."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from core.city.facts import partial_date, write
from core.city.lookup import ensure_unit, find_district
from core.common.facts import FactReader, ImportReport, import_records
from core.common.slugs import slug_for

from .actions import publish_in_search
from .enums import ResourceKind
from .models import Resource


def import_resources(records: list[dict], *, by: Any, at: datetime) -> ImportReport:
    """Rooms, premises, services and whatever else the city offers."""
    return import_records(records, lambda reader: _read(reader, at))


def _read(reader: FactReader, at: datetime) -> str:
    name, kind = reader.text("name")[:300], reader.text("kind")
    if not name:
        reader.cannot("name", "zasób bez nazwy")
        return "skipped"
    values = {
        "name": name,
        "kind": kind if kind in ResourceKind.values else ResourceKind.OTHER,
        "kind_label": "" if kind in ResourceKind.values else kind,
        "operator": reader.text("operator"),
        "owner_unit": _unit(reader),
        "address": reader.text("address"),
        "district": _district(reader),
        "area_m2": _decimal(reader, "area_m2"),
        "capacity": _capacity(reader),
        "equipment": reader.texts("equipment"),
        "available_from": partial_date(reader, "available_from"),
        "available_to": partial_date(reader, "available_to"),
        "sources_extra": reader.texts("sources_extra"),
    }
    values |= {key: reader.text(key) for key in ("booking", "fee", "rules", "description", "source")}
    fact_id = reader.text("id") or name[:40]
    known = Resource.objects.filter(fact_id=fact_id).first()
    values["slug"] = known.slug if known else slug_for(Resource, name)
    values["published_at"] = known.published_at if known else at
    resource, outcome = write(Resource, {"fact_id": fact_id}, values)
    publish_in_search(resource)
    return outcome


def _unit(reader: FactReader):
    name = reader.text("owner_unit")
    if not name:
        return None
    unit, was_made = ensure_unit(name)
    if was_made:
        reader.remark("owner_unit", "nieznana jednostka, dodana jako »inna«")
    return unit


def _district(reader: FactReader):
    text = reader.text("district")
    district = find_district(text) if text else None
    if text and district is None:
        reader.cannot("district", "nieznana dzielnica")
    return district


def _decimal(reader: FactReader, key: str) -> Decimal | None:
    value = reader.take(key)
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        reader.cannot(key, "nie jest liczbą")
        return None


def _capacity(reader: FactReader) -> int | None:
    value = reader.take("capacity")
    if value is None or (isinstance(value, int) and value >= 0):
        return value
    reader.cannot("capacity", "nie jest liczbą miejsc")
    return None
