"""Offers in the formal check: filed, marked, asked to supplement; by the real actions of the office."""

from datetime import timedelta
from typing import Any

from competitions.actions import formal
from competitions.enums import FormalMark, State
from competitions.models import Call, CallFormalItem, Offer, RejectionReason
from core.common.clock import now
from tests.factories import competitions as calls
from tests.factories import offers, organizations

LONG = "Zajęcia odbywają się dwa razy w tygodniu i są dostępne dla osób z niepełnosprawnościami. "


def call_in_check(**values: Any) -> Call:
    """A call whose intake is over and whose formal check goes on, without any offer."""
    return calls.call_in(State.FORMAL_EVALUATION, **values)


def sections(**changes: dict[str, Any]) -> dict[str, Any]:
    """A richer offer than the usual one: two actions, three costs, long texts; 11 999,99 zł."""
    whole: dict[str, Any] = {
        "task": {"title": "Ruch to zdrowie", "needs": LONG * 3},
        "plan": {
            "actions": [
                {"id": "a1", "name": "Zajęcia ruchowe", "description": LONG, "target_group": "seniorzy", "starts_on": "2026-09-01", "ends_on": "2026-12-20", "outside_party": ""},
                {"id": "a2", "name": "Spacery", "description": LONG, "target_group": "seniorzy", "starts_on": "2026-09-10", "ends_on": "2026-11-30", "outside_party": "przewodnik miejski"},
            ]
        },
        "capacity": {"earlier_activity": LONG, "human": "dwie instruktorki", "material": "sala", "financial": "składki"},
        "costs": {
            "rows": [
                {"id": "c1", "group": "action", "action_id": "a1", "name": "Instruktorka", "unit": "godzina", "unit_cost": "150.00", "quantity": "64", "years": {"1": "9600.00"}},
                {"id": "c2", "group": "action", "action_id": "a2", "name": "Przewodnik", "unit": "spacer", "unit_cost": "333.33", "quantity": "3", "years": {"1": "999.99"}},
                {"id": "c3", "group": "admin", "action_id": "", "name": "Księgowość", "unit": "miesiąc", "unit_cost": "350.00", "quantity": "4", "years": {"1": "1400.00"}},
            ]
        },
        "sources": {"grant": "10000.00", "own_financial": "1999.99", "own_in_kind": "", "fees": ""},
    }  # fmt: skip
    return {key: {**whole.get(key, {}), **changes.get(key, {})} for key in {*whole, *changes}}


def filed(call: Call | None = None, *, organization: Any = None, **changes: dict[str, Any]) -> Offer:
    """An offer that a representative filed before the end of the intake, in a call that is in its formal check."""
    call = call or call_in_check()
    organization = organization or organizations.verified()
    person = organizations.member(organization)
    state, at = call.state, (call.offers_due_at or now()) - timedelta(hours=2)
    # the intake is over by the clock; the offer came in while it lasted
    Call.objects.filter(pk=call.pk).update(state=State.PUBLISHED)
    call.refresh_from_db()
    try:
        offer = offers.filed_offer(call, organization, by=person, at=at, **sections(**changes))
    finally:
        Call.objects.filter(pk=call.pk).update(state=state)
    call.refresh_from_db()
    return offers.fresh(offer)


def item_of(offer: Offer, text: str) -> CallFormalItem:
    return CallFormalItem.objects.get(call=offer.call, text__icontains=text)


def marked(offer: Offer, *lacking: str) -> Offer:
    """The card filled: TAK everywhere but in the items whose text holds one of the words."""
    for item in formal.ensure_card(offer.call, by=None, at=now()):
        mark = FormalMark.NO if any(word in item.text for word in lacking) else FormalMark.YES
        formal.save_answer(offer, item, mark=mark, read_number=_read(offer, item), by=None, at=now())
    return offer


def _read(offer: Offer, item: CallFormalItem) -> int:
    return offer.formal_answers.filter(item=item).values_list("edit_number", flat=True).first() or 0


def accepted(offer: Offer | None = None) -> Offer:
    """Formally correct, and with that before the committee."""
    offer = marked(offer or filed())
    formal.accept_offer(offer, by=None, at=now())
    return offer


def asked(offer: Offer | None = None, *, sections=("capacity",), **values: Any) -> Offer:
    """Asked to supplement the part about resources."""
    offer = marked(offer or filed(), "kompletna")
    formal.request_correction(
        offer,
        items={item_of(offer, "kompletna"): "Opisz zasoby rzeczowe."},
        sections=sections,
        by=None,
        at=now(),
        **values,
    )
    return offer


def rejected(offer: Offer | None = None) -> Offer:
    offer = marked(offer or filed(), "uprawniony podmiot")
    code = RejectionReason.objects.get(code="F02")
    formal.reject_offer(offer, code=code, explanation="To partia polityczna.", by=None, at=now())
    return offer


__all__ = ["LONG", "accepted", "asked", "call_in_check", "filed", "item_of", "marked", "rejected"]
