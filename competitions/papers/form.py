"""The template of an offer (REG-2057, Annex 1; domain §3.11): its parts, fields and tables, in order (R-CALL-20).

The page, the PDF, the DOCX and the comparison of versions all read this one description.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Field:
    """One field of a section. ``kind``: text (one line), prose, day, money."""

    key: str
    label: Any
    kind: str = "prose"
    hint: Any = ""
    is_required: bool = True


@dataclass(frozen=True)
class Table:
    """Rows of a section under one key of its content."""

    key: str
    label: Any
    columns: tuple[Field, ...]


@dataclass(frozen=True)
class Section:
    """One step of the form: ``part`` is its number on the template."""

    key: str
    part: str
    title: Any
    fields: tuple[Field, ...] = ()
    table: Table | None = None

    @property
    def heading(self) -> str:
        return f"{self.part}. {self.title}"


APPLICANT = Section(
    "applicant",
    "II.2",
    _("Osoba upoważniona do składania wyjaśnień dotyczących oferty"),
    (
        Field("contact_name", _("Imię i nazwisko"), "text"),
        Field("contact_phone", _("Numer telefonu"), "text"),
        Field("contact_email", _("Adres poczty elektronicznej"), "text"),
    ),
)
TASK = Section(
    "task",
    "III.1–3",
    _("Opis zadania"),
    (
        Field("title", _("Tytuł zadania publicznego"), "text"),
        Field("starts_on", _("Data rozpoczęcia"), "day", _("dzień, np. 1.09.2026")),
        Field("ends_on", _("Data zakończenia"), "day", _("dzień, np. 31.12.2026")),
        Field("place", _("Miejsce realizacji")),
        Field("target_group", _("Grupa docelowa")),
        Field("needs", _("Sposób rozwiązywania problemów i zaspokajania potrzeb grupy docelowej")),
        Field(
            "complementarity",
            _("Komplementarność z innymi działaniami podejmowanymi przez organizację lub inne podmioty"),
            is_required=False,
        ),
    ),
)
PLAN = Section(
    "plan",
    "III.4",
    _("Plan i harmonogram działań"),
    table=Table(
        "actions",
        _("Plan i harmonogram działań"),
        (
            Field("name", _("Nazwa działania"), "text"),
            Field("description", _("Opis")),
            Field("target_group", _("Grupa docelowa")),
            Field("starts_on", _("Początek"), "day"),
            Field("ends_on", _("Koniec"), "day"),
            Field(
                "outside_party",
                _("Zakres działania realizowany przez podmiot niebędący stroną umowy"),
                is_required=False,
            ),
        ),
    ),
)
RESULTS = Section(
    "results",
    "III.5–6",
    _("Rezultaty realizacji zadania publicznego"),
    (
        Field("effects", _("Bezpośrednie efekty zadania")),
        Field("change", _("Zmiana społeczna, która zostanie osiągnięta")),
        Field("durability", _("Trwałość rezultatów zadania")),
    ),
    Table(
        "indicators",
        _("Dodatkowe informacje dotyczące rezultatów"),
        (
            Field("name", _("Nazwa rezultatu"), "text"),
            Field("target", _("Planowany poziom osiągnięcia rezultatów (wartość docelowa)"), "text"),
            Field("monitoring", _("Sposób monitorowania rezultatów / źródło informacji")),
        ),
    ),
)
CAPACITY = Section(
    "capacity",
    "IV",
    _("Charakterystyka oferenta"),
    (
        Field("earlier_activity", _("Wcześniejsza działalność oferenta, w szczególności w zakresie zadania")),
        Field("human", _("Zasoby kadrowe, które będą wykorzystane do realizacji zadania")),
        Field("material", _("Zasoby rzeczowe, które będą wykorzystane do realizacji zadania")),
        Field("financial", _("Zasoby finansowe, które będą wykorzystane do realizacji zadania")),
    ),
)
COSTS = Section("costs", "V.A", _("Zestawienie kosztów realizacji zadania"))
SOURCES = Section(
    "sources",
    "V.B",
    _("Źródła finansowania kosztów realizacji zadania"),
    (
        Field("grant", _("Planowana dotacja w ramach niniejszej oferty"), "money"),
        Field("own_financial", _("Wkład własny finansowy"), "money", is_required=False),
        Field("own_in_kind", _("Wkład własny niefinansowy (osobowy i rzeczowy)"), "money", is_required=False),
        Field("fees", _("Świadczenia pieniężne od odbiorców zadania"), "money", is_required=False),
    ),
)
SPLIT = Section("split", "V.C", _("Podział kosztów realizacji zadania pomiędzy oferentów"))
DECLARATIONS = Section(
    "declarations",
    "VI–VII",
    _("Inne informacje i oświadczenia"),
    (
        Field(
            "joint_roles", _("Działania poszczególnych oferentów i sposób reprezentacji"), is_required=False
        ),
        Field("other", _("Inne informacje istotne dla oceny oferty"), is_required=False),
    ),
)
SECTIONS = (APPLICANT, TASK, PLAN, RESULTS, CAPACITY, COSTS, SOURCES, SPLIT, DECLARATIONS)
BY_KEY = {section.key: section for section in SECTIONS}

PAYMENTS = {
    "free": _("wyłącznie nieodpłatnie"),
    "paid": _("wyłącznie odpłatnie"),
    "both": _("częściowo nieodpłatnie, częściowo odpłatnie"),
}
# Part VII in its order; what may be struck out: (key of the choice, when no arrears, when arrears).
STATEMENTS = (
    ("statutory", _("proponowane zadanie publiczne będzie realizowane wyłącznie w zakresie działalności pożytku publicznego oferenta(-ów)")),
    ("fees", _("pobieranie świadczeń pieniężnych będzie się odbywać wyłącznie w ramach prowadzonej odpłatnej działalności pożytku publicznego")),
    ("tax", _("z opłacaniem należności z tytułu zobowiązań podatkowych")),
    ("social", _("z opłacaniem należności z tytułu składek na ubezpieczenia społeczne")),
    ("register", _("dane zawarte w części II oferty są zgodne z Krajowym Rejestrem Sądowym lub inną właściwą ewidencją")),
    ("truth", _("wszystkie informacje podane w ofercie oraz załącznikach są zgodne z aktualnym stanem prawnym i faktycznym")),
    ("data", _("w zakresie związanym ze składaniem ofert, w tym z gromadzeniem, przetwarzaniem i przekazywaniem danych osobowych, oraz wprowadzaniem ich do systemów informatycznych, osoby, których dotyczą te dane, złożyły stosowne oświadczenia zgodnie z przepisami o ochronie danych osobowych")),
)  # fmt: skip
ARREARS = {"tax": "has_tax_arrears", "social": "has_social_arrears"}
YEARS = ("1", "2", "3")
GROUPS = {"action": _("Koszty realizacji działań"), "admin": _("Koszty administracyjne")}


def sections_of(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The sections of a version, every key there, whatever an old or foreign version lacks."""
    found = content.get("sections", {}) if isinstance(content, dict) else {}
    return {key: found.get(key) or {} for key in BY_KEY}


def rows_of(section: dict[str, Any], key: str) -> list[dict[str, Any]]:
    rows = section.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def empty_fields(content: dict[str, Any]) -> Iterator[str]:
    """Labels of required fields that hold nothing."""
    sections = sections_of(content)
    for section in SECTIONS:
        values = sections[section.key]
        for field in section.fields:
            if field.is_required and not str(values.get(field.key) or "").strip():
                yield str(field.label)
        if section.table and section is PLAN and not rows_of(values, section.table.key):
            yield str(section.table.label)
    if not rows_of(sections["costs"], "rows"):
        yield str(COSTS.title)


def missing_declarations(content: dict[str, Any]) -> list[str]:
    """Numbers of part VII that were not declared, and the choice of part VI."""
    declared = sections_of(content)["declarations"]
    statements = declared.get("statements") or {}
    fees_wanted = declared.get("payment") in ("paid", "both")
    found = [] if declared.get("payment") in PAYMENTS else ["VI.1"]
    for number, (key, _text) in enumerate(STATEMENTS, start=1):
        if not statements.get(key) and (key != "fees" or fees_wanted):
            found.append(f"VII.{number}")
    return found
