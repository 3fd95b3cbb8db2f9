"""A person who erases the account leaves every organisation in order."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import local_day

from .. import emails
from ..models import Invitation, Mandate, MatterAccess
from ..permissions import is_last_representative
from ..reminders import drop_confirmation
from .invitations import close_invitation
from .mandates import close_by_portal, record_mandate
from .matters import end_access


@transaction.atomic
def leave_organizations(user, *, at: datetime) -> int:
    """Ends every mandate, request, help and invitation of a person who goes; gives how many mandates.

    An organisation that loses its last representative is told.
    """
    _leave_help(user, at)
    mine = list(
        Mandate.objects.select_for_update().filter(user=user, ended_at=None).select_related("organization")
    )
    for mandate in mine:
        is_last = mandate.is_in_force and is_last_representative(mandate, on=local_day(at))
        moved = close_by_portal(mandate, at=at, reason=_("Ta osoba usunęła konto."))
        record_mandate(moved, _("Wygaśnięcie upoważnienia"), by=None, at=at, reason=moved.end_reason)
        drop_confirmation(moved.organization, user)
        if is_last:
            emails.tell_without_representative(moved)
    return len(mine)


def _leave_help(user, at: datetime) -> None:
    for access in MatterAccess.objects.select_for_update().filter(user=user, revoked_at=None):
        end_access(access, by=None, at=at, reason=_("Ta osoba usunęła konto."))
    for invitation in Invitation.objects.open().filter(email__iexact=user.email):
        close_invitation(invitation, by=None, at=at)
