"""What a notice must say (R-CALL-02, 08, 12–15, R-WEB-16, R-WEB-17)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.legal.rules import Breach, rule

from ..enums import Form
from .facts import CallFacts
from .modes import UDPP, binding

FULL = Decimal(100)


@dataclass(frozen=True)
class Element:
    """Something a notice must or should contain: ``key`` in the facts, ``field`` of the form, what to do."""

    key: str
    field: str
    advice: Any


# R-CALL-12: what art. 13(2) demands, in its order; the rest is by the portal's own standard.
ELEMENTS = (
    Element("sphere", "spheres", gettext_lazy("Sfery zadań publicznych: wskaż rodzaj zadania.")),
    Element("budget", "budget_total", gettext_lazy("Pula środków: wpisz kwotę na realizację zadania.")),
    Element("form", "form", gettext_lazy("Forma: wybierz wsparcie albo powierzenie.")),
    Element(
        "conditions",
        "conditions",
        gettext_lazy("Warunki i zasady przyznawania dotacji: opisz je."),
    ),
    Element("task_period", "task_from", gettext_lazy("Realizacja od: wpisz początek i koniec zadania.")),
    Element("criteria", "criteria", gettext_lazy("Kryteria oceny: dodaj kryteria z punktami lub wagami.")),
    Element(
        "procedure",
        "selection_procedure",
        gettext_lazy("Tryb i kryteria wyboru: opisz, jak i przez kogo oferty będą ocenione."),
    ),
    Element(
        "decision_date",
        "results_planned_on",
        gettext_lazy("Planowany dzień wyników: wpisz termin wyboru ofert."),
    ),
    Element(
        "prior_current",
        "prior_funding_current_year",
        gettext_lazy("Środki w tym roku na zadania tego rodzaju: wpisz kwotę albo 0 (lub uwagę w opisie)."),
    ),
    Element(
        "prior_previous",
        "prior_funding_previous_year",
        gettext_lazy(
            "Środki w ubiegłym roku: wpisz kwotę na zadania tego rodzaju albo 0 (lub uwagę w opisie)."
        ),
    ),
)
PLAIN_SUMMARY = Element(
    "plain_summary",
    "plain_summary",
    gettext_lazy("Streszczenie prostym językiem: napisz w kilku zdaniach, o co chodzi."),
)
ACCESSIBILITY = Element(
    "accessibility",
    "accessibility",
    gettext_lazy("Dostępność zadania: opisz wymagania dostępności dla uczestników."),
)
# R-CALL-13: Kraków's own order of a notice, beyond the Act. The second value says whether it may be missing.
LAYOUT = (
    (Element("title", "title", gettext_lazy("Tytuł zadania publicznego: uzupełnij.")), False),
    (Element("unit", "unit", gettext_lazy("Komórka realizująca: wskaż jednostkę.")), False),
    (Element("place", "place", gettext_lazy("Miejsce realizacji zadania: uzupełnij.")), False),
    (Element("goal", "goal", gettext_lazy("Cel i zakres: opisz, co ma się zmienić dzięki zadaniu.")), False),
    (Element("eligibility", "eligibility", gettext_lazy("Kto może złożyć ofertę: opisz.")), False),
    (
        Element(
            "submission",
            "submission_system",
            gettext_lazy("Jak złożyć ofertę: napisz, gdzie i w jaki sposób."),
        ),
        False,
    ),
    (
        Element("contact", "contact", gettext_lazy("Kontakt w sprawie ofert: podaj telefon i adres e-mail.")),
        False,
    ),
    (
        Element(
            "committee",
            "committee_call",
            gettext_lazy("Nabór do komisji konkursowej: dodaj zaproszenie dla kandydatów."),
        ),
        True,
    ),
    (
        Element(
            "privacy", "information_clause", gettext_lazy("Klauzula informacyjna: dodaj informację o danych.")
        ),
        True,
    ),
    (
        Element(
            "cancellation",
            "cancellation_reservation",
            gettext_lazy(
                "Zastrzeżenie możliwości unieważnienia: bez niego konkursu nie można unieważnić z innego powodu niż brak ofert."
            ),
        ),
        True,
    ),
)


@rule(
    "R-CALL-12",
    source=f"art. 13 ust. 2, {UDPP}",
    statement=(
        "Ogłoszenie zawiera: rodzaj zadania, wysokość środków, zasady przyznawania dotacji, terminy i warunki realizacji, "
        "termin składania ofert, tryb, kryteria i termin wyboru oraz zadania tego samego rodzaju z tego i ubiegłego roku "
        "z ich kosztami."
    ),
)
def completeness_breaches(facts: CallFacts) -> list[Breach]:
    """What art. 13(2) wants and the notice lacks, in the order of the Act; the deadline has its own rule."""
    missing = [Breach("R-CALL-12", str(e.advice), e.field) for e in ELEMENTS if e.key not in facts.filled]
    return binding(facts.mode, missing) + plain_breaches(facts) + accessibility_breaches(facts)


@rule(
    "R-WEB-16",
    source="Standard portalu",
    statement="Każdy konkurs i każde konsultacje mają streszczenie prostym językiem.",
)
def plain_breaches(facts: CallFacts) -> list[Breach]:
    """A call without a plain-language summary is not announced."""
    return _missing(PLAIN_SUMMARY, "R-WEB-16", facts)


@rule(
    "R-WEB-17",
    source="art. 4 ust. 3 i art. 5 ust. 2, ustawa o zapewnianiu dostępności osobom ze szczególnymi potrzebami",
    statement="Ogłoszenie ma część „Dostępność zadania”: umowa określa warunki dostępności zleconego zadania.",
)
def accessibility_breaches(facts: CallFacts) -> list[Breach]:
    """A call without conditions of accessibility is not announced."""
    return _missing(ACCESSIBILITY, "R-WEB-17", facts)


def _missing(element: Element, code: str, facts: CallFacts) -> list[Breach]:
    return [] if element.key in facts.filled else [Breach(code, str(element.advice), element.field)]


@rule(
    "R-CALL-13",
    source="Praktyka ogłoszeń Krakowa w BIP, 2018–2026",
    statement=(
        "Układ ogłoszenia: konkurs z naborem do komisji, forma i sfera, tytuł, komórka realizująca, środki, termin i miejsce "
        "zadania, środki przekazane wcześniej, warunki, termin i miejsce ofert, kryteria, komisja, kontakty, klauzula."
    ),
)
def layout_breaches(facts: CallFacts) -> list[Breach]:
    """What the city's own layout of a notice wants; the last three may be left out and are only named."""
    return [
        Breach("R-CALL-13", str(element.advice), element.field, is_warning=may_lack)
        for element, may_lack in LAYOUT
        if element.key not in facts.filled
    ]


