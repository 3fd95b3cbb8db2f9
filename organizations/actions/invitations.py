"""Inviting people by mail: to represent, to edit, or to help in one matter (R-WEB-14)."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common.clock import local_day
from core.common.subjects import resolve, subject_of
from core.legal import audit, parameters
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused, advance, start

from .. import emails, law
from ..enums import InvitationState, InvitedRole, MandateState
from ..matters import organization_of_matter
from ..models import Invitation, Mandate, Organization, RepresentationAct
from ..permissions import is_invited, may_manage_invitation, may_represent
from ..reminders import remind_of_confirmation, remind_of_end
from .mandates import request_mandate
from .matters import grant_access
from .representation import drop_act, register_act, start_act

VALID = "invitation_valid_days"


def hashed(token: str) -> str:
    """What the database keeps of a link's key."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    organization: Organization, values: Mapping[str, Any], *, matter=None, by, at: datetime
) -> Invitation:
    """Invites a person; ``values`` are the fields of the form, ``matter`` the one record of a helper.

    An editor or a helper without the right to file gets the letter at once. To name a representative, or
    a helper who may file, as many representatives must agree as act together; then the letter goes out.
    Raises MoveRefused, LawBreached.
    """
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    if not may_represent(by, locked):
        raise MoveRefused("may_represent")
    invitation = _drafted(locked, values, matter, by, at)
    require(_breaches(invitation, matter, at))
    invitation.save()
    start(invitation, by=by, at=at)
    _record(invitation, _("Zaproszenie osoby"), by=by, at=at)
    if kind := _kind_of_act(invitation):
        start_act(invitation, kind=kind, organization=locked, summary=_summary(invitation), by=by, at=at)
    else:
        _send(invitation, by=None, at=at)
    invitation.refresh_from_db()
    return invitation


def _drafted(organization: Organization, values: Mapping[str, Any], matter, by, at: datetime) -> Invitation:
    is_helper = values["role"] == InvitedRole.HELPER
    subject = subject_of(matter) if matter is not None and is_helper else None
    may_file = is_helper and bool(values.get("may_file"))
    return Invitation(
        organization=organization,
        email=values["email"].lower(),
        role=values["role"],
        valid_from=values.get("valid_from"),
        valid_until=values.get("valid_until"),
        note=values.get("note", ""),
        subject_kind=subject.kind if subject else "",
        subject_id=subject.id if subject else None,
        matter_label=str(matter)[:300] if subject else "",
        may_file=may_file,
        may_edit=is_helper and (may_file or bool(values.get("may_edit"))),
        state=InvitationState.AWAITING_CONSENT,
        state_since=at,
        invited_by=by,
        invited_at=at,
    )


def _breaches(invitation: Invitation, matter, at: datetime) -> list[Breach]:
    same = Invitation.objects.open().filter(
        organization=invitation.organization,
        email__iexact=invitation.email,
        role=invitation.role,
        subject_kind=invitation.subject_kind,
        subject_id=invitation.subject_id,
    )
    is_own = matter is not None and organization_of_matter(matter) == invitation.organization
    return law.invitation_breaches(
        role=invitation.role,
        valid_from=invitation.valid_from,
        valid_until=invitation.valid_until,
        has_matter=is_own,
        is_open=same.exists(),
        on=local_day(at),
    )


def _kind_of_act(invitation: Invitation) -> str:
    """The act that has to be agreed on before the letter goes out; nothing when one editor is enough."""
    if invitation.role == InvitedRole.NGO_REPRESENTATIVE:
        return law.NAME_REPRESENTATIVE
    return law.NAME_HELPER if invitation.may_file else ""


def _summary(invitation: Invitation) -> str:
    if invitation.role == InvitedRole.NGO_REPRESENTATIVE:
        return _("Zaproszenie osoby uprawnionej do reprezentacji: %(email)s") % {"email": invitation.email}
    words = {"email": invitation.email, "matter": invitation.matter_label}
    return _("Pomoc z prawem wysyłania do urzędu: %(email)s, sprawa: %(matter)s") % words


