"""Reads of filed offers for the office's desk, and for the organisation that asks where its offer is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Lag
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.roles import Role
from core.city.scope import has_role, scoped
from core.common import formats
from core.common.clock import end_of_day, local_day
from core.common.dates import Waiting
from core.common.stages import Stage
from core.legal.models import Transition

from ..enums import (
    WITH_RESULTS,
    OfferState,
    Recipients,
    State,
)
from ..law.formal import is_in_time
from ..models import (
    Call,
    CorrectionRequest,
    FormalRejection,
    Offer,
)
from ..models.formal_facts import PASSED

CALL_KIND = "competitions.call"
EARLIER_CALLS = 60
LONGEST_LIST = 50

# --- offers ---------------------------------------------------------------------------------------


def rejected_offers(call: Any) -> QuerySet[FormalRejection]:
    """Offers rejected in the formal check, each with its reason code: published with the results (R-CALL-24)."""
    rows = FormalRejection.objects.filter(offer__call=call, offer__state=OfferState.FORMALLY_REJECTED)
    return rows.select_related("offer__organization", "reason").order_by("reason__code", "offer__number")


def open_corrections(organizations: Iterable[int]) -> QuerySet[CorrectionRequest]:
    """Requests that wait for the organisations with these keys, the nearest end first."""
    rows = CorrectionRequest.objects.filter(
        offer__organization__in=organizations, offer__state=OfferState.CORRECTION_REQUESTED
    )
    return rows.select_related("offer__call").order_by("due_at")


def letter_offers(call: Any, recipients: str) -> QuerySet[Offer]:
    """The offers whose applicants a letter is for. Who got a grant is no group before the results are public."""
    rows = Offer.objects.filed().filter(call=call).select_related("organization").order_by("number")
    if recipients in (Recipients.AWARDED, Recipients.NOT_AWARDED) and call.state not in WITH_RESULTS:
        return rows.none()
    states = {
        Recipients.FORMALLY_OK: PASSED,
        Recipients.CORRECTING: [OfferState.CORRECTION_REQUESTED],
        Recipients.REJECTED: [OfferState.FORMALLY_REJECTED],
        Recipients.AWARDED: [
            OfferState.AWARDED,
            OfferState.REVISION_REQUESTED,
            OfferState.REVISED,
            OfferState.CONTRACTED,
        ],
        Recipients.NOT_AWARDED: [OfferState.NOT_AWARDED],
    }.get(Recipients(recipients))
    return rows if states is None else rows.filter(state__in=states)


# --- what waits -----------------------------------------------------------------------------------


def waiting_offers(user: Any, at: datetime) -> Iterator[Waiting]:
    """For an official: calls with offers to check, and supplements whose time is over."""
    if not has_role(user, Role.CALL_MANAGER, Role.UNIT_EDITOR):
        return
    in_check = Call.objects.filter(state__in=[State.FORMAL_EVALUATION, State.CORRECTIONS])
    calls = scoped(in_check, user, "unit").annotate(
        to_check=Count("offers", filter=Q(offers__state__in=[OfferState.SUBMITTED, OfferState.CORRECTED]))
    )
    for call in calls.filter(to_check__gt=0).order_by("formal_review_until", "pk")[:LONGEST_LIST]:
        count = formats.counted(call.to_check, _("oferta|oferty|ofert"))
        due = end_of_day(call.formal_review_until) if call.formal_review_until else None
        reason = _("Do sprawdzenia formalnego: %(count)s.") % {"count": count}
        yield Waiting(
            call.title, offers_url(call), reason, due_at=due, kind="call", action=_("Sprawdź oferty")
        )
    late = CorrectionRequest.objects.filter(
        offer__state=OfferState.CORRECTION_REQUESTED, due_at__lte=at - timedelta(minutes=1)
    ).select_related("offer")
    for request in scoped(late, user, "offer__call__unit").order_by("due_at")[:LONGEST_LIST]:
        reason = _("Termin uzupełnienia minął. Przedłuż go albo zdecyduj o odrzuceniu.")
        url = reverse("admin:competitions_offer_change", args=[request.offer_id])
        yield Waiting(str(request.offer), url, reason, due_at=request.due_at, kind="call")


def offers_url(call: Any) -> str:
    """The desk's list of the offers of one call."""
    return f"{reverse('admin:competitions_offer_changelist')}?call__id__exact={call.pk}"


