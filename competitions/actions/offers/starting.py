"""A new draft, filled with what the profile and the call already know."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.locks import hold
from core.legal import audit
from core.legal.rules import require
from core.legal.workflow import MoveRefused, start
from organizations.models import Organization
from organizations.permissions import holds_mandate

from ... import law, reminders
from ...enums import OfferState
from ...models import Call, CallPart, Offer, OfferSection
from ...models.offer_facts import deadline_at, excluded_as, whole_day

STARTS_LOCK = 7_204_814


@transaction.atomic
def start_offer(
    call: Call, *, organization: Organization, by: Any, at: datetime, part: CallPart | None = None
) -> Offer:
    """A draft of the organisation in a call; an untouched one of the same person is given again (double click).

    Raises MoveRefused for somebody who does not act for the organisation, LawBreached when the call takes no
    offers any more or the organisation is excluded (R-ORG-04).
    """
    if by is not None and not holds_mandate(by, organization):
        raise MoveRefused("holds_mandate")
    require(starting_breaches(call, organization, at))
    _one_at_a_time(organization)
    return _untouched(call, organization, by) or _new(call, organization, by, at, part)


def starting_breaches(call: Call, organization: Organization, at: datetime) -> list:
    """What stands against beginning an offer: the intake takes none, or the body cannot be commissioned."""
    name, excluded = organization.name, excluded_as(organization)
    party = law.offers.Party(organization.pk, name, is_leader=True, excluded_as=excluded)
    deadline = deadline_at(call, at)
    late = law.offers.lateness(
        at=at, deadline=deadline, call_state=call.state, intake=call.intake_by(at, deadline)
    )
    return [*law.offers.entity_breaches(party), *late]


def _one_at_a_time(organization: Organization) -> None:
    hold(STARTS_LOCK, organization.pk)


def _untouched(call: Call, organization: Organization, by: Any) -> Offer | None:
    drafts = Offer.objects.filter(call=call, organization=organization, started_by=by, state=OfferState.DRAFT)
    return next((offer for offer in drafts if offer.updated_at == offer.started_at), None)


def _new(call: Call, organization: Organization, by: Any, at: datetime, part: CallPart | None) -> Offer:
    parts = list(call.parts.all())
    offer = Offer.objects.create(
        call=call,
        part=part or (parts[0] if len(parts) == 1 else None),
        organization=organization,
        started_by=by,
        started_at=at,
        updated_at=at,
        state_since=at,
    )
    start(offer, by=by, at=at)
    known = prefilled(offer, by)
    OfferSection.objects.bulk_create(
        OfferSection(
            offer=offer,
            key=section.key,
            content=law.offers.clean_section(section.key, known.get(section.key, {})),
            saved_by=by,
            saved_at=at,
        )
        for section in law.offers.template.SECTIONS
    )
    audit.record(offer, _("Rozpoczęcie oferty"), by=by, at=at, after={"call": call.full_name})
    reminders.set_draft_deadline(offer)
    return offer


def prefilled(offer: Offer, by: Any) -> dict[str, dict[str, Any]]:
    """What need not be typed: the contact from the profile, dates and place from the call."""
    call, dossier = offer.call, getattr(offer.organization, "dossier", None)
    part = offer.part
    starts = whole_day((part and part.task_from) or call.task_from, is_end=False)
    ends = whole_day((part and part.task_to) or call.task_to, is_end=True)
    person = str(getattr(by, "full_name", "") or "")
    return {
        "applicant": {
            "contact_name": (dossier and dossier.contact_person) or person,
            "contact_phone": (dossier and dossier.contact_phone) or offer.organization.phone,
            "contact_email": (dossier and dossier.contact_email) or offer.organization.email,
        },
        "task": {
            "starts_on": starts.isoformat() if starts else "",
            "ends_on": ends.isoformat() if ends else "",
            "place": call.place,
        },
        "split": {"rows": [{"organization_id": offer.organization_id}]},
    }