@rule(
    "R-CALL-02",
    source=f"art. 5 ust. 4, art. 11 ust. 1 i art. 15 ust. 1 pkt 4, {UDPP}",
    statement=(
        "Zadanie powierza się (miasto finansuje całość, wkład własny nie jest wymagany) albo wspiera (miasto dofinansowuje). "
        "Środki własne i z innych źródeł ocenia się tylko przy wsparciu."
    ),
)
def form_breaches(facts: CallFacts) -> list[Breach]:
    """Own contribution in entrusting, and full financing in support, contradict the form."""
    money = facts.money
    if facts.form == Form.ENTRUST and ((money.min_own_percent or 0) > 0):
        message = _(
            "Wkład własny (%): przy powierzeniu nie można go wymagać. Zostaw puste albo wybierz wsparcie."
        )
        return [Breach("R-CALL-02", message, "min_own_contribution_percent")]
    if facts.form == Form.ENTRUST and (money.max_cofinancing_percent or FULL) < FULL:
        message = _(
            "Najwyższy udział dotacji (%): przy powierzeniu miasto finansuje całość, wpisz 100 albo zostaw puste."
        )
        return [Breach("R-CALL-02", message, "max_cofinancing_percent")]
    if facts.form == Form.SUPPORT and money.max_cofinancing_percent == FULL:
        message = _(
            "Najwyższy udział dotacji (%): przy wsparciu dotacja nie pokrywa całości kosztów. Sprawdź, czy to zamierzone."
        )
        return [Breach("R-CALL-02", message, "max_cofinancing_percent", is_warning=True)]
    return []


@rule(
    "R-CALL-08",
    source=f"art. 13 ust. 5, {UDPP}",
    statement=(
        "Konkurs na zadania przyszłego roku można ogłosić na podstawie projektu budżetu. Ogłoszenie zastrzega wtedy, "
        "że kwota może się zmienić."
    ),
)
def reservation_clause(is_based_on_draft_budget: bool) -> str:
    """The clause a notice on a draft budget carries; empty for others."""
    if not is_based_on_draft_budget:
        return ""
    return _(
        "Konkurs ogłaszamy na podstawie projektu budżetu przekazanego Radzie Miasta. Kwota może się zmienić "
        "po uchwaleniu budżetu."
    )
