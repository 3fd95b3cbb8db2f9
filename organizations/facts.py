"""Reading collected facts about organisations. They are shown as public sources, not as the organisation's word."""

from datetime import datetime
from typing import Any

from core.city.facts import partial_date
from core.city.lookup import find_district, find_sphere
from core.city.models import City, TaskSphere
from core.common.facts import FactReader, ImportReport, import_records
from core.common.sanitize import strip_controls

from . import law
from .actions import import_profile
from .enums import LegalForm
from .law.words import FORMS
from .models import Organization
from .models.organization import folded

YES, NO = {"true", "tak", "yes", "1"}, {"false", "nie", "no", "0"}
NUMBERS = {
    "krs": (law.normal_krs, law.krs_breaches),
    "nip": (law.normal_nip, law.nip_breaches),
    "regon": (law.normal_regon, law.regon_breaches),
}


def import_organizations(records: list[dict], *, by=None, at: datetime) -> ImportReport:
    """Profiles by their ``id``; a second run changes nothing, and no number is given to two organisations."""
    city = City.objects.values_list("name", flat=True).first() or ""
    spheres = {sphere.code: sphere for sphere in TaskSphere.objects.all()}
    return import_records(records, lambda reader: _read_one(reader, city, spheres, by=by, at=at))


def _read_one(reader: FactReader, city: str, spheres: dict[str, TaskSphere], *, by, at: datetime) -> str:
    name = _text(reader, "name")
    if not name:
        reader.cannot("name", "organizacja bez nazwy")
        return "skipped"
    fact_id = _text(reader, "id")[:80] or f"nazwa:{folded(name)}"[:80]
    chosen = _spheres(reader, spheres)
    form = _form(reader)
    values = {
        "name": name,
        **form,
        **_numbers(reader, fact_id, form["legal_form"]),
        **_place(reader, city),
        "website": _text(reader, "website"),
        "main_sphere": chosen[0] if chosen else None,
        "has_opp_status": _yes_no(reader, "opp"),
        "opp_since": partial_date(reader, "opp_since"),
        "founded": partial_date(reader, "founded"),
        "registered": partial_date(reader, "registered_on"),
        "note": "\n".join(reader.texts("note")),
        "source": _text(reader, "source"),
        "source_confidence": _text(reader, "source_confidence"),
        "sources_extra": reader.texts("sources_extra"),
        "oddities": reader.texts("oddities"),
    }
    return import_profile(fact_id, values, spheres=chosen, by=by, at=at)


def _text(reader: FactReader, key: str) -> str:
    """A text (a list becomes one), cut to what the model holds; what is cut off is named."""
    value = strip_controls("; ".join(" ".join(text.split()) for text in reader.texts(key)))
    field = Organization._meta.get_field(key) if key != "id" else None
    limit = (field.max_length if field is not None else 80) or len(value)
    if len(value) > limit:
        reader.cannot(key, f"za długie, zostało {limit} znaków", value)
    return value[:limit]


def _form(reader: FactReader) -> dict[str, str]:
    """The form by the code list, and the source's own word wherever it says something else."""
    label = "; ".join(" ".join(text.split()) for text in reader.texts("legal_form"))
    form = FORMS.get(label.casefold(), LegalForm.OTHER)
    has_same_name = label.casefold() in ("", form.value, str(form.label).casefold())
    if len(label) > 200:
        reader.cannot("legal_form", "za długie, zostało 200 znaków")
    return {"legal_form": form, "legal_form_label": "" if has_same_name else label[:200]}


def _numbers(reader: FactReader, fact_id: str, form: str) -> dict[str, str]:
    """Register numbers that can be right and that nobody else has; the others are named."""
    others = Organization.objects.exclude(fact_id=fact_id).exclude(legal_form=LegalForm.ASSOC_BRANCH)
    is_branch = form == LegalForm.ASSOC_BRANCH
    found = {}
    for key, (normal, breaches) in NUMBERS.items():
        number = normal(reader.text(key))
        fault = "; ".join(str(breach.message) for breach in breaches(number)) if number else ""
        if number and not fault and not is_branch and others.with_number(**{key: number}).exists():
            fault = "numer ma już inna organizacja w bazie"
        if fault:
            reader.cannot(key, fault)
        found[key] = "" if fault else number
    return found


def _place(reader: FactReader, city: str) -> dict[str, Any]:
    locality = _text_as(reader, "city", "locality")
    named = reader.text("district").strip()
    is_outside = bool(locality and city) and locality.casefold() != city.casefold()
    if named.casefold().startswith("poza"):
        named, is_outside = "", True
    district = find_district(named) if named else None
    if named and district is None:
        reader.cannot("district", "nie ma takiej dzielnicy")
    return {
        "address": _text(reader, "address"),
        "locality": locality,
        "district": district,
        "is_outside_city": is_outside and district is None,
    }


def _text_as(reader: FactReader, key: str, field: str) -> str:
    value = strip_controls(" ".join(reader.text(key).split()))
    limit = Organization._meta.get_field(field).max_length
    if len(value) > limit:
        reader.cannot(key, f"za długie, zostało {limit} znaków")
    return value[:limit]


def _spheres(reader: FactReader, known: dict[str, TaskSphere]) -> list[TaskSphere]:
    """Spheres in the order of the source; an unknown one is named."""
    found = []
    for code in reader.texts("fields"):
        sphere = known.get(code) or find_sphere(code)
        if sphere is None:
            reader.cannot("fields", "nie ma takiej sfery zadań", code)
        elif sphere not in found:
            found.append(sphere)
    return found


def _yes_no(reader: FactReader, key: str) -> bool | None:
    """Yes, no, or unknown; unknown is never »no«."""
    value = reader.take(key)
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word not in YES | NO:
        reader.cannot(key, "nie jest odpowiedzią tak albo nie")
        return None
    return word in YES
