"""A committee comes together: members from office, pool and experts, the draw by lot, the ordinance (R-CALL-25 – 28)."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.roles import Role
from core.city.models import RoleGrant
from core.common.clock import local_day
from core.legal import audit, parameters
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused
from core.notifications.reminders import drop_reminders

from ... import law, permissions
from ...emails import committee as emails
from ...enums import EVALUATED, CandidateState, MemberRole, NgoAbsence, Seat, State
from ...models import (
    Call,
    CallCriterion,
    CallResult,
    Committee,
    CommitteeCandidate,
    CommitteeDraw,
    CommitteeMember,
    SubCriterion,
)
from ...queries import committee as queries

BUILT_IN = frozenset({State.PUBLISHED, *EVALUATED}) - {State.DECIDED}


def check(committee: Committee, by: Any) -> None:
    """Raises MoveRefused for who does not run the call; the portal itself (None) may do anything."""
    if by is not None and not permissions.may_run_committee(by, committee):
        raise MoveRefused("may_run_committee")


@transaction.atomic
def open_committee(call: Call, *, by: Any, at: datetime) -> Committee:
    """The committee of a call, made with the default rules when there is none. Raises MoveRefused."""
    if by is not None and not permissions.may_run(by, call):
        raise MoveRefused("may_run")
    on = local_day(at)
    defaults = {
        "reviewers_per_offer": parameters.days("reviewers_per_offer", on=on),
        "divergence_percent": parameters.value("score_divergence", on=on),
        "least_justification": parameters.days("score_justification", on=on),
    }
    committee, was_made = Committee.objects.get_or_create(call=call, defaults=defaults)
    if was_made:
        audit.record(committee, _("Rozpoczęcie pracy nad składem komisji"), by=by, at=at)
    return committee


@transaction.atomic
def save_committee(committee: Committee, *, by: Any, at: datetime) -> Committee:
    """Saves the rules of work; once cards are given out, the way of scoring stays as it is."""
    check(committee, by)
    stored = Committee.objects.select_for_update().get(pk=committee.pk)
    before = audit.snapshot(stored)
    fixed = ("method", "score_step", "least_justification")
    if stored.members.filter(cards__isnull=False).exists() and any(
        getattr(stored, name) != getattr(committee, name) for name in fixed
    ):
        message = _("Karty są już przydzielone, więc sposobu oceny nie można zmienić.")
        raise LawBreached([Breach("R-CALL-32", message)])
    committee.save()
    old, new = audit.changes(before, audit.snapshot(committee))
    if new:
        audit.record(committee, _("Zmiana zasad pracy komisji"), by=by, at=at, before=old, after=new)
    return committee


@transaction.atomic
def add_member(
    committee: Committee,
    *,
    user: Any = None,
    candidate: CommitteeCandidate | None = None,
    seat: str,
    role: str = MemberRole.MEMBER,
    organizations: Iterable[Any] = (),
    by: Any,
    at: datetime,
) -> CommitteeMember:
    """A person joins: of the office or an expert with an account, or a candidate from the pool.

    Raises LawBreached for a candidate who is not accepted or was named by somebody who takes part.
    """
    check(committee, by)
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    person: Any = candidate.user if candidate else user
    require(_joining_breaches(committee, person, candidate, seat, role))
    member = CommitteeMember.objects.create(
        committee=committee,
        user=person,
        full_name=candidate.full_name if candidate else person.full_name,
        seat=seat,
        role=role,
        candidate=candidate,
        naming_organization=candidate.naming_organization if candidate else None,
        added_at=at,
    )
    member.organizations.set([*organizations, *(candidate.organizations.all() if candidate else [])])
    audit.record(
        committee, _("Dodanie osoby do komisji"), by=by, at=at, after={"osoba": member.pk, "miejsce": seat}
    )
    if committee.appointed_at:
        _welcome(member)
    return member


def _joining_breaches(committee, person, candidate, seat: str, role: str) -> list[Breach]:
    found = []
    if committee.call.state not in BUILT_IN:
        found.append(Breach("R-CALL-25", _("Skład komisji można zmieniać od ogłoszenia do decyzji.")))
    if person is None:
        return [*found, Breach("R-CALL-25", _("Ta osoba nie ma jeszcze konta w portalu."), "email")]
    if seat == Seat.NGO and (candidate is None or candidate.state != CandidateState.ACCEPTED):
        message = _("Osobę wskazaną przez organizacje wybierz z bazy kandydatek i kandydatów.")
        found.append(Breach("R-CALL-30", message, "candidate"))
    if committee.members.sitting().filter(user=person).exists():
        found.append(Breach("R-CALL-25", _("Ta osoba już jest w komisji."), "email"))
    if role == MemberRole.CHAIR and committee.members.sitting().filter(role=MemberRole.CHAIR).exists():
        found.append(Breach("R-CALL-25", _("Komisja ma już osobę, która przewodniczy."), "role"))
    if role != MemberRole.MEMBER and seat == Seat.EXPERT:
        found.append(Breach("R-CALL-28", _("Ekspert ma głos doradczy i nie przewodniczy."), "role"))
    if candidate and queries.takes_part(candidate.naming_organization_id, committee.call):
        values = {"name": candidate.naming_organization}
        message = _("Tę osobę wskazała organizacja %(name)s, która bierze udział w konkursie.") % values
        found.append(Breach("R-CALL-26", message, "candidate"))
    return found


@transaction.atomic
def draw_members(committee: Committee, *, seats: int, by: Any, at: datetime) -> CommitteeDraw:
    """Draws persons named by NGOs from those who are eligible and free of an automatic conflict.

    The seed and the numbers drawn from are kept and published, so that anybody can repeat the draw.
    """
    check(committee, by)
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    pool = drawable(committee)
    if not pool:
        raise LawBreached(
            [Breach("R-CALL-30", _("W puli nie ma nikogo, kogo można wylosować do tej komisji."))]
        )
    seed = secrets.token_hex(16)
    chosen = law.draw(pool, seats, seed=seed)
    record = CommitteeDraw.objects.create(
        committee=committee, seed=seed, pool=sorted(pool), drawn=chosen, seats=seats, at=at, by=by
    )
    for pk in chosen:
        add_member(committee, candidate=pool[pk], seat=Seat.NGO, by=by, at=at)
    audit.record(
        committee.call,
        _("Losowanie do komisji konkursowej"),
        by=by,
        at=at,
        after={"ziarno": seed, "pula": sorted(pool), "wylosowane": chosen},
        is_public=True,
    )
    return record


def drawable(committee: Committee) -> dict[int, CommitteeCandidate]:
    """Candidates whom a draw may give to the committee, by number: each person once."""
    taken = set(committee.members.values_list("user_id", flat=True))
    parties: set[int] = set().union(*(one.organizations for one in queries.parties_of(committee.call)))
    people: dict[int, CommitteeCandidate] = {}
    eligible = CommitteeCandidate.objects.eligible(committee.call).filter(user__isnull=False)
    for candidate in eligible.prefetch_related("organizations").order_by("pk"):
        tied = {candidate.naming_organization_id, *(one.pk for one in candidate.organizations.all())}
        if candidate.user_id not in taken and not tied & parties:
            people.setdefault(candidate.user_id, candidate)
    return {candidate.pk: candidate for candidate in people.values()}


@transaction.atomic
def appoint(committee: Committee, *, ordinance_number: str, by: Any, at: datetime) -> Committee:
    """The authority appoints: from now on the members see the committee, and after the declaration its offers.

    Raises LawBreached with what the composition lacks (R-CALL-25 – 27).
    """
    check(committee, by)
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    require(queries.composition_breaches(committee))
    committee.ordinance_number, committee.appointed_at = ordinance_number, committee.appointed_at or at
    committee.save(update_fields=["ordinance_number", "appointed_at"])
    verb = _("Powołanie komisji konkursowej")
    audit.record(committee.call, verb, by=by, at=at, after={"zarządzenie": ordinance_number}, is_public=True)
    for member in queries.sitting(committee):
        _welcome(member)
    return committee


def _welcome(member: CommitteeMember) -> None:
    """The letter, and the role that asks for a second factor; what it opens is decided by the seat alone."""
    unit = member.committee.call.unit
    if unit is not None:
        grant, _made = RoleGrant.objects.get_or_create(
            user=member.user, role=Role.COMMITTEE_MEMBER, unit=unit
        )
        if grant.valid_until is not None:
            grant.valid_until = None
            grant.save(update_fields=["valid_until"])
    emails.tell_appointed(member)


@transaction.atomic
def remove_member(member: CommitteeMember, *, reason: str, by: Any, at: datetime) -> CommitteeMember:
    """A person leaves: nothing is open to it any more, and its cards go back to be given out anew."""
    check(member.committee, by)
    member.removed_at, member.removal_reason = at, reason
    member.save(update_fields=["removed_at", "removal_reason"])
    member.cards.valid().update(withdrawn_at=at, withdrawn_because=reason)
    drop_reminders(member)
    _end_role(member, at)
    audit.record(
        member.committee,
        _("Odwołanie osoby z komisji"),
        by=by,
        at=at,
        before={"osoba": member.pk},
        reason=reason,
    )
    if member.committee.appointed_at:
        emails.tell_removed(member)
    return member


def _end_role(member: CommitteeMember, at: datetime) -> None:
    unit = member.committee.call.unit
    others = CommitteeMember.objects.of_person(member.user).filter(committee__call__unit=unit)
    if unit is not None and not others.exists():
        grants = RoleGrant.objects.filter(user=member.user, role=Role.COMMITTEE_MEMBER, unit=unit)
        grants.update(valid_until=local_day(at) - timedelta(days=1))


def suggested_absence(committee: Committee) -> str:
    """Which case of R-CALL-27 the pool itself shows: nobody was named, or all are excluded."""
    named = CommitteeCandidate.objects.eligible(committee.call).count()
    free = len(drawable(committee)) + committee.members.sitting().filter(seat=Seat.NGO).count()
    return law.absence_case(named, named if free == 0 else 0) or NgoAbsence.DID_NOT_COME


# --- before the committee: the card, and a call nobody answered ---------------------------------------


@transaction.atomic
def use_default_card(
    call: Call, *, strategic: str = "", strategic_points: int = 0, by: Any, at: datetime
) -> list[CallCriterion]:
    """Puts the default card into the notice of a draft (R-CALL-34). Raises LawBreached when it has a card already."""
    if by is not None and not permissions.may_prepare(by, call):
        raise MoveRefused("may_prepare")
    if not call.is_notice_editable or call.criteria.exists():
        message = _("Konkurs ma już kryteria. Usuń je, jeśli chcesz wstawić kartę domyślną.")
        raise LawBreached([Breach("R-CALL-34", message)])
    card = law.with_strategic(law.default_card(call.form), strategic, strategic_points)
    rows = [
        CallCriterion.objects.create(
            call=call, name=one.name, description=one.description, max_points=one.points, position=position
        )
        for position, one in enumerate(card)
    ]
    for row, one in zip(rows, card, strict=True):
        for position, sub in enumerate(one.subs):
            SubCriterion.objects.create(
                criterion=row, name=sub.name, max_points=sub.points, position=position
            )
    audit.record(call, _("Wstawienie domyślnej karty oceny"), by=by, at=at)
    return rows


@transaction.atomic
def record_no_offers(call: Call, *, by: Any, at: datetime) -> CallResult:
    """Writes down that no offer can be chosen, which opens the way to cancelling the call (R-CALL-40).

    Raises LawBreached when at least one offer filed in the portal has not been rejected.
    """
    if call.state not in EVALUATED or (by is not None and not permissions.may_run(by, call)):
        raise MoveRefused(f"no offers in {call}")
    filed, rejected = call.offers.filed().count(), queries.rejected_count(call)
    if filed > rejected:
        raise LawBreached(
            [Breach("R-CALL-40", _("Są oferty, których nie odrzucono: konkurs trzeba rozstrzygnąć."))]
        )
    result, _made = CallResult.objects.get_or_create(call=call)
    result.offers_submitted, result.formally_rejected, result.funded = filed, rejected, 0
    result.save()
    audit.record(
        call, _("Brak ofert do wyboru"), by=by, at=at, after={"złożone": filed, "odrzucone": rejected}
    )
    return result
