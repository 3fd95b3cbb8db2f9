"""The pool: people apply once a year or to one call, or an NGO names them and they agree (R-CALL-30)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.city.models import TaskSphere
from core.common.clock import local
from core.legal import audit, parameters
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused, advance, start
from organizations.models import Organization
from organizations.permissions import is_representative

from ... import law
from ...emails import committee as emails
from ...enums import CandidateState, State
from ...models import Call, Committee, CommitteeCandidate
from ...queries import committee as queries


@dataclass(frozen=True)
class Profile:
    """What a person says about itself in an application."""

    full_name: str
    experience: str
    spheres: Iterable[TaskSphere]
    phone: str = ""
    organizations: Iterable[Organization] = field(default_factory=list)
    has_full_rights: bool = False
    has_consented: bool = False


def recruitment_end(call: Call) -> datetime | None:
    """Until when candidates for the committee of a call may apply."""
    committee = Committee.objects.filter(call=call).first()
    return committee.recruits_until if committee else call.offers_due_at


@transaction.atomic
def apply(
    profile: Profile,
    *,
    call: Call | None = None,
    naming_organization: Organization | None = None,
    by: Any,
    at: datetime,
) -> CommitteeCandidate:
    """A person applies. Raises LawBreached with what is missing, or when the application is there already."""
    candidate = CommitteeCandidate(
        user=by,
        full_name=profile.full_name,
        email=by.email,
        consented_at=at,
        naming_organization=naming_organization,
        call=call,
        state=CandidateState.APPLIED,
    )
    return _save(candidate, profile, is_naming=False, by=by, at=at)


@transaction.atomic
def name_candidate(
    organization: Organization,
    profile: Profile,
    *,
    email: str,
    call: Call | None = None,
    by: Any,
    at: datetime,
) -> CommitteeCandidate:
    """A representative names a person, who then gets a letter and has to agree.

    Raises MoveRefused for who does not represent the organisation, LawBreached as ``apply`` and when the
    organisation takes part in the call itself (R-CALL-26).
    """
    if not is_representative(by, organization):
        raise MoveRefused("is_representative")
    candidate = CommitteeCandidate(
        full_name=profile.full_name,
        email=email,
        naming_organization=organization,
        named_by=by,
        call=call,
        state=CandidateState.NAMED,
    )
    saved = _save(candidate, profile, is_naming=True, by=by, at=at)
    emails.tell_named(saved)
    return saved


def _save(
    candidate: CommitteeCandidate, profile: Profile, *, is_naming: bool, by: Any, at: datetime
) -> CommitteeCandidate:
    spheres, call = list(profile.spheres), candidate.call
    if call is not None and not (
        call.is_public and call.includes_committee_call and call.state == State.PUBLISHED
    ):
        raise LawBreached([Breach("R-CALL-30", _("Ten konkurs nie prowadzi naboru do komisji."))])
    facts = law.Application(
        at=at,
        until=recruitment_end(call) if call else None,
        has_spheres=bool(spheres) or call is not None,
        has_experience=bool(profile.experience.strip()),
        has_statement=profile.has_full_rights or is_naming,
        has_consent=profile.has_consented or is_naming,
        # Asked only of the organisation's own representative: others would learn who has filed an offer.
        is_taking_part=is_naming
        and call is not None
        and queries.takes_part(candidate.naming_organization_id, call),
    )
    require(law.application_breaches(facts))
    candidate.phone, candidate.experience = profile.phone, profile.experience
    candidate.has_full_rights = profile.has_full_rights and not is_naming
    candidate.year, candidate.applied_at, candidate.state_since = local(at).year, at, at
    try:
        with transaction.atomic():
            candidate.save()
    except IntegrityError as twice:
        message = _("To zgłoszenie już mamy. Możesz je wycofać i złożyć nowe.")
        raise LawBreached([Breach("R-CALL-30", message)]) from twice
    candidate.spheres.set(spheres or (call.spheres.all() if call else []))
    candidate.organizations.set(profile.organizations)
    start(candidate, by=by, at=at)
    audit.record(candidate, _("Zgłoszenie do bazy komisji"), by=by, at=at)
    return candidate


@transaction.atomic
def consent(
    candidate: CommitteeCandidate,
    *,
    has_full_rights: bool,
    has_consented: bool,
    organizations: Iterable[Organization] = (),
    by: Any,
    at: datetime,
) -> CommitteeCandidate:
    """The person named agrees and makes the statement. Raises LawBreached, MoveRefused."""
    facts = law.Application(at=at, has_statement=has_full_rights, has_consent=has_consented)
    require(law.application_breaches(facts))
    advance(candidate, CandidateState.APPLIED, by=by, at=at)
    candidate.user, candidate.consented_at, candidate.has_full_rights = by, at, True
    candidate.save(update_fields=["user", "consented_at", "has_full_rights"])
    candidate.organizations.set(organizations)
    return candidate


def withdraw(candidate: CommitteeCandidate, *, by: Any, at: datetime, reason: str = "") -> CommitteeCandidate:
    """The person takes the application back; seats already taken stay until the unit removes them."""
    return advance(candidate, CandidateState.WITHDRAWN, by=by, at=at, reason=reason)


@transaction.atomic
def accept(candidate: CommitteeCandidate, *, by: Any, at: datetime, reason: str = "") -> CommitteeCandidate:
    """Into the pool: the person can be appointed or drawn."""
    advance(candidate, CandidateState.ACCEPTED, by=by, at=at, reason=reason)
    emails.tell_accepted(candidate)
    return candidate


@transaction.atomic
def refuse(candidate: CommitteeCandidate, *, by: Any, at: datetime, reason: str = "") -> CommitteeCandidate:
    """Not into the pool, with a reason that the person reads."""
    advance(candidate, CandidateState.REFUSED, by=by, at=at, reason=reason)
    emails.tell_refused(candidate, reason)
    return candidate


def erase_old_candidates(at: datetime) -> int:
    """Deletes the data of people whose time in the pool is over, longer kept when they sat in a committee.

    The rows stay, without a person, so that draws of the past can still be repeated.
    """
    day = local(at).date()
    since = day.year - parameters.days("candidate_retention", on=day)
    seated_since = day.year - parameters.days("committee_retention", on=day)
    old = Q(year__lt=since, seats__isnull=True) | Q(year__lt=seated_since)
    rows = CommitteeCandidate.objects.filter(old, erased_at__isnull=True).distinct()
    return sum(_erase(candidate, at) for candidate in rows)


@transaction.atomic
def _erase(candidate: CommitteeCandidate, at: datetime) -> bool:
    candidate.full_name = candidate.phone = candidate.experience = ""
    candidate.email = f"usuniete-{candidate.pk}@example.invalid"
    candidate.user = candidate.named_by = None
    candidate.erased_at = at
    candidate.save()
    candidate.organizations.clear()
    return True
