"""The notice as steps of the clerk: which fields and rows, what the law wants there, what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..law.notice import ACCESSIBILITY, ELEMENTS, LAYOUT, PLAIN_SUMMARY, Element

WHOLE = "calosc"
# The title of groups that are folded until they are wanted.
FOLDED = _("Inne komórki, własne słowa, dalsze podstawy prawne")
# Which rule wants an element, and where the law says it.
ACT = _("art. 13 ust. 2 ustawy (R-CALL-12)")
CITY = _("układ ogłoszeń miasta (R-CALL-13)")
PORTAL = _("standard portalu (R-WEB-16)")
ACCESS = _("ustawa o dostępności (R-WEB-17)")
BASES = {
    **{element.key: ACT for element in ELEMENTS},
    **{element.key: CITY for element, _may_lack in LAYOUT},
    PLAIN_SUMMARY.key: PORTAL,
    ACCESSIBILITY.key: ACCESS,
}
BY_KEY = {e.key: e for e in (*ELEMENTS, PLAIN_SUMMARY, ACCESSIBILITY, *(element for element, _may in LAYOUT))}
MAY_LACK = frozenset(element.key for element, may_lack in LAYOUT if may_lack)


@dataclass(frozen=True)
class Step:
    """One page of the form. ``groups`` are (title, fields); ``rows`` are names of inlines."""

    key: str
    title: Any
    groups: Sequence[tuple[Any, Sequence[str]]]
    rows: Sequence[str] = ()
    elements: Sequence[str] = ()
    hint: Any = ""


@dataclass(frozen=True)
class ShownStep:
    """A step as the navigation shows it."""

    key: str
    title: Any
    is_current: bool
    missing: list[tuple[Element, Any]] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return all(element.key in MAY_LACK for element, _basis in self.missing)


STEPS = (
    Step(
        "zadanie",
        _("Zadanie"),
        [
            (_("Zadanie"), ["state_label", "title", "unit", "authority", "mode", "form", "spheres", "target_groups"]),
            (_("W skrócie"), ["plain_summary", "description"]),
            (_("Skąd ten konkurs"), ["previous_edition", "is_supplementary", "consultation", "talks_url"]),
            (FOLDED, ["units", "mode_label", "form_label", "sphere_label", "legal_bases"]),
        ],
        elements=("title", "unit", "form", "sphere", "plain_summary"),
    ),
    Step(
        "pieniadze",
        _("Pieniądze"),
        [
            (_("Pula"), ["budget_total", "is_budget_approximate", "is_based_on_draft_budget", "budget_note", "support_without_grant"]),
            (_("Wcześniejsze środki na zadania tego rodzaju"), ["prior_funding_current_year", "prior_funding_previous_year", "prior_funding_note"]),
        ],
        rows=("budget_years", "budget_sources", "parts", "budget_items", "prior_funding"),
        elements=("budget", "prior_current", "prior_previous"),
    ),
    Step(
        "czas-i-miejsce",
        _("Czas i miejsce"),
        [
            (_("Kiedy"), [("task_from", "task_to"), ("task_months_min", "task_months_max"), "task_period_note"]),
            (_("Gdzie"), ["place", "districts", "are_districts_preferred", "preferred_places"]),
        ],
        rows=("phases", "premises"),
        elements=("task_period", "place"),
    ),
    Step(
        "warunki",
        _("Warunki"),
        [
            (_("Dla kogo i po co"), ["goal", "eligibility", "eligible_forms", "requires_opp"]),
            (_("Limity dotacji"), [("min_grant", "max_grant"), "must_exceed_min_grant", ("max_grant_per_year", "max_grant_per_applicant"), "max_grant_per_place", ("equipment_limit", "equipment_percent"), "planned_awards", "payout", "may_grow"]),
            (_("Wkład własny i koszty"), [("min_own_contribution_percent", "max_cofinancing_percent"), ("min_financial_contribution_percent", "max_in_kind_percent"), "own_contribution_note", "admin_cost_percent"]),
            (_("Zasady"), ["conditions", "accessibility", "offers_per_applicant", "is_offer_per_part"]),
        ],
        elements=("goal", "eligibility", "conditions", "accessibility"),
    ),
    Step(
        "nabor",
        _("Nabór ofert"),
        [
            (_("Termin"), ["intake", "opens_at", "offers_due_at", "has_due_hour", "relative_days", "deadline_note", "questions_until"]),
            (_("Składanie ofert i kontakt"), ["submission_system", "submission_url", "attachments_required", "paper_confirmation_deadline", "contact", "contact_system"]),
            (_("Formularz oferty na portalu i podpisane potwierdzenie"), ["answer_limits", "are_indicators_waived", "requires_signed_confirmation", "confirmation_due_at", "confirmation_ways"]),
        ],
        rows=("intake_windows",),
        elements=("submission", "contact"),
    ),
    Step(
        "ocena",
        _("Ocena i komisja"),
        [
            (_("Jak wybierzecie oferty"), ["selection_procedure", "minimum_score", ("formal_review_until", "merit_review_until"), ("results_planned_on", "contracts_until")]),
            (_("Nabór do komisji konkursowej"), ["includes_committee_call", "committee_call", "committee_call_until"]),
            (_("Zastrzeżenia i dane osobowe"), ["cancellation_reservation", "information_clause"]),
        ],
        rows=("criteria",),
        elements=("criteria", "procedure", "decision_date", "committee", "cancellation", "privacy"),
    ),
    Step(
        "sprawdzenie",
        _("Sprawdzenie"),
        [(_("Rzadziej potrzebne"), ["number", "summary_en", "summary_uk", "author_name"])],
        rows=("checks",),
        hint=_("Obejrzyj podgląd ogłoszenia, odhacz swoją listę i odnotuj publikacje."),
    ),
)  # fmt: skip
BY_STEP = {step.key: step for step in STEPS}


def step_of(key: str | None) -> Step | None:
    """The step of an address; None for the whole form."""
    return None if key == WHOLE else BY_STEP.get(key or "", STEPS[0])


def after(step: Step) -> Step | None:
    """The step that follows."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def shown_steps(filled: frozenset[str], current: Step | None) -> list[ShownStep]:
    """Every step with the elements the notice still lacks, each with the law behind it."""
    return [
        ShownStep(
            step.key,
            step.title,
            step is current,
            [(BY_KEY[key], BASES[key]) for key in step.elements if key not in filled],
        )
        for step in STEPS
    ]
