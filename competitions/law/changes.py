"""Changing a notice that is out (R-CALL-16)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from core.legal.rules import Breach, rule

from .deadlines import FIELD, is_long_enough, is_open, places_breaches, too_early
from .facts import ChangeFacts
from .modes import UDPP, binding

# Changes of these touch who may file, what for and for how much: time starts anew.
SUBSTANTIVE = frozenset(
    {
        "title",
        "form",
        "budget_total",
        "min_grant",
        "max_grant",
        "min_own_contribution_percent",
        "max_cofinancing_percent",
        "offers_per_applicant",
        "task_from",
        "task_to",
        "place",
        "goal",
        "eligibility",
        "conditions",
        "selection_procedure",
        "minimum_score",
        "must_exceed_min_grant",
        "max_grant_per_year",
        "max_grant_per_applicant",
        "max_grant_per_place",
        "equipment_limit",
        "equipment_percent",
        "min_financial_contribution_percent",
        "max_in_kind_percent",
        "admin_cost_percent",
        "is_offer_per_part",
        "eligible_forms",
        "requires_opp",
        "criteria",
        "parts",
        "budget_years",
        "budget_sources",
        "budget_items",
    }
)


@rule(
    "R-CALL-16",
    source=f"art. 13 ust. 1, {UDPP} (ostrożna wykładnia)",
    statement=(
        "Ogłoszenie zmienia się tylko przed końcem naboru, z podaniem powodu i w tych samych trzech miejscach. "
        "Zmiana istotna uruchamia bieg 21 dni od nowa."
    ),
)
def change_breaches(facts: ChangeFacts) -> list[Breach]:
    """What stands against a change: too late, no reason, no change, places, or too little time left."""
    if not facts.is_state_published or not is_open(facts.deadline, facts.at):
        return [
            Breach(
                "R-CALL-16", _("Zmiana ogłoszenia: nabór już się zakończył, ogłoszenia nie można zmienić.")
            )
        ]
    found = [*_form(facts), *_new_deadline(facts)]
    return found + binding(
        facts.mode, [*places_breaches(facts.published, _("Zmiana ogłoszenia"), "R-CALL-16"), *_clock(facts)]
    )


def _form(facts: ChangeFacts) -> list[Breach]:
    found = []
    if not facts.changed:
        found.append(Breach("R-CALL-16", _("Zmiana ogłoszenia: niczego nie zmieniono.")))
    if not facts.reason.strip():
        found.append(Breach("R-CALL-16", _("Powód zmiany: napisz, dlaczego zmieniasz ogłoszenie."), "reason"))
    return found


def _new_deadline(facts: ChangeFacts) -> list[Breach]:
    if is_open(facts.new_deadline, facts.at):
        return []
    return [Breach("R-CALL-16", _("Termin składania ofert: już minął, wpisz późniejszy."), FIELD)]


def _clock(facts: ChangeFacts) -> list[Breach]:
    """After a substantive change the twenty-one days run again, from the last of its publications."""
    days, is_strict, published = facts.offer_days, facts.is_strict, list(facts.published.values())
    if facts.new_deadline is None or not published or not _restarts(facts):
        return []
    if is_long_enough(facts.new_deadline, published, days=days, is_strict=is_strict):
        return []
    return [too_early(published, days=days, is_strict=is_strict)]


def _restarts(facts: ChangeFacts) -> bool:
    return facts.is_marked_substantive or is_substantive(
        facts.changed, deadline=facts.deadline, new_deadline=facts.new_deadline
    )


def is_substantive(
    changed: Iterable[str], *, deadline: datetime | None, new_deadline: datetime | None
) -> bool:
    """Whether a change runs the clock again: its fields do, or the deadline comes earlier than before."""
    if SUBSTANTIVE & set(changed):
        return True
    return new_deadline is not None and (deadline is None or new_deadline < deadline)