def _send(invitation: Invitation, *, by, at: datetime) -> None:
    """Makes a new key, which makes the former link worthless, and writes the letter."""
    token = secrets.token_urlsafe(32)
    if invitation.state != InvitationState.SENT:
        invitation = advance(invitation, InvitationState.SENT, by=by, at=at)
    invitation.token_hash, invitation.sent_at = hashed(token), at
    invitation.times_sent += 1
    invitation.expires_at = at + timedelta(days=parameters.days(VALID, on=local_day(at)))
    invitation.save(update_fields=["token_hash", "sent_at", "times_sent", "expires_at"])
    emails.tell_invited(invitation, token)


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by, at: datetime) -> Invitation:
    """The letter once more, with a new link and time to answer; who sends it vouches for it. Raises MoveRefused."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    is_sent = locked.state in (InvitationState.SENT, InvitationState.EXPIRED)
    # the address of somebody who has erased the account is gone
    if not is_sent or not locked.email or not may_manage_invitation(by, locked):
        raise MoveRefused("may_manage_invitation")
    locked.invited_by = by
    locked.save(update_fields=["invited_by"])
    _send(locked, by=by, at=at)
    _record(locked, _("Ponowne wysłanie zaproszenia"), by=by, at=at)
    return Invitation.objects.get(pk=locked.pk)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by, at: datetime) -> Invitation:
    """Takes an invitation back; its link works no more. Raises MoveRefused."""
    return close_invitation(invitation, by=by, at=at)


def close_invitation(invitation: Invitation, *, by, at: datetime) -> Invitation:
    """The same; without ``by`` the portal does it itself."""
    moved = advance(invitation, InvitationState.REVOKED, by=by, at=at)
    for act in RepresentationAct.objects.waiting().of(moved):
        drop_act(act, at=at, reason=_("Zaproszenie cofnięto."))
    _forget_key(moved)
    _record(moved, _("Cofnięcie zaproszenia"), by=by, at=at)
    return moved


def expire_invitations(*, at: datetime) -> int:
    """Closes what nobody answered in time; gives how many. Safe to run any number of times."""
    due = Invitation.objects.filter(state=InvitationState.SENT, expires_at__lte=at)
    return sum(_expire(invitation, at) for invitation in due.iterator(chunk_size=200))


@transaction.atomic
def _expire(invitation: Invitation, at: datetime) -> int:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.state != InvitationState.SENT or locked.is_open_at(at):
        return 0
    advance(locked, InvitationState.EXPIRED, by=None, at=at)
    return 1


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by, at: datetime) -> Invitation:
    """The invited person says yes, with the account whose confirmed address was invited.

    An editor or helper may act at once; a representative waits until the office has checked the register.
    Raises MoveRefused, LawBreached.
    """
    moved = _answer(invitation, InvitationState.ACCEPTED, by=by, at=at)
    if moved.invited_by is None or not may_represent(moved.invited_by, moved.organization):
        raise LawBreached(
            [
                Breach(
                    "R-WEB-14",
                    _("Osoba, która zaprasza, nie reprezentuje już organizacji. Poproś o nowe zaproszenie."),
                )
            ]
        )
    if moved.role == InvitedRole.HELPER:
        _let_in(moved, by=by, at=at)
    else:
        moved.mandate = _mandate(moved, by, at)
        moved.save(update_fields=["mandate"])
    emails.tell_invitation_answered(moved)
    return moved


@transaction.atomic
def decline_invitation(invitation: Invitation, *, by, at: datetime) -> Invitation:
    """The invited person says no. Raises MoveRefused, LawBreached."""
    moved = _answer(invitation, InvitationState.DECLINED, by=by, at=at)
    emails.tell_invitation_answered(moved)
    return moved


def _answer(invitation: Invitation, state: InvitationState, *, by, at: datetime) -> Invitation:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not is_invited(by, locked):
        raise MoveRefused("is_invited")
    if not locked.is_open_at(at):
        raise LawBreached([Breach("R-WEB-14", _("To zaproszenie wygasło. Poproś organizację o nowe."))])
    moved = advance(locked, state, by=by, at=at)
    moved.answered_by, moved.answered_at = by, at
    moved.save(update_fields=["answered_by", "answered_at"])
    _forget_key(moved)
    _record(moved, str(state.label), by=by, at=at)
    return moved


def _let_in(invitation: Invitation, *, by, at: datetime) -> None:
    matter = resolve(invitation.subject) if invitation.subject else None
    if matter is None:
        raise LawBreached([Breach("R-WEB-14", _("Tej sprawy już nie ma. Porozmawiaj z organizacją."))])
    grant_access(
        matter,
        organization=invitation.organization,
        user=by,
        may_edit=invitation.may_edit,
        may_file=invitation.may_file,
        until=invitation.valid_until,
        by=invitation.invited_by,
        at=at,
    )


def _mandate(invitation: Invitation, by, at: datetime) -> Mandate:
    """The mandate that follows: an editor's in force, a representative's at the office."""
    mandate = request_mandate(
        invitation.organization,
        user=by,
        role=invitation.role,
        evidence=_("zaproszenie organizacji: %(person)s, %(note)s")
        % {"person": invitation.invited_by, "note": invitation.note or "–"},
        valid_from=invitation.valid_from,
        valid_until=invitation.valid_until,
        at=at,
    )
    if invitation.role == InvitedRole.NGO_EDITOR:
        mandate = advance(mandate, MandateState.GRANTED, by=None, at=at)
        mandate.valid_from = mandate.valid_from or local_day(at)
        mandate.verified_at, mandate.verified_by = at, invitation.invited_by
        mandate.save(update_fields=["valid_from", "verified_at", "verified_by"])
        remind_of_confirmation(mandate.organization)
        remind_of_end(mandate)
        emails.tell_granted(mandate)
    return mandate


def _forget_key(invitation: Invitation) -> None:
    invitation.token_hash = ""
    invitation.save(update_fields=["token_hash"])


def _record(invitation: Invitation, verb: str, *, by, at: datetime) -> None:
    after = {"invitation": invitation.pk, "role": invitation.role}
    audit.record(invitation.organization, verb, by=by, at=at, after=after)


# --- agreed or not by the co-representatives ------------------------------------------------------------------


def _send_agreed(act: RepresentationAct, *, by, at: datetime) -> None:
    _send(Invitation.objects.select_for_update().get(pk=act.subject_id), by=None, at=at)


def _drop(act: RepresentationAct, *, by, at: datetime) -> None:
    invitation = Invitation.objects.get(pk=act.subject_id)
    if invitation.state == InvitationState.AWAITING_CONSENT:
        advance(invitation, InvitationState.REVOKED, by=None, at=at)


register_act(
    law.NAME_REPRESENTATIVE,
    label=gettext_lazy("Powołanie osoby uprawnionej do reprezentacji"),
    carry_out=_send_agreed,
    drop=_drop,
)
register_act(
    law.NAME_HELPER,
    label=gettext_lazy("Pomoc z zewnątrz z prawem wysyłania do urzędu"),
    carry_out=_send_agreed,
    drop=_drop,
)
