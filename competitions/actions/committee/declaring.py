"""Impartiality: the declaration against the list of offerors, and the trace of the gate (R-CALL-29, 31)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from ... import law
from ...emails import committee as emails
from ...enums import BEFORE_NOTICE, State
from ...models import (
    AccessRefusal,
    Call,
    CommitteeMember,
    DeclaredConflict,
    ImpartialityDeclaration,
)
from ...queries import committee as queries

# While offers still come in, the list is not known and stays with the organisations.
BEFORE_LIST = BEFORE_NOTICE | {State.PUBLISHED}


@transaction.atomic
def declare(
    member: CommitteeMember,
    *,
    conflicts: Mapping[int, tuple[str, str]],
    is_confirmed: bool,
    by: Any,
    at: datetime,
) -> law.Access:
    """The member signs against the list as it is now; ``conflicts`` gives organisation → (kind, note).

    Gives what is open afterwards. A conflict once declared stays: a later declaration does not lift it.
    Raises LawBreached, and MoveRefused for somebody else's seat.
    """
    member = CommitteeMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    call = member.committee.call
    if by.pk != member.user_id or member.removed_at or member.committee.appointed_at is None:
        raise MoveRefused("declare")
    if call.state in BEFORE_LIST:
        raise LawBreached([Breach("R-CALL-31", _("Lista oferentów będzie znana po końcu naboru."))])
    require(
        law.declaration_breaches(
            is_confirmed=is_confirmed, conflicts={pk: kind for pk, (kind, _note) in conflicts.items()}
        )
    )
    known = set(queries.organizations_in(call).values_list("pk", flat=True))
    declaration = ImpartialityDeclaration.objects.create(member=member, at=at, organizations=sorted(known))
    DeclaredConflict.objects.bulk_create(
        DeclaredConflict(declaration=declaration, organization_id=pk, kind=kind, note=note)
        for pk, (kind, note) in sorted(conflicts.items())
        if pk in known
    )
    audit.record(
        member.committee,
        _("Oświadczenie o bezstronności"),
        by=by,
        at=at,
        after={"osoba": member.pk, "lista": sorted(known), "konflikty": sorted(set(conflicts) & known)},
    )
    return close_what_is_blocked(member, at)


def close_what_is_blocked(member: CommitteeMember, at: datetime) -> law.Access:
    """Logs each reason of the gate once, and takes back cards of offers that are closed now."""
    access = queries.access_of(member)
    for block in access.blocks:
        AccessRefusal.objects.get_or_create(
            member=member,
            kind=block.kind,
            organization_id=block.organization,
            part_id=block.part,
            defaults={"at": at},
        )
    closed = [
        card
        for card in member.cards.valid().select_related("offer")
        if access.is_blocked or card.offer.part_id in {block.part for block in access.blocks}
    ]
    for card in closed:
        card.withdrawn_at, card.withdrawn_because = at, _("konflikt interesów")
        card.save(update_fields=["withdrawn_at", "withdrawn_because"])
    if access.blocks:
        audit.record(
            member.committee,
            _("Zamknięcie dostępu do ofert"),
            by=None,
            at=at,
            after={
                "osoba": member.pk,
                "powody": [[block.kind, block.organization, block.part] for block in access.blocks],
                "cofnięte karty": len(closed),
            },
        )
    return access


@transaction.atomic
def tell_new_parties(call: Call, *, at: datetime) -> int:
    """Asks members whose list has grown (a new partner, a later offer) for a new declaration; gives how many.

    Access closes by itself, since the gate compares the lists; this writes the letters and the trace.
    """
    committee = getattr(call, "committee", None)
    if committee is None or committee.appointed_at is None:
        return 0
    members = queries.sitting(committee)
    asked = 0
    for member in members:
        has_signed = member.declarations.exists()
        if not has_signed:
            continue
        access = close_what_is_blocked(member, at)
        if not access.is_declared:
            emails.tell_list_changed(member)
            asked += 1
    return asked
