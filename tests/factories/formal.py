"""Offers in the formal check: filed, marked, asked to supplement; by the real actions of the office."""

from datetime import timedelta
from itertools import count
from typing import Any

from competitions.actions import formal
from competitions.actions.formal.supplements import checksum_of
from competitions.enums import FormalMark, OfferState, State, VersionKind
from competitions.models import Call, CallFormalItem, Offer, OfferSection, OfferVersion, RejectionReason
from core.common.clock import now
from tests.factories import competitions as calls
from tests.factories import organizations

_numbers = count(1)

LONG = "Zajęcia odbywają się dwa razy w tygodniu i są dostępne dla osób z niepełnosprawnościami. "
SECTIONS: dict[str, Any] = {
    "applicant": {"contact_name": "Anna Mazur", "contact_phone": "12 000 00 00", "contact_email": "anna@example.org"},
    "task": {
        "title": "Ruch to zdrowie",
        "starts_on": "2026-09-01",
        "ends_on": "2026-12-31",
        "place": "Kraków, Zabłocie",
        "target_group": "60 osób powyżej 60. roku życia",
        "needs": LONG * 3,
        "complementarity": "nie dotyczy",
    },
    "plan": {
        "actions": [
            {"id": "a1", "name": "Zajęcia ruchowe", "description": LONG, "target_group": "seniorzy", "starts_on": "2026-09-01", "ends_on": "2026-12-20", "outside_party": ""},
            {"id": "a2", "name": "Spacery", "description": LONG, "target_group": "seniorzy", "starts_on": "2026-09-10", "ends_on": "2026-11-30", "outside_party": "przewodnik miejski"},
        ]
    },
    "results": {
        "effects": LONG,
        "change": LONG,
        "durability": LONG,
        "indicators": [{"id": "i1", "name": "Liczba zajęć", "target": "32", "monitoring": "lista obecności"}],
    },
    "capacity": {"earlier_activity": LONG, "human": "dwie instruktorki", "material": "sala", "financial": "składki"},
    "costs": {
        "rows": [
            {"id": "c1", "group": "action", "action_id": "a1", "name": "Instruktorka", "unit": "godzina", "unit_cost": "150.00", "quantity": "64", "years": {"1": "9600.00"}},
            {"id": "c2", "group": "action", "action_id": "a2", "name": "Przewodnik", "unit": "spacer", "unit_cost": "333.33", "quantity": "3", "years": {"1": "999.99"}},
            {"id": "c3", "group": "admin", "action_id": "", "name": "Księgowość", "unit": "miesiąc", "unit_cost": "350.00", "quantity": "4", "years": {"1": "1400.00"}},
        ]
    },
    "sources": {"grant": "10000.00", "own_financial": "1999.99", "own_in_kind": "0.00", "fees": "0.00"},
    "split": {"rows": []},
    "declarations": {
        "payment": "free",
        "joint_roles": "",
        "other": "",
        "statements": dict.fromkeys(("statutory", "fees", "tax", "social", "register", "truth", "data"), True),
        "has_tax_arrears": False,
        "has_social_arrears": False,
    },
}  # fmt: skip


def call_in_check(**values: Any) -> Call:
    """A call whose intake is over and whose formal check goes on."""
    return calls.call_in(State.FORMAL_EVALUATION, **values)


def filed(call: Call | None = None, *, organization: Any = None, **sections: dict[str, Any]) -> Offer:
    """An offer that came in on the last day of the intake; ``sections`` replace whole parts."""
    call = call or call_in_check()
    organization = organization or organizations.verified()
    person = organizations.member(organization)
    at = (call.offers_due_at or now()) - timedelta(hours=2)
    written = {**SECTIONS, **sections}
    offer = Offer.objects.create(
        call=call,
        organization=organization,
        title=written["task"]["title"],
        number=f"{call.number}/{next(_numbers)}",
        state=OfferState.SUBMITTED,
        state_since=at,
        started_by=person,
        started_at=at,
        updated_at=at,
        filed_by=person,
        filed_at=at,
        total_cost="11999.99",
        requested_amount=written["sources"]["grant"],
    )
    for key, content in written.items():
        OfferSection.objects.create(offer=offer, key=key, content=content, saved_by=person, saved_at=at)
    applicant = {
        "organization_id": organization.pk,
        "role": "leader",
        "name": organization.name,
        "legal_form": organization.get_legal_form_display(),
        "register": f"KRS {organization.krs}",
        "seat": f"{organization.address}, {organization.postal_code} {organization.locality}",
        "website": "",
        "correspondence_address": "",
        "email": organization.email,
        "phone": organization.phone,
    }
    content = {
        "schema": 1,
        "call": {
            "number": call.number,
            "title": call.title,
            "sphere": call.sphere_label,
            "authority": call.authority,
        },
        "applicants": [applicant],
        "sections": written,
        "attachments": [],
    }
    OfferVersion.objects.create(
        offer=offer,
        number=1,
        kind=VersionKind.FILED,
        content=content,
        checksum=checksum_of(content),
        received_at=at,
        by=person,
    )
    return offer


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


__all__ = ["SECTIONS", "accepted", "asked", "call_in_check", "filed", "item_of", "marked", "rejected"]
