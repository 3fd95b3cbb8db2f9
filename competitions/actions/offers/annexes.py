"""Annexes of an offer, and the comments of its team."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.documents.actions import Upload, attach, remove_attachment
from core.documents.enums import Audience
from core.documents.models import Attachment
from core.legal.rules import Breach, LawBreached

from ... import permissions
from ...law import offers as law
from ...models import Offer, OfferComment
from .access import check, locked_writable

MOST_FILES = 30
FILES = "attachments"


@transaction.atomic
def add_annex(offer: Offer, upload: Upload, *, title: str, by: Any, at: datetime) -> Attachment:
    """A file of the offer: read by the team, and once it is filed by the unit and the committee.

    Raises ``core.documents.checks.Refused`` for the file, MoveRefused, and LawBreached for one file too many.
    """
    row = locked_writable(offer, FILES)
    check(permissions.may_write, by, row, key=FILES)
    if Attachment.objects.of(row).current().count() >= MOST_FILES:
        message = _("Oferta ma już %(most)s plików. Usuń zbędny albo połącz kilka w jeden.")
        raise LawBreached([Breach("", message % {"most": MOST_FILES}, "upload")])
    added = attach(row, upload, title=title[:200], by=by, at=at, audience=Audience.OFFICIALS)
    row.waived_files = [name for name in row.waived_files if name[:200] != title[:200]]
    _touch(row, at, "waived_files")
    return added


@transaction.atomic
def remove_annex(offer: Offer, attachment: Attachment, *, by: Any, at: datetime) -> None:
    """Takes a file off the draft. Raises MoveRefused, LawBreached when it is gone already."""
    row = locked_writable(offer, FILES)
    check(permissions.may_write, by, row, key=FILES)
    remove_attachment(attachment, by=by, at=at)
    _touch(row, at)


@transaction.atomic
def waive_annex(offer: Offer, *, name: str, does_not_apply: bool, by: Any, at: datetime) -> None:
    """Says of a required annex that it does not apply here, or takes that back."""
    row = locked_writable(offer, FILES)
    check(permissions.may_write, by, row, key=FILES)
    required = [str(known) for known in row.call.attachments_required or []]
    kept = [known for known in row.waived_files if known != name]
    row.waived_files = [*kept, name] if does_not_apply and name in required else kept
    _touch(row, at, "waived_files")


def _touch(row: Offer, at: datetime, *fields: str) -> None:
    row.updated_at = at
    row.save(update_fields=["updated_at", *fields])


@transaction.atomic
def add_comment(offer: Offer, *, key: str, text: str, by: Any, at: datetime) -> OfferComment:
    """A remark of the team on a section; officials never see it. Raises MoveRefused, LawBreached without words."""
    check(permissions.is_of_team, by, offer)
    written = text.strip()[:2000]
    if not written or key not in law.template.BY_KEY:
        raise LawBreached([Breach("", _("Komentarz: napisz, co trzeba zmienić."), "text")])
    return OfferComment.objects.create(offer=offer, key=key, text=written, by=by, at=at)


@transaction.atomic
def resolve_comment(comment: OfferComment, *, by: Any, at: datetime) -> None:
    """Marks a remark as dealt with; a second time changes nothing."""
    check(permissions.is_of_team, by, comment.offer)
    OfferComment.objects.filter(pk=comment.pk, resolved_at=None).update(resolved_by=by, resolved_at=at)
