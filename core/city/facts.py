"""Reading the JSON forms of city units, districts and spheres."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from core.common.facts import FactReader, ImportReport, import_records
from core.common.fields import PARTIAL_DATE

from .enums import UnitKind
from .lookup import find_unit
from .models import Branch, District, OrganizationalUnit, TaskSphere, UnitName

# The city's own branches (R-ORG-22) and the spheres each gathers.
BRANCHES = [
    ("kultura", "kultura", ["4", "5", "16"]),
    ("edukacja-i-mlodziez", "edukacja i młodzież", ["14", "15"]),
    ("pomoc-spoleczna", "pomoc społeczna i niepełnosprawność", ["1", "1a", "2", "3", "7"]),
    ("seniorzy", "seniorzy", ["10"]),
    ("zdrowie", "zdrowie i profilaktyka", ["6", "32"]),
    ("sport", "sport i rekreacja", ["17", "19"]),
    ("ekologia", "ekologia", ["18"]),
    ("rewitalizacja", "rewitalizacja i przestrzeń", ["32a"]),
    ("spoleczenstwo-obywatelskie", "społeczeństwo obywatelskie", ["13", "27", "33"]),
    ("prawa-czlowieka", "antydyskryminacja i prawa człowieka", ["5a", "9", "22", "31"]),
    ("ngo-biznes", "organizacje i biznes", ["2a", "8", "11"]),
]


def write(model: type, key: dict[str, Any], values: dict[str, Any]) -> tuple[Any, str]:
    """Creates or updates a row by key; the outcome is »created«, »updated« or »unchanged«."""
    row = model._base_manager.filter(**key).first()
    if row is None:
        return model._base_manager.create(**key, **values), "created"
    if all(getattr(row, name) == value for name, value in values.items()):
        return row, "unchanged"
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row, "updated"


def partial_date(reader: FactReader, key: str) -> str:
    """A date known to the year, month or day; another form is named as a loss."""
    text = reader.text(key)
    if text and not PARTIAL_DATE.fullmatch(text):
        reader.cannot(key, "nie jest datą")
        return ""
    return text


def import_units(records: list[dict], *, by=None, at: datetime | None = None) -> ImportReport:
    """City units with their names, contacts and reorganisations; successors are linked at the end."""
    successors: dict[int, str] = {}
    report = import_records(records, lambda reader: _read_unit(reader, successors))
    for pk, name in successors.items():
        successor = find_unit(name)
        if successor is None:
            report.losses.append(f"{name}: następca nie jest na liście jednostek")
        OrganizationalUnit.objects.filter(pk=pk).update(successor=successor)
    return report


def _read_unit(reader: FactReader, successors: dict[int, str]) -> str:
    name, kind = " ".join(reader.text("name_pl").split())[:250], reader.text("kind")
    values = {
        "fact_id": reader.text("id"),
        "abbreviation": reader.text("abbreviation")[:20],
        "kind": kind if kind in UnitKind.values else UnitKind.OTHER,
        "kind_label": "" if kind in UnitKind.values else kind,
        "address": reader.text("address"),
        "phones": reader.texts("phone"),
        "emails": reader.texts("email"),
        "active_from": partial_date(reader, "active_from"),
        "active_to": partial_date(reader, "active_to"),
        "runs": reader.texts("runs"),
        "note": reader.text("note"),
        "source": reader.text("source"),
        "sources_extra": reader.texts("sources_extra"),
    }
    successor = reader.text("successor")
    if not name:
        reader.cannot("name_pl", "jednostka bez nazwy")
        return "skipped"
    unit, outcome = write(OrganizationalUnit, {"name": name}, values)
    UnitName.objects.update_or_create(
        unit=unit, name=name, defaults={"valid_from": values["active_from"], "valid_to": values["active_to"]}
    )
    if successor:
        successors[unit.pk] = successor
    return outcome


def import_districts(records: list[dict], *, by=None, at: datetime | None = None) -> ImportReport:
    """Districts, or a GeoJSON ``features`` list with their outlines (matched by number)."""
    return import_records(records, _read_district)


def _read_district(reader: FactReader) -> str:
    if reader.take("type") == "Feature":
        return _read_outline(reader)
    number = reader.take("number")
    if not isinstance(number, int):
        reader.cannot("number", "dzielnica bez numeru")
        return "skipped"
    reader.take("roman")  # derived from the number
    reader.take("id")
    values = {
        "name": reader.text("name"),
        "full_name": reader.text("full_name"),
        "residents": reader.take("residents"),
        "residents_as_of": partial_date(reader, "residents_as_of"),
        "area_ha": _decimal(reader, "area_ha"),
        "localities": reader.texts("localities"),
        "localities_source": reader.text("localities_source"),
        "office_address": reader.text("office_address"),
        "website": reader.text("website"),
        "boundary_resolution": reader.text("boundary_resolution"),
        "source": reader.text("source"),
        "sources_extra": reader.texts("sources_extra"),
    }
    return write(District, {"number": number}, values)[1]


def _read_outline(reader: FactReader) -> str:
    properties = reader.child("properties")
    number = properties.take("number") if properties else None
    for key in ("roman", "name", "full_name"):
        if properties:
            properties.take(key)  # the row of the district already has them
    geometry = reader.take("geometry")
    changed = District.objects.filter(number=number).exclude(outline=geometry).update(outline=geometry)
    if not District.objects.filter(number=number).exists():
        reader.cannot("properties", "obrys nieznanej dzielnicy")
        return "skipped"
    return "updated" if changed else "unchanged"


def _decimal(reader: FactReader, key: str) -> Decimal | None:
    value = reader.take(key)
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        reader.cannot(key, "nie jest liczbą")
        return None


def import_spheres(records: list[dict], *, by=None, at: datetime | None = None) -> ImportReport:
    """Spheres of art. 4(1), in the order of the list; then the city's branches over them."""
    report = import_records(records, _read_sphere)
    for position, (code, label, numbers) in enumerate(BRANCHES):
        branch, _made = Branch.objects.get_or_create(
            code=code, defaults={"label": label, "position": position}
        )
        branch.spheres.add(*TaskSphere.objects.filter(statutory_no__in=numbers))
    return report


def _read_sphere(reader: FactReader) -> str:
    number = reader.text("number")
    if not number:
        reader.cannot("number", "sfera bez numeru")
        return "skipped"
    digits = "".join(c for c in number if c.isdigit()) or "0"
    values = {
        "position": int(digits) * 30 + (ord(number[-1]) - 96 if number[-1].isalpha() else 0),
        "code": reader.text("short_code_en"),
        "label": reader.text("label_pl"),
        "note": reader.text("label_note"),
        "valid_from": _day(reader, "in_force_since"),
        "valid_to": _day(reader, "in_force_to"),
        "was_seen_in_notice": bool(reader.take("seen_in_krakow_notice", False)),
        "range_quotes": reader.take("range_quotes", []),
        "source": reader.text("source"),
    }
    return write(TaskSphere, {"statutory_no": number}, values)[1]


def _day(reader: FactReader, key: str) -> date | None:
    text = reader.text(key)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        reader.cannot(key, "nie jest dniem")
        return None