def matters_of(organizations: Mapping[int, Any], at: datetime) -> Iterator[Waiting]:
    """For organisations by their keys: offers that the office asked to supplement."""
    for request in open_corrections(organizations):
        owner = organizations[request.offer.organization_id]
        reason = (
            _("Urząd prosi o uzupełnienie oferty.")
            if is_in_time(at, request.due_at)
            else _("Termin uzupełnienia minął. Jeśli masz ważny powód, napisz do urzędu.")
        )
        url = reverse("competitions:supplement", args=[request.offer_id])
        yield Waiting(
            str(request.offer),
            url,
            reason,
            due_at=request.due_at,
            kind="call",
            action=_("Uzupełnij"),
            organization=str(owner),
            organization_id=owner.pk,
        )


# --- the clock of stages --------------------------------------------------------------------------

STAGES = (
    (State.PUBLISHED, gettext_lazy("Nabór ofert"), "offers_due_at"),
    (State.CLOSED, gettext_lazy("Przekazanie do oceny"), ""),
    (State.FORMAL_EVALUATION, gettext_lazy("Ocena formalna"), "formal_review_until"),
    (State.CORRECTIONS, gettext_lazy("Uzupełnienia ofert"), "formal_review_until"),
    (State.MERIT_EVALUATION, gettext_lazy("Ocena merytoryczna"), "merit_review_until"),
    (State.COMMITTEE_OPINION, gettext_lazy("Opinia komisji"), "results_planned_on"),
    (State.DECIDED, gettext_lazy("Ogłoszenie wyników"), "results_planned_on"),
    (State.RESULTS_PUBLISHED, gettext_lazy("Przygotowanie umów"), "contracts_until"),
    (State.CONTRACTING, gettext_lazy("Podpisywanie umów"), "contracts_until"),
)


@dataclass(frozen=True)
class StageTime:
    """How long a call was, or is, in one stage. ``days`` are calendar days begun."""

    state: str
    name: str
    entered_at: datetime | None
    left_at: datetime | None
    days: int | None
    due_on: date | None
    usual_days: int | None
    is_current: bool
    is_overdue: bool


def stage_clock(call: Call, at: datetime) -> list[StageTime]:
    """Each stage of a call: since when, how long, due when, and how long it took in earlier calls of the unit."""
    moves = list(call.transitions.values_list("source", "target", "at"))
    usual = usual_days(call.unit_id, without=call.pk)
    return [_stage_time(call, moves, usual, at, *stage) for stage in STAGES]


def _stage_time(
    call: Call, moves: list, usual: dict[str, int], at: datetime, state, name, due_name
) -> StageTime:
    entered = next((when for _source, target, when in moves if target == state), None)
    left = next((when for source, _target, when in moves if source == state), None)
    is_current = call.state == state
    due = _day_of(getattr(call, due_name)) if due_name else None
    until = local_day(left or at)
    return StageTime(
        state=state,
        name=str(name),
        entered_at=entered,
        left_at=left,
        days=(until - local_day(entered)).days if entered else None,
        due_on=due,
        usual_days=usual.get(state),
        is_current=is_current,
        is_overdue=bool(due and (is_current or left) and until > due),
    )


def _day_of(value: Any) -> date | None:
    return local_day(value) if isinstance(value, datetime) else value


def durations(calls: QuerySet[Call]) -> Iterator[tuple[int, str, float]]:
    """(call, state, days) of every stage that calls have left; one query."""
    rows = Transition.objects.filter(subject_kind=CALL_KIND, subject_id__in=calls.values("pk"))
    before = Window(Lag("at"), partition_by=F("subject_id"), order_by=[F("at"), F("pk")])
    for pk, source, moved_at, entered_at in rows.annotate(entered_at=before).values_list(
        "subject_id", "source", "at", "entered_at"
    ):
        if source and entered_at:
            yield pk, source, (moved_at - entered_at) / timedelta(days=1)


def usual_days(unit_id: int | None, *, without: int | None = None) -> dict[str, int]:
    """State → median days in it, in the latest calls of a unit; states never left are missing."""
    latest = (
        Call.objects.filter(unit=unit_id).exclude(pk=without).order_by("-pk").values("pk")[:EARLIER_CALLS]
    )
    found: dict[str, list[float]] = defaultdict(list)
    for _pk, state, days in durations(Call.objects.filter(pk__in=list(latest.values_list("pk", flat=True)))):
        found[state].append(days)
    return {state: round(median(days)) for state, days in found.items()}


# --- where is my offer (capability 31) ------------------------------------------------------------


