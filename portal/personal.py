"""The register of personal data: what the rooms declare in their ``ties.py``, for people and for the documents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from core.accounts.models import User
from core.common.ties import Ending

from .rooms import personal_data

# Columns whose names sound like data of people and are not, with the reason.
OFFICE = "kontakt urzędu albo jednostki, nie osoby"
NOT_PERSONAL = {
    "city.City.authority": "nazwa organu",
    "city.City.email": OFFICE,
    "city.City.phone": OFFICE,
    "city.City.dpo_contact": OFFICE,
    "city.OrganizationalUnit.phones": OFFICE,
    "city.OrganizationalUnit.emails": OFFICE,
    "city.District.full_name": "nazwa dzielnicy",
    "competitions.Call.author_name": OFFICE,
    "competitions.Call.authority": "nazwa organu",
    "competitions.Call.contact": OFFICE,
    "competitions.Call.contact_system": OFFICE,
    "competitions.CallScheduleEntry.contact": OFFICE,
    "competitions.CallTemplate.contact": OFFICE,
    "competitions.CallTemplate.contact_system": OFFICE,
    "communication.AccessibilityDeclaration.contact_person": "funkcja podana w deklaracji dostępności",
    "communication.AccessibilityDeclaration.contact_email": OFFICE,
    "communication.AccessibilityDeclaration.contact_phone": OFFICE,
    "consultations.Consultation.author_name": OFFICE,
    "consultations.Consultation.contact_email": OFFICE,
    "consultations.Consultation.contact_phone": OFFICE,
    "consultations.ConsultationForm.phone": OFFICE,
    "consultations.ConsultationForm.email": OFFICE,
    "dialogue_bodies.DialogueBody.author_name": OFFICE,
    "dialogue_bodies.DialogueBody.contact": OFFICE,
    "grants.SmallGrant.author_name": OFFICE,
    "programmes.Programme.author_name": OFFICE,
    "resources.Resource.author_name": OFFICE,
}
TELLING = re.compile(
    r"e?mails?|phones?|full_name|person(_name)?|contact\w*|representat\w*|bank_account|token|ip|user_agent"
    r"|author\w*|sender\w*|signature|nominated_by|\w+_token|pesel\w*|birth\w*|email_address|to"
)


def columns_with_people() -> Iterator[str]:
    """Every column that points to an account or whose name sounds like data of people, found by walking the models."""
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.get_fields():
            if not getattr(column, "concrete", False) or column.many_to_many:
                continue
            points_to_person = column.is_relation and column.related_model is User
            if points_to_person or isinstance(column, models.EmailField) or TELLING.fullmatch(column.name):
                yield f"{model._meta.label}.{column.name}"


def declared_columns() -> set[str]:
    """Every column that a room has declared."""
    return {f"{data.model}.{name}" for data in personal_data() for name in data.fields}


ENDINGS = {
    Ending.DELETED: "usuwamy",
    Ending.CLEARED: "usuwamy dane osoby, reszta zostaje",
    Ending.KEPT: "zostaje, pod nazwą „usunięty użytkownik”",
}


@dataclass
class Purpose:
    """A line of the privacy page: one purpose with all that is held for it."""

    purpose: str
    basis: str
    kept: str
    readers: str
    on_erasure: str
    what: list[str] = field(default_factory=list)


def purposes() -> list[Purpose]:
    """The register by purpose, in the order of the rooms."""
    found: dict[tuple[str, ...], Purpose] = {}
    for data in personal_data():
        ending = (
            ENDINGS[data.ending] if data.owner else "zostaje: to dane organizacji albo funkcji publicznej"
        )
        key = (str(data.purpose), data.basis, str(data.kept), str(data.readers), ending)
        line = found.setdefault(key, Purpose(*key))
        if data.label not in line.what:
            line.what.append(data.label)
    return list(found.values())


def register_as_text() -> str:
    """``docs/privacy.md``: every table and column, with what the person who keeps the register has to know."""
    lines = [
        "# Register of personal data\n\n",
        "Declared in the rooms' `ties.py`; a test fails when a column with data of people is missing. The page\n",
        "`/prywatnosc/` shows the same by purpose. In Polish, as people read it.\n\n",
        "| Table | Columns | Purpose | Basis | How long | Who sees it | When the account is erased |\n",
        "|---|---|---|---|---|---|---|\n",
    ]
    for data in personal_data():
        ending = ENDINGS[data.ending] if data.owner else "bez zmian"
        columns = ", ".join(f"`{name}`" for name in data.fields)
        reason = f" ({data.reason})" if data.reason else ""
        lines.append(
            f"| `{data.model}` | {columns} | {data.purpose} | {data.basis} | {data.kept} | {data.readers} | {ending}{reason} |\n"
        )
    lines.append("\n## Not data of people\n\n| Column | Why |\n|---|---|\n")
    lines += [f"| `{name}` | {why} |\n" for name, why in sorted(NOT_PERSONAL.items())]
    return "".join(lines)
