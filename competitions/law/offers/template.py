"""The questions of the official form, in its order: what pages, checks, merging and printing read (R-CALL-20)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .values import mapping, rows

LINE, TEXT, DAY, MONEY, QUANTITY, FLAG, CHOICE = "line", "text", "day", "money", "quantity", "flag", "choice"
COUNTED = (LINE, TEXT)


@dataclass(frozen=True)
class Question:
    """One answer of the form: ``name`` in the section's content, its kind, how it is asked."""

    name: str
    label: Any
    kind: str = TEXT
    hint: Any = ""
    is_required: bool = True
    choices: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows of one section, each with an »id« of its own; ``by_year`` adds the columns »Rok n«."""

    name: str
    row_label: Any
    columns: tuple[Question, ...]
    add_label: Any = ""
    by_year: bool = False
    is_fixed: bool = False


@dataclass(frozen=True)
class Section:
    """A step of the form; ``part`` is its place in the printed template."""

    key: str
    part: str
    title: Any
    questions: tuple[Question, ...] = ()
    table: Table | None = None
    lead: Any = ""

    def question(self, name: str) -> Question | None:
        return next((q for q in self.questions if q.name == name), None)


PAYMENT = (
    ("free", _("nieodpłatnie")),
    ("paid", _("odpłatnie")),
    ("both", _("częściowo odpłatnie, częściowo nieodpłatnie")),
)
COST_GROUPS = (("action", _("I. Koszty realizacji działań")), ("admin", _("II. Koszty administracyjne")))
# VII of the template; the words of the regulation.
STATEMENTS = (
    Question(
        "statutory",
        _("Zadanie będzie realizowane wyłącznie w zakresie działalności pożytku publicznego oferenta."),
        FLAG,
    ),
    Question(
        "fees",
        _(
            "Pobieranie świadczeń pieniężnych będzie się odbywać wyłącznie w ramach prowadzonej odpłatnej działalności "
            "pożytku publicznego."
        ),
        FLAG,
    ),
    Question("tax", _("Dane o należnościach podatkowych podane wyżej są zgodne ze stanem na dziś."), FLAG),
    Question(
        "social",
        _("Dane o składkach na ubezpieczenia społeczne podane wyżej są zgodne ze stanem na dziś."),
        FLAG,
    ),
    Question(
        "register",
        _("Dane w części II oferty są zgodne z Krajowym Rejestrem Sądowym lub inną właściwą ewidencją."),
        FLAG,
    ),
    Question(
        "truth",
        _("Wszystkie informacje w ofercie i załącznikach są zgodne ze stanem prawnym i faktycznym."),
        FLAG,
    ),
    Question(
        "data",
        _(
            "Osoby, których dotyczą dane w ofercie, złożyły stosowne oświadczenia zgodnie z przepisami o ochronie danych "
            "osobowych."
        ),
        FLAG,
    ),
)
ARREARS = (
    Question("has_tax_arrears", _("Oferent zalega z opłacaniem należności podatkowych."), FLAG, "", False),
    Question(
        "has_social_arrears",
        _("Oferent zalega z opłacaniem składek na ubezpieczenia społeczne."),
        FLAG,
        "",
        False,
    ),
)

SECTIONS = (
    Section(
        "applicant",
        "II",
        _("Oferent i osoba do kontaktu"),
        (
            Question("contact_name", _("Kto udziela wyjaśnień w sprawie oferty"), LINE),
            Question("contact_phone", _("Telefon tej osoby"), LINE),
            Question("contact_email", _("E-mail tej osoby"), LINE),
        ),
        lead=_("Dane organizacji bierzemy z profilu w bazie organizacji."),
    ),
    Section(
        "task",
        "III.1–3",
        _("Zadanie"),
        (
            Question("title", _("Tytuł zadania publicznego"), LINE),
            Question("starts_on", _("Data rozpoczęcia"), DAY),
            Question("ends_on", _("Data zakończenia"), DAY),
            Question("place", _("Miejsce realizacji zadania")),
            Question("target_group", _("Dla kogo jest zadanie")),
            Question("needs", _("Jak zadanie odpowie na potrzeby tej grupy")),
            Question(
                "complementarity",
                _("Jak zadanie łączy się z innymi działaniami"),
                hint=_(
                    "Działania Twojej organizacji lub innych podmiotów. Jeśli żadne, napisz: nie dotyczy."
                ),
            ),
        ),
    ),
    Section(
        "plan",
        "III.4",
        _("Plan i harmonogram działań"),
        table=Table(
            "actions",
            _("Działanie"),
            (
                Question("name", _("Nazwa działania"), LINE),
                Question("description", _("Opis")),
                Question("target_group", _("Grupa docelowa"), LINE),
                Question("starts_on", _("Od"), DAY),
                Question("ends_on", _("Do"), DAY),
                Question(
                    "outside_party",
                    _("Zakres działania realizowany przez podmiot niebędący stroną umowy"),
                    hint=_("Wypełnij, jeśli część działania wykona wolontariusz lub inna firma albo osoba."),
                    is_required=False,
                ),
            ),
            _("Dodaj działanie"),
        ),
    ),
    Section(
        "results",
        "III.5–6",
        _("Rezultaty"),
        (
            Question("effects", _("Co powstanie bezpośrednio w wyniku zadania")),
            Question("change", _("Jaka zmiana społeczna zostanie osiągnięta")),
            Question("durability", _("Czy i jak rezultaty będą trwałe")),
        ),
        Table(
            "indicators",
            _("Rezultat"),
            (
                Question("name", _("Nazwa rezultatu"), LINE),
                Question("target", _("Planowany poziom osiągnięcia (wartość docelowa)"), LINE),
                Question("monitoring", _("Sposób monitorowania, źródło informacji"), LINE),
            ),
            _("Dodaj rezultat"),
        ),
    ),
    Section(
        "capacity",
        "IV",
        _("Doświadczenie i zasoby"),
        (
            Question("earlier_activity", _("Wcześniejsza działalność, w szczególności w tej dziedzinie")),
            Question("human", _("Zasoby kadrowe")),
            Question("material", _("Zasoby rzeczowe")),
            Question("financial", _("Zasoby finansowe")),
        ),
    ),
    Section(
        "costs",
        "V.A",
        _("Koszty"),
        table=Table(
            "rows",
            _("Koszt"),
            (
                Question("group", _("Grupa"), CHOICE, choices=COST_GROUPS),
                Question("action_id", _("Działanie"), CHOICE, is_required=False),
                Question("name", _("Rodzaj kosztu"), LINE),
                Question("unit", _("Rodzaj miary"), LINE, _("np. godzina, sztuka, umowa")),
                Question("unit_cost", _("Koszt jednostkowy (zł)"), MONEY),
                Question("quantity", _("Liczba jednostek"), QUANTITY),
            ),
            _("Dodaj koszt"),
            by_year=True,
        ),
    ),
    Section(
        "sources",
        "V.B",
        _("Źródła finansowania"),
        (
            Question("grant", _("Planowana dotacja"), MONEY),
            Question("own_financial", _("Wkład własny finansowy"), MONEY, "", False),
            Question("own_in_kind", _("Wkład własny niefinansowy (osobowy i rzeczowy)"), MONEY, "", False),
            Question("fees", _("Świadczenia pieniężne od odbiorców zadania"), MONEY, "", False),
        ),
    ),
    Section(
        "split",
        "V.C",
        _("Podział kosztów między oferentów"),
        table=Table("rows", _("Oferent"), (), by_year=True, is_fixed=True),
        lead=_("Wypełnij, gdy składacie ofertę wspólną. Suma musi być równa sumie kosztów."),
    ),
    Section(
        "declarations",
        "VI–VII",
        _("Oświadczenia"),
        (
            Question("payment", _("Zadanie będzie realizowane przez oferentów"), CHOICE, choices=PAYMENT),
            Question(
                "joint_roles",
                _("Kto co robi w ofercie wspólnej i jak oferenci są reprezentowani"),
                hint=_("Wypełnij tylko w ofercie wspólnej."),
                is_required=False,
            ),
            Question("other", _("Inne informacje"), hint=_("Jeśli nie ma, zostaw puste."), is_required=False),
            *ARREARS,
        ),
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}


def texts(sections: Mapping[str, Any]) -> Iterator[tuple[str, str, Question, str]]:
    """Every written answer: its address in breaches, its key among the limits, the question, the text."""
    for section in SECTIONS:
        content = mapping(sections.get(section.key))
        for question in section.questions:
            if question.kind in COUNTED:
                address = f"{section.key}.{question.name}"
                yield address, address, question, str(content.get(question.name) or "")
        yield from _row_texts(section, content)


def _row_texts(section: Section, content: Mapping[str, Any]) -> Iterator[tuple[str, str, Question, str]]:
    if section.table is None:
        return
    for row in rows(content.get(section.table.name)):
        for column in section.table.columns:
            if column.kind in COUNTED:
                address = f"{section.key}.{row.get('id', '')}.{column.name}"
                yield address, f"{section.key}.{column.name}", column, str(row.get(column.name) or "")
