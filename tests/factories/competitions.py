"""Calls in every state, reached through the real actions, and entries of the schedule."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from competitions import actions
from competitions.enums import Form, Mode, Outcome, State
from competitions.models import Award, Call, CallCriterion, CallResult, CallScheduleEntry
from core.city.models import OrganizationalUnit
from core.common.clock import at_local, local_day, now
from core.documents.actions import record_publication
from core.documents.enums import Place, Purpose
from tests.factories.city import SphereFactory, UnitFactory

PLACES = (Place.BIP, Place.NOTICE_BOARD, Place.WEBSITE)
_numbers = count(1)

# Everything a notice must say, but for its dates.
COMPLETE: dict[str, Any] = {
    "mode": Mode.OPEN_CALL,
    "form": Form.SUPPORT,
    "authority": "Prezydent Miasta",
    "place": "teren miasta",
    "task_from": "2026-09-01",
    "task_to": "2026-12-31",
    "budget_total": Decimal("100000.00"),
    "min_grant": Decimal("5000.00"),
    "max_grant": Decimal("30000.00"),
    "min_own_contribution_percent": Decimal("10"),
    "max_cofinancing_percent": Decimal("90"),
    "admin_cost_percent": Decimal("15"),
    "minimum_score": Decimal("60"),
    "prior_funding_current_year": Decimal("0.00"),
    "prior_funding_previous_year": Decimal("80000.00"),
    "plain_summary": "Dajemy dotacje na zajęcia dla seniorów.",
    "description": "Zajęcia ruchowe dla osób 60+.",
    "goal": "<p>Więcej ruchu.</p>",
    "eligibility": "<p>Organizacje pozarządowe.</p>",
    "conditions": "<p>Jedna oferta, jeden wniosek.</p>",
    "accessibility": "<p>Sale bez barier.</p>",
    "selection_procedure": "<p>Komisja ocenia oferty.</p>",
    "committee_call": "<p>Zgłoś kandydata.</p>",
    "submission_system": "Generator ofert",
    "contact": "tel. 12 000 00 00",
    "cancellation_reservation": "Miasto może unieważnić konkurs, gdy zabraknie środków.",
    "information_clause": "<p>Administratorem danych jest Prezydent.</p>",
}


def clock_of(on: date, hour: int = 8) -> datetime:
    return at_local(on, time(hour))


def draft(*, unit: OrganizationalUnit | None = None, at: datetime | None = None, **values: Any) -> Call:
    """A complete draft whose intake ends 30 days from now at noon, unless told otherwise."""
    at = at or now()
    noon = at_local(local_day(at) + timedelta(days=30), time(12, 0))
    given = {"offers_due_at": noon, "results_planned_on": local_day(noon) + timedelta(days=30), **values}
    title = given.pop("title", f"Konkurs próbny {next(_numbers)}")
    spheres = given.pop("spheres", None) or [SphereFactory()]
    call = actions.draft_call(
        unit=unit or UnitFactory(), title=title, by=None, at=at, **{**COMPLETE, **given}
    )
    call.spheres.set(spheres)
    CallCriterion.objects.create(call=call, name="Jakość", max_points=60, position=0)
    CallCriterion.objects.create(call=call, name="Koszty", max_points=40, position=1)
    return call


def publish(
    call: Call,
    purpose: Purpose = Purpose.NOTICE,
    on: date | None = None,
    at: datetime | None = None,
    places=PLACES,
) -> Call:
    """Records the publication in the three places, all on one day (today)."""
    at = at or now()
    for place in places:
        where = {"location": "hol"} if place == Place.NOTICE_BOARD else {"url": "https://bip.example/1"}
        record_publication(
            call, place=place, purpose=purpose, published_on=on or local_day(at), by=None, at=at, **where
        )
    return call


def publications(on: date | None = None) -> list[actions.Publication]:
    """Where a change was published, as the form gives it: three places, today."""
    day = on or local_day(now())
    return [
        actions.Publication(Place.BIP, day, url="https://bip.example/zmiana"),
        actions.Publication(Place.NOTICE_BOARD, day, location="hol"),
        actions.Publication(Place.WEBSITE, day, url="https://urzad.example/zmiana"),
    ]


def open_call(*, at: datetime | None = None, **values: Any) -> Call:
    """A call whose notice is out and which takes offers."""
    call = publish(draft(at=at, **values), at=at)
    return actions.announce(call, by=None, at=at or now())


def closed_call(**values: Any) -> Call:
    """A call whose intake is over and closed: announced 40 days ago."""
    announced = now() - timedelta(days=40)
    call = open_call(
        at=announced, offers_due_at=at_local(local_day(now()) - timedelta(days=5), time(12, 0)), **values
    )
    actions.close_due_calls(now())
    call.refresh_from_db()
    return call


STEPS = {
    State.FORMAL_EVALUATION: actions.begin_formal_evaluation,
    State.MERIT_EVALUATION: actions.begin_merit_evaluation,
    State.COMMITTEE_OPINION: actions.record_committee_opinion,
    State.DECIDED: actions.record_decision,
}


def call_in(state: State, **values: Any) -> Call:
    """A call in one of the states of evaluation."""
    call = closed_call(**values)
    for target, step in STEPS.items():
        step(call, by=None, at=now())
        if target == state:
            break
    return call


def with_results(call: Call, *, submitted: int = 3, rejected: int = 1) -> CallResult:
    """Results written down, not published yet: one award, one offer on the reserve list."""
    result = CallResult.objects.create(call=call, offers_submitted=submitted, formally_rejected=rejected)
    rows = [
        ("Fundacja Próbna", "Ruch to zdrowie", Outcome.AWARDED, "25000.00", "30000.00", "88.00"),
        ("Stowarzyszenie Próbne", "Spacery", Outcome.RESERVE, None, "20000.00", "61.00"),
    ]
    for name, title, outcome, amount, requested, score in rows:
        Award.objects.create(
            result=result,
            organization_name=name,
            title=title,
            outcome=outcome,
            amount=amount and Decimal(amount),
            requested_amount=Decimal(requested),
            score=Decimal(score),
        )
    return result


def decided_call(**values: Any) -> Call:
    """A call with its results written down, before they are public."""
    call = call_in(State.DECIDED, **values)
    with_results(call)
    return call


def settled_call(**values: Any) -> Call:
    """A call whose results are published."""
    call = publish(decided_call(**values), Purpose.RESULTS)
    return actions.publish_results(call, by=None, at=now())


def cancelled_call(**values: Any) -> Call:
    call = publish(open_call(**values), Purpose.CANCELLATION)
    return actions.cancel(call, by=None, at=now(), reason="zabrakło środków")


def entry(*, month: str = "2026-09", is_published: bool = True, **values: Any) -> CallScheduleEntry:
    """An entry of the yearly schedule, published unless told otherwise."""
    given = {"title": f"Planowany konkurs {next(_numbers)}", "planned_month": month, **values}
    unit = given.pop("unit", None) or UnitFactory()
    row = actions.save_entry(CallScheduleEntry(unit=unit, **given), by=None, at=now())
    row.spheres.add(SphereFactory())
    return actions.publish_entry(row, by=None, at=now()) if is_published else row
