"""The office decides on changes of identity data (R-ORG-17)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import emails, law
from ..models import IdentityRevision, Organization
from ..permissions import is_registrar
from .profile import DOSSIER_FIELDS, dossier_of, proposed_facts
from .registration import save_unique
from .shown import show


@transaction.atomic
def approve_revision(revision: IdentityRevision, *, by, at: datetime, reason: str = "") -> Organization:
    """Writes the new data into the profile. Raises MoveRefused, or LawBreached when they no longer fit."""
    locked = _open(revision, by)
    organization = Organization.objects.select_for_update().get(pk=locked.organization_id)
    values = {_attribute(name): value for name, value in locked.values.items()}
    require(law.identity_breaches(proposed_facts(organization, values, at)))
    _write(organization, values, at)
    _decide(locked, by, at, reason, is_approved=True)
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
    _decide(locked, by, at, reason, is_approved=False)
    audit.record(locked.organization, _("Odmowa zmiany danych rejestrowych"), by=by, at=at, reason=reason)
    emails.tell_revision_decided(locked)
    return locked


def _open(revision: IdentityRevision, by) -> IdentityRevision:
    locked = IdentityRevision.objects.select_for_update().get(pk=revision.pk)
    if locked.decided_at is not None or not is_registrar(by):
        raise MoveRefused("is_registrar")
    return locked


def _decide(revision: IdentityRevision, by, at: datetime, reason: str, *, is_approved: bool) -> None:
    revision.is_approved, revision.decided_by, revision.decided_at = is_approved, by, at
    revision.decision_reason = reason
    revision.save(update_fields=["is_approved", "decided_by", "decided_at", "decision_reason"])
