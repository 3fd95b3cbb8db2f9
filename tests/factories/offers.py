"""Offers that walked to their state by the real actions."""

from collections.abc import Mapping
from datetime import datetime
from itertools import count
from typing import Any

from competitions.actions import offers as actions
from competitions.law import offers as law
from competitions.models import Call, Offer, OfferPartner, OfferSection
from core.common.clock import now
from organizations.models import Organization
from tests.factories import competitions as calls
from tests.factories import organizations as registry

_numbers = count(1)
STATEMENTS = law.content.STATEMENTS


def sections(call: Call, **changes: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """A complete lawful offer for a call of ``calls.COMPLETE``: 10 000 zł, of which 8 000 zł grant."""
    starts, ends = call.task_from or "2026-09-01", call.task_to or "2026-12-31"
    whole: dict[str, dict[str, Any]] = {
        "applicant": {
            "contact_name": "Ewa Lis",
            "contact_phone": "12 000 00 00",
            "contact_email": "ewa.lis@example.org",
        },
        "task": {
            "title": f"Ruch to zdrowie {next(_numbers)}",
            "starts_on": starts,
            "ends_on": ends,
            "place": "Kraków, Dzielnica XIII",
            "target_group": "Osoby 60+",
            "needs": "Seniorzy potrzebują ruchu i spotkań.",
            "complementarity": "nie dotyczy",
        },
        "plan": {
            "actions": [
                {
                    "id": "a1",
                    "name": "Zajęcia ruchowe",
                    "description": "Dwa razy w tygodniu",
                    "target_group": "Osoby 60+",
                    "starts_on": starts,
                    "ends_on": ends,
                    "outside_party": "",
                }
            ]
        },
        "results": {
            "effects": "40 zajęć",
            "change": "Więcej osób starszych jest sprawnych.",
            "durability": "Grupa będzie się spotykać dalej.",
            "indicators": [{"id": "i1", "name": "Zajęcia", "target": "40", "monitoring": "Listy obecności"}],
        },
        "capacity": {
            "earlier_activity": "Prowadzimy zajęcia od 2010 roku.",
            "human": "Dwie instruktorki",
            "material": "Sala i sprzęt",
            "financial": "Składki członkowskie",
        },
        "costs": {
            "rows": [
                _cost("k1", "Instruktorka", "godzina", "150.00", "60"),
                _cost("k2", "Księgowość", "miesiąc", "250.00", "4", group="admin", action_id=""),
            ]
        },
        "sources": {"grant": "8000.00", "own_financial": "1500.00", "own_in_kind": "500.00", "fees": ""},
        "split": {"rows": []},
        "declarations": {"payment": "free", "joint_roles": "", "other": ""},
    }
    return {key: {**content, **changes.get(key, {})} for key, content in whole.items()}


def _cost(row_id: str, name: str, unit: str, unit_cost: str, quantity: str, **changes: Any) -> dict[str, Any]:
    row = {"id": row_id, "group": "action", "action_id": "a1", "name": name, "unit": unit}
    return {**row, "unit_cost": unit_cost, "quantity": quantity, "years": {}, **changes}


def blank_offer(
    call: Call | None = None,
    organization: Organization | None = None,
    *,
    by: Any = None,
    at: datetime | None = None,
) -> Offer:
    """A draft as it is just begun."""
    return actions.start_offer(
        call or calls.open_call(), organization=organization or registry.verified(), by=by, at=at or now()
    )


def draft_offer(
    call: Call | None = None,
    organization: Organization | None = None,
    *,
    by: Any = None,
    at: datetime | None = None,
    **changes: Mapping[str, Any],
) -> Offer:
    """A complete draft; ``costs={…}`` and the like change single answers of a section."""
    offer = blank_offer(call, organization, by=by, at=at)
    write(offer, sections(offer.call, **changes), by=by, at=at)
    return fresh(offer)


def write(
    offer: Offer, content: Mapping[str, Mapping[str, Any]], *, by: Any = None, at: datetime | None = None
) -> None:
    """Saves sections one after the other, as one person in one tab would."""
    numbers = dict(OfferSection.objects.filter(offer=offer).values_list("key", "edit_number"))
    for key, section in content.items():
        actions.save_section(
            offer, key=key, content=section, edit_number=numbers.get(key, 0), by=by, at=at or now()
        )


def file(offer: Offer, *, by: Any = None, at: datetime | None = None) -> Offer:
    """Files a draft with every statement made."""
    actions.file_offer(offer, by=by, at=at or now(), statements=STATEMENTS)
    return fresh(offer)


def filed_offer(
    call: Call | None = None,
    organization: Organization | None = None,
    *,
    by: Any = None,
    at: datetime | None = None,
    **changes: Mapping[str, Any],
) -> Offer:
    """An offer that the office has received. ``at`` is before the end of the intake of the call."""
    return file(draft_offer(call, organization, by=by, at=at, **changes), by=by, at=at)


def withdrawn_offer(call: Call | None = None, organization: Organization | None = None) -> Offer:
    offer = filed_offer(call, organization)
    actions.withdraw_offer(offer, by=None, at=now())
    return fresh(offer)


def with_partner(
    offer: Offer, partner: Organization | None = None, *, accepts: bool | None = True, may_edit: bool = True
) -> OfferPartner:
    """Invites a partner, who accepts, declines (False) or has not answered (None)."""
    invited = actions.invite_partner(
        offer, organization=partner or registry.verified(), may_edit=may_edit, by=None, at=now()
    )
    if accepts is None:
        return invited
    return actions.answer_invitation(invited, accepts=accepts, by=None, at=now())


def joint_offer(
    call: Call | None = None, organization: Organization | None = None, partner: Organization | None = None
) -> Offer:
    """A complete joint draft whose partner has accepted: 6 000 zł and 4 000 zł."""
    offer = draft_offer(call, organization)
    joined = with_partner(offer, partner)
    shares = [(offer.organization_id, "6000.00"), (joined.organization_id, "4000.00")]
    split = [{"organization_id": pk, "years": {"1": amount}} for pk, amount in shares]
    roles = {"payment": "free", "joint_roles": "Lider prowadzi zajęcia, partner zaprasza uczestników."}
    write(offer, {"split": {"rows": split}, "declarations": roles})
    return fresh(offer)


def fresh(offer: Offer) -> Offer:
    """The row as it is in the database."""
    return Offer.objects.select_related("call", "part", "organization").get(pk=offer.pk)
