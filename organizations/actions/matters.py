"""Outside help in one matter of an organisation, and in nothing else of it (R-WEB-14)."""

from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from .. import emails
from ..matters import organization_of_matter
from ..models import MatterAccess, Organization
from ..permissions import may_represent


@transaction.atomic
def grant_access(
    matter: models.Model,
    *,
    organization: Organization,
    user,
    may_edit: bool,
    may_file: bool = False,
    until: date | None,
    by,
    at: datetime,
) -> MatterAccess:
    """Lets a person into one matter; a second time replaces the first. Raises MoveRefused, LawBreached."""
    if by is None or not may_represent(by, organization):
        raise MoveRefused("may_represent")
    if organization_of_matter(matter) != organization:
        raise LawBreached([Breach("R-WEB-14", _("wybierz sprawę tej organizacji"), "matter")])
    for former in MatterAccess.objects.of(matter).filter(user=user, revoked_at=None):
        end_access(former, by=by, at=at, reason=_("Zastąpiony nowym dostępem."))
    access = MatterAccess.objects.create(
        user=user,
        organization=organization,
        subject_kind=matter._meta.label_lower,
        subject_id=matter.pk,
        label=str(matter)[:300],
        may_edit=may_edit or may_file,
        may_file=may_file,
        until=until,
        granted_by=by,
        granted_at=at,
    )
    _record(access, _("Dostęp do jednej sprawy"), by=by, at=at)
    emails.tell_access_granted(access)
    return access


@transaction.atomic
def revoke_access(access: MatterAccess, *, by, at: datetime, reason: str = "") -> MatterAccess:
    """Ends the help; the work stays with the organisation. Helpers may leave themselves. Raises MoveRefused."""
    locked = MatterAccess.objects.select_for_update().get(pk=access.pk)
    is_own = locked.user_id == by.pk
    if locked.revoked_at is not None or not (is_own or may_represent(by, locked.organization)):
        raise MoveRefused("may_represent")
    end_access(locked, by=by, at=at, reason=reason)
    if not is_own:
        emails.tell_access_revoked(locked)
    return locked


def end_access(access: MatterAccess, *, by, at: datetime, reason: str) -> None:
    """Ends the help; without ``by`` the portal does it itself."""
    access.revoked_by, access.revoked_at, access.revoke_reason = by, at, reason
    access.save(update_fields=["revoked_by", "revoked_at", "revoke_reason"])
    _record(access, _("Odebranie dostępu do sprawy"), by=by, at=at, reason=reason)


def _record(access: MatterAccess, verb: str, *, by, at: datetime, reason: str = "") -> None:
    after = {"access": access.pk, "user": access.user_id, "matter": access.label, "until": access.until}
    audit.record(access.organization, verb, by=by, at=at, after=after, reason=reason)
