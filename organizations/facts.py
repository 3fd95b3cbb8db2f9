"""Reading collected facts about organisations. They are shown as public sources, not as the organisation's word."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models.functions import Left

from core.city.facts import partial_date
from core.city.lookup import find_district, find_sphere
from core.city.models import City, District, TaskSphere
from core.common.facts import FactReader, ImportReport, import_records
from core.common.sanitize import strip_controls

from . import law
from .actions import import_profile, import_profiles
from .actions.imports import Profile
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


@dataclass
class Known:
    """What the reading asks about other rows, gathered before a batch: city, spheres, districts, owners of numbers."""

    city: str
    spheres: dict[str, TaskSphere]
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    districts: dict[str, District | None] = field(default_factory=dict)

    def district(self, name: str) -> District | None:
        if name not in self.districts:
            self.districts[name] = find_district(name)
        return self.districts[name]

    def sphere(self, code: str) -> TaskSphere | None:
        if code not in self.spheres:
            found = find_sphere(code)
            if found is None:
                return None
            self.spheres[code] = found
        return self.spheres[code]


def known() -> Known:
    city = City.objects.values_list("name", flat=True).first() or ""
    return Known(city, {sphere.code: sphere for sphere in TaskSphere.objects.all()})


def import_organizations(records: list[dict], *, by=None, at: datetime) -> ImportReport:
    """Profiles by their ``id``; a second run changes nothing, and no number is given to two organisations."""
    books = known()
    return import_records(records, lambda reader: _read_one(reader, books, by=by, at=at))


def import_batch(records: list[dict], *, books: Known, by=None, at: datetime) -> ImportReport:
    """The same for some hundreds at a time, in one transaction and a few queries; new profiles in bulk."""
    books.owners = owners_of(records)
    profiles: dict[str, Profile] = {}

    def keep(reader: FactReader) -> str:
        profile = read_profile(reader, books)
        if profile is None:
            return "skipped"
        if profile.fact_id in profiles:
            reader.cannot("id", "ten sam identyfikator był już w tej paczce")
            return "skipped"
        profiles[profile.fact_id] = profile
        return "kept"

    report = import_records(records, keep, is_saving=False)
    del report.counts["kept"]
    report.counts.update(import_profiles(list(profiles.values()), by=by, at=at))
    return report


def owners_of(records: list[dict]) -> dict[tuple[str, str], str]:
    """Who in the base has one of the numbers of these records, by kind and number: its id in the source."""
    wanted: dict[str, set[str]] = {key: set() for key in NUMBERS}
    for record in records:
        for key, (normal, _breaches) in NUMBERS.items():
            if isinstance(record, dict) and record.get(key):
                wanted[key].add(normal(str(record[key]))[:9] if key == "regon" else normal(str(record[key])))
    regons = Organization.objects.alias(regon_9=Left("regon", 9)).filter(regon_9__in=wanted["regon"] - {""})
    sources = [
        Organization.objects.filter(krs__in=wanted["krs"] - {""}),
        Organization.objects.filter(nip__in=wanted["nip"] - {""}),
        regons,
    ]
    found = {}
    for rows in sources:
        rows = rows.exclude(legal_form=LegalForm.ASSOC_BRANCH)
        for fact_id, pk, *numbers in rows.values_list("fact_id", "pk", *NUMBERS):
            for key, number in zip(NUMBERS, numbers, strict=True):
                found[key, number[:9] if key == "regon" else number] = fact_id or f"#{pk}"
    return found


def _read_one(reader: FactReader, books: Known, *, by, at: datetime) -> str:
    books.owners = owners_of([reader.record])
    profile = read_profile(reader, books)
    if profile is None:
        return "skipped"
    return import_profile(profile.fact_id, profile.values, spheres=profile.spheres, by=by, at=at)


def read_profile(reader: FactReader, books: Known) -> Profile | None:
    """The values of one record; None without a name."""
    name = _text(reader, "name")
    if not name:
        reader.cannot("name", "organizacja bez nazwy")
        return None
    fact_id = _text(reader, "id")[:80] or f"nazwa:{folded(name)}"[:80]
    chosen = _spheres(reader, books)
    form = _form(reader)
    values = {
        "name": name,
        **form,
        **_numbers(reader, fact_id, form["legal_form"], books),
        **_place(reader, books),
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
    return Profile(fact_id, values, chosen)


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


def _numbers(reader: FactReader, fact_id: str, form: str, books: Known) -> dict[str, str]:
    """Register numbers that can be right and that nobody else has; the others are named."""
    is_branch = form == LegalForm.ASSOC_BRANCH
    found = {}
    for key, (normal, breaches) in NUMBERS.items():
        number = normal(reader.text(key))
        fault = "; ".join(str(breach.message) for breach in breaches(number)) if number else ""
        owner = books.owners.get((key, number[:9] if key == "regon" else number), fact_id)
        if number and not fault and not is_branch:
            if owner != fact_id:
                fault = "numer ma już inna organizacja w bazie"
            else:
                books.owners[key, number[:9] if key == "regon" else number] = fact_id
        if fault:
            reader.cannot(key, fault)
        found[key] = "" if fault else number
    return found


def _place(reader: FactReader, books: Known) -> dict[str, Any]:
    locality = _text_as(reader, "city", "locality")
    named = reader.text("district").strip()
    is_outside = bool(locality and books.city) and locality.casefold() != books.city.casefold()
    if named.casefold().startswith("poza"):
        named, is_outside = "", True
    district = books.district(named) if named else None
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


def _spheres(reader: FactReader, books: Known) -> list[TaskSphere]:
    """Spheres in the order of the source; an unknown one is named."""
    found = []
    for code in reader.texts("fields"):
        sphere = books.sphere(code)
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
