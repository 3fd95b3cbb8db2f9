"""Changes of identity data: the office decides, the organisation may take them back (R-ORG-17)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused, advance

from .. import emails, law
from ..enums import RevisionState
from ..models import IdentityRevision, Organization
from ..permissions import is_registrar
from .profile import DOSSIER_FIELDS, dossier_of, proposed_facts
from .registration import save_unique
from .shown import show


@transaction.atomic
def approve_revision(
    revision: IdentityRevision, *, by, at: datetime, reason: str = "", seen_at: datetime | None = None
) -> Organization:
    """Writes the new data into the profile. Raises MoveRefused, or LawBreached when they no longer fit.

    ``seen_at`` is ``changed_at`` as the desk showed it: what was added since is not approved unseen.
    """
    locked = _open(revision, by)
    if seen_at is not None and locked.changed_at != seen_at:
        message = _("Organizacja uzupełniła tę zmianę, kiedy ją sprawdzasz. Porównaj dane jeszcze raz.")
        raise LawBreached([Breach("R-ORG-17", message)])
    organization = Organization.objects.select_for_update().get(pk=locked.organization_id)
    values = {_attribute(name): value for name, value in locked.values.items()}
    require(law.identity_breaches(proposed_facts(organization, values, at)))
    _write(organization, values, at)
    locked = _decide(locked, by, at, reason, is_approved=True)
    public = [name for name in locked.values if name not in DOSSIER_FIELDS]
    audit.record(
        organization,
        _("Zmiana danych rejestrowych"),
        by=by,
        at=at,
        before={name: locked.previous.get(name) for name in public},
        after={name: locked.values[name] for name in public},
        reason=reason,
        is_public=organization.is_public and bool(public),
    )
    show(organization)
    emails.tell_revision_decided(locked)
    return organization


def _attribute(name: str) -> str:
    """A row is kept by its key."""
    return "parent_id" if name == "parent" else name


def _write(organization: Organization, values: dict[str, Any], at: datetime) -> None:
    dossier, has_dossier_changes = dossier_of(organization), False
    for name, value in values.items():
        is_restricted = name in DOSSIER_FIELDS
        has_dossier_changes |= is_restricted
        setattr(dossier if is_restricted else organization, name, value)
    organization.entity_class = law.entity_class_of(organization.legal_form)
    organization.updated_at = at
    save_unique(organization)
    if has_dossier_changes:
        dossier.save()


@transaction.atomic
def reject_revision(revision: IdentityRevision, *, by, at: datetime, reason: str) -> IdentityRevision:
    """Leaves the profile as it is and says why. Raises MoveRefused, or LawBreached without a reason."""
    locked = _open(revision, by)
    if not reason.strip():
        raise LawBreached([Breach("R-ORG-17", _("Powód: napisz, dlaczego"), "reason")])
    locked = _decide(locked, by, at, reason, is_approved=False)
    audit.record(locked.organization, _("Odmowa zmiany danych rejestrowych"), by=by, at=at, reason=reason)
    emails.tell_revision_decided(locked)
    return locked


def _open(revision: IdentityRevision, by) -> IdentityRevision:
    locked = IdentityRevision.objects.select_for_update().get(pk=revision.pk)
    if locked.decided_at is not None or not is_registrar(by):
        raise MoveRefused("is_registrar")
    return locked


def _decide(
    revision: IdentityRevision, by, at: datetime, reason: str, *, is_approved: bool
) -> IdentityRevision:
    state = RevisionState.APPROVED if is_approved else RevisionState.REJECTED
    moved = advance(revision, state, by=by, at=at, reason=reason)
    moved.is_approved = is_approved
    return _close(moved, by, at, reason)


def _close(revision: IdentityRevision, by, at: datetime, reason: str) -> IdentityRevision:
    revision.decided_by, revision.decided_at, revision.decision_reason = by, at, reason
    revision.save(update_fields=["is_approved", "decided_by", "decided_at", "decision_reason"])
    return revision


@transaction.atomic
def withdraw_revision(revision: IdentityRevision, *, by, at: datetime) -> IdentityRevision:
    """The organisation takes back what waits; the profile stays as it is. Raises MoveRefused."""
    moved = _close(advance(revision, RevisionState.WITHDRAWN, by=by, at=at), by, at, "")
    audit.record(moved.organization, _("Wycofanie zmiany danych rejestrowych"), by=by, at=at)
    return moved
