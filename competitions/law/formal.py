"""The formal check of offers and their supplements (R-CALL-23, 24, 40): the portal proposes, the clerk decides."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import at_local, local_day
from core.legal.days import add_working_days
from core.legal.rules import Breach, rule

from ..enums import FormalMark, Intake, OfferState, State
from .deadlines import closes_at
from .facts import CallFacts, OfferCounts

# When the office may check offers: after the intake, and before the committee begins.
CHECKED_IN = (State.FORMAL_EVALUATION, State.CORRECTIONS)
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True)
class Marked:
    """One item of the card with the clerk's mark; an empty ``mark`` is an item not answered yet."""

    code: str
    text: str
    is_correctable: bool
    mark: str = ""


@dataclass(frozen=True)
class Request:
    """A request to supplement, sent or about to be. ``due_at`` is the last minute that is in time."""

    due_at: datetime
    items: tuple[tuple[str, str], ...] = ()  # code of an item, what exactly to do


@dataclass(frozen=True)
class FormalFacts:
    """A filed offer in the formal check, at a moment."""

    at: datetime
    state: str = OfferState.SUBMITTED
    call_state: str = State.FORMAL_EVALUATION
    intake: str = Intake.DEADLINE
    items: tuple[Marked, ...] = ()
    request: Request | None = None
    reason_code: str = ""

    def with_mark(self, mark: str) -> list[Marked]:
        return [item for item in self.items if item.mark == mark]


# --- the moves ------------------------------------------------------------------------------------


def phase_breaches(facts: FormalFacts) -> list[Breach]:
    """Offers are judged after the intake; those of a continuous intake as they come."""
    is_continuous = facts.intake == Intake.CONTINUOUS and facts.call_state == State.PUBLISHED
    if facts.call_state in CHECKED_IN or is_continuous:
        return []
    message = _("Ocena formalna: trwa między „Rozpocznij ocenę formalną” a „Rozpocznij ocenę merytoryczną”.")
    return [Breach("R-CALL-23", message)]


@rule(
    "R-CALL-23",
    source="Zasada portalu; typowe karty oceny formalnej",
    statement=(
        "Ofertę sprawdza się formalnie według karty konkursu: każdy punkt ma odpowiedź TAK, NIE albo ND. Oferty z "
        "odpowiedzią NIE nie można uznać za poprawną, a braku, którego nie da się uzupełnić, nie można naprawić."
    ),
)
def acceptance_breaches(facts: FormalFacts) -> list[Breach]:
    """What keeps an offer from being formally correct: gaps in the card, and every NIE."""
    return [
        *phase_breaches(facts),
        *unanswered_breaches(facts),
        *(_not_met(item) for item in facts.with_mark(FormalMark.NO)),
    ]


def unanswered_breaches(facts: FormalFacts) -> list[Breach]:
    if not facts.items:
        return [
            Breach("R-CALL-23", _("Karta oceny: nie ma jeszcze żadnego punktu. Ustal kartę w konkursie."))
        ]
    missing = facts.with_mark("")
    if not missing:
        return []
    values = {"count": len(missing), "all": len(facts.items)}
    message = (
        _("Karta oceny: bez odpowiedzi pozostaje %(count)s z %(all)s. Zaznacz TAK, NIE albo ND.") % values
    )
    return [Breach("R-CALL-23", message)]


def _not_met(item: Marked) -> Breach:
    return Breach("R-CALL-23", _("Karta oceny: „%(text)s” ma odpowiedź NIE.") % {"text": item.text})


@rule(
    "R-CALL-24",
    source="Zasada portalu; wzory wezwań",
    statement=(
        "Braki, które karta pozwala uzupełnić, oferent uzupełnia na wezwanie w wyznaczonym terminie, domyślnie "
        "5 dni roboczych od zawiadomienia w systemie. O odrzuceniu decyduje urzędnik i podaje kod powodu."
    ),
)
def request_breaches(facts: FormalFacts) -> list[Breach]:
    """What keeps the office from asking for a supplement."""
    found = [*phase_breaches(facts), *unanswered_breaches(facts)]
    hopeless = [item for item in facts.with_mark(FormalMark.NO) if not item.is_correctable]
    found += [
        Breach("R-CALL-24", _("Wezwanie: braku „%(text)s” nie da się uzupełnić, ofertę można tylko odrzucić.") % {"text": item.text})
        for item in hopeless
    ]  # fmt: skip
    return found + _asked_breaches(facts)


