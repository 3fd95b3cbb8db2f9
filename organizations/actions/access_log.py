"""The organisation's own log: who opened its restricted pages and files; nothing is changed, only forgotten in time."""

from datetime import datetime, timedelta

import pgtrigger
from django.db import transaction
from django.utils.translation import gettext as _

from core.documents.watchers import watch
from core.legal import parameters

from ..models import AccessEntry, Mandate, Organization
from ..permissions import holds_mandate

KEPT = "access_log_days"


def note_opening(organization: Organization, verb: str, *, by, at: datetime, label: str = "") -> AccessEntry:
    """Writes that a person has opened something of the organisation that not everybody may see."""
    is_office = not holds_mandate(by, organization) and by.is_staff
    return AccessEntry.objects.create(
        organization=organization, at=at, by=by, is_office=is_office, verb=str(verb)[:80], label=label[:300]
    )


def note_evidence(attachment, mandate: Mandate, *, by, at: datetime) -> None:
    """A file of evidence was fetched."""
    verb, label = _("Pobranie pliku"), f"{attachment.title}, {mandate.get_role_display()}"
    note_opening(mandate.organization, verb, by=by, at=at, label=label)


watch("organizations.mandate", note_evidence)


@transaction.atomic
def forget_openings(*, at: datetime) -> int:
    """Deletes openings older than the period of their keeping; gives how many. Safe to run any number of times."""
    before = at - timedelta(days=parameters.days(KEPT, on=at.date()))
    with pgtrigger.ignore("organizations.AccessEntry:append_only"):
        return AccessEntry.objects.filter(at__lt=before).delete()[0]