@dataclass(frozen=True)
class Whereabouts:
    """Where an offer is: stages for the arcade, and in words what happens now and how long it takes."""

    stages: list[Stage]
    now: str
    since: datetime | None
    next_step: str
    usual: str


GATES = (
    gettext_lazy("Złożenie oferty"),
    gettext_lazy("Ocena formalna"),
    gettext_lazy("Ocena merytoryczna"),
    gettext_lazy("Wyniki"),
    gettext_lazy("Umowa"),
)
IN_CHECK = (OfferState.SUBMITTED, OfferState.CORRECTION_REQUESTED, OfferState.CORRECTED)
USUAL_OF_GATE = {
    1: (State.FORMAL_EVALUATION, State.CORRECTIONS),
    2: (State.MERIT_EVALUATION, State.COMMITTEE_OPINION, State.DECIDED),
    4: (State.RESULTS_PUBLISHED, State.CONTRACTING),
}


def where_is(offer: Offer) -> Whereabouts | None:
    """Where a filed offer is; None for a draft. Before the results nothing of the committee's work shows."""
    if not offer.is_filed:
        return None
    call, gate = offer.call, _gate_of(offer)
    ended = _ended(offer)
    days = [
        offer.filed_at,
        call.formal_review_until,
        call.merit_review_until,
        call.results_planned_on,
        call.contracts_until,
    ]
    stages = [
        Stage(str(name), _when(day, number), _status(number, gate, is_ended=bool(ended)))
        for number, (name, day) in enumerate(zip(GATES, days, strict=True))
    ]
    return Whereabouts(
        stages=stages,
        now=ended or str(_words_of(offer, gate)),
        since=offer.state_since if gate <= 1 or call.state in WITH_RESULTS else call.state_since,
        next_step="" if ended else str(NEXT_STEPS[gate]),
        usual="" if ended else _usual(call, gate),
    )


def _gate_of(offer: Offer) -> int:
    if offer.call.state in WITH_RESULTS and offer.state not in (*IN_CHECK, OfferState.FORMALLY_REJECTED):
        return 4
    return 1 if offer.state in (*IN_CHECK, OfferState.FORMALLY_REJECTED) else 2


def _ended(offer: Offer) -> str:
    """The last word on an offer, once it may be known."""
    if offer.call.state == State.CANCELLED:
        return _("Konkurs został unieważniony.")
    if offer.state == OfferState.FORMALLY_REJECTED:
        return _("Oferta została odrzucona z przyczyn formalnych.")
    if offer.call.state in WITH_RESULTS and offer.state == OfferState.NOT_AWARDED:
        return _("Oferta nie dostała dotacji.")
    return _("Organizacja zrezygnowała z dotacji.") if offer.state == OfferState.RESIGNED else ""


def _words_of(offer: Offer, gate: int) -> Any:
    if gate == 1:
        return {
            OfferState.CORRECTION_REQUESTED: _(
                "Urząd prosi o uzupełnienie oferty. Kolej na Twoją organizację."
            ),
            OfferState.CORRECTED: _("Urząd sprawdza uzupełnienie."),
        }.get(OfferState(offer.state), _("Urząd sprawdza ofertę formalnie."))
    if gate == 2:
        return _("Oferta jest poprawna formalnie. Ocenia ją komisja, a o dotacji decyduje organ.")
    return _("Wyniki są ogłoszone. Urząd przygotowuje umowę.")


NEXT_STEPS = {
    1: gettext_lazy("Potem oferty poprawne formalnie oceni komisja."),
    2: gettext_lazy("Potem urząd ogłosi wyniki w trzech miejscach i napiszemy do Ciebie."),
    4: gettext_lazy("Urząd zaprosi do podpisania umowy."),
}


def _usual(call: Call, gate: int) -> str:
    known = usual_days(call.unit_id, without=call.pk)
    days = [known[state] for state in USUAL_OF_GATE[gate] if state in known]
    if not days:
        return _(
            "Nie wiemy jeszcze, ile to zwykle trwa: ta komórka nie zakończyła w portalu żadnego konkursu."
        )
    return _("Zwykle trwa to %(days)s.") % {"days": formats.counted(sum(days), _("dzień|dni|dni"))}


def _when(day: Any, number: int) -> str:
    known = _day_of(day)
    if known is None:
        return ""
    return (
        formats.day(known, year=False)
        if number == 0
        else _("do %(day)s") % {"day": formats.day(known, year=False)}
    )


def _status(number: int, gate: int, *, is_ended: bool) -> Any:
    if number < gate:
        return "done"
    if number == gate:
        return "warn" if is_ended else "now"
    return "next"