def _asked_breaches(facts: FormalFacts) -> list[Breach]:
    """Each lack is asked for, in words, until a moment that is ahead."""
    if facts.request is None:
        return [Breach("R-CALL-24", _("Wezwanie: wskaż braki i opisz, co organizacja ma zrobić."))]
    asked = {code for code, what in facts.request.items if what.strip()}
    lacking = facts.with_mark(FormalMark.NO)
    found = [
        Breach("R-CALL-24", _("Wezwanie: opisz, co zrobić w punkcie „%(text)s”.") % {"text": item.text}, f"what_{item.code}")
        for item in lacking
        if item.is_correctable and item.code not in asked
    ]  # fmt: skip
    if not lacking:
        found.append(
            Breach("R-CALL-24", _("Wezwanie: żaden punkt karty nie ma odpowiedzi NIE, nie ma o co prosić."))
        )
    if facts.request.due_at <= facts.at:
        found.append(Breach("R-CALL-24", _("Termin uzupełnienia: wybierz przyszły dzień."), "due_at"))
    return found


def rejection_breaches(facts: FormalFacts) -> list[Breach]:
    """A rejection needs a lack in the card (or a supplement that did not come), and a reason from the list."""
    found = phase_breaches(facts)
    if not facts.reason_code:
        found.append(Breach("R-CALL-24", _("Odrzucenie: wybierz kod powodu z listy."), "code"))
    if facts.state == OfferState.CORRECTION_REQUESTED:
        return found + _waiting_breaches(facts)
    if not facts.with_mark(FormalMark.NO):
        found.append(Breach("R-CALL-23", _("Odrzucenie: żaden punkt karty nie ma odpowiedzi NIE.")))
    return found


def _waiting_breaches(facts: FormalFacts) -> list[Breach]:
    """Nobody is rejected for a supplement that may still come."""
    if facts.request is None or not is_in_time(facts.at, facts.request.due_at):
        return []
    values = {"until": formats.until(facts.request.due_at)}
    return [Breach("R-CALL-24", _("Odrzucenie: organizacja może uzupełnić ofertę do %(until)s.") % values)]


def supplement_breaches(facts: FormalFacts) -> list[Breach]:
    """A supplement counts by the server's clock; the minute of the deadline is in time."""
    if facts.request is not None and is_in_time(facts.at, facts.request.due_at):
        return []
    message = _(
        "Uzupełnienie: termin minął. Treść jest zapisana; urząd może przedłużyć termin albo zdecydować o odrzuceniu."
    )
    return [Breach("R-CALL-24", message)]


def extension_breaches(facts: FormalFacts, new_due_at: datetime, reason: str) -> list[Breach]:
    """The office may give more time, never less, and says why."""
    found = (
        []
        if reason.strip()
        else [Breach("R-CALL-24", _("Powód: napisz, dlaczego przedłużasz termin."), "reason")]
    )
    if facts.state != OfferState.CORRECTION_REQUESTED or facts.request is None:
        return [*found, Breach("R-CALL-24", _("Przedłużenie: organizacja nie ma otwartego wezwania."))]
    if new_due_at <= max(facts.request.due_at, facts.at):
        message = _("Nowy termin: musi być późniejszy od obecnego i przyszły.")
        found.append(Breach("R-CALL-24", message, "due_at"))
    return found


# --- the clock ------------------------------------------------------------------------------------


def supplement_due(notified_at: datetime, *, days: int) -> datetime:
    """The last minute for a supplement: the end of the given working day after the notice (R-CALL-24, 56)."""
    last = add_working_days(local_day(notified_at), days)
    return at_local(last, LAST_MINUTE)


def is_in_time(at: datetime, due_at: datetime) -> bool:
    """Whether a moment lies within the stated minute or before it."""
    return at < closes_at(due_at)


# --- the call -------------------------------------------------------------------------------------


def completion_breaches(counts: OfferCounts) -> list[Breach]:
    """The committee begins when every filed offer is decided on; when none is left, the call is cancelled."""
    if counts.undecided:
        message = _("Ocena formalna: bez rozstrzygnięcia pozostaje %(count)s z %(all)s ofert.")
        return [Breach("R-CALL-23", message % {"count": counts.undecided, "all": counts.filed})]
    if counts.filed and not counts.accepted:
        message = _(
            "Żadna oferta nie spełnia wymogów ogłoszenia: konkurs trzeba unieważnić (art. 18a, R-CALL-40)"
        )
        return [Breach("R-CALL-40", message)]
    return []


def offers_breaches(facts: CallFacts) -> list[Breach]:
    """The same, as the state table of calls asks it."""
    return completion_breaches(facts.offers)
