"""What senders do beside writing: files, wishes, a lost link; and when the office forgets them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.documents.actions import Upload, attach, destroy_files
from core.documents.enums import Audience
from core.documents.models import Attachment
from core.legal import audit
from core.legal.rules import Breach, LawBreached

from .. import emails
from ..models import Submission
from ..models.consultation import data_over_q

MOST_FILES = 5
LINK_AGAIN_AFTER = timedelta(minutes=10)
WISHES = ("wants_report", "wants_survey", "may_publish_name")


def keep_files(submission: Submission, files: Sequence[Upload], *, by: Any, at: datetime) -> None:
    """Adds files to a submission, for officials only: nobody has looked for data of people in them.

    Raises LawBreached for one file too many, ``core.documents.checks.Refused`` for a file that is not taken.
    """
    if not files:
        return
    if Attachment.objects.of(submission).current().count() + len(files) > MOST_FILES:
        text = _("Załączniki: zgłoszenie może mieć najwyżej %(most)d plików. Usuń zbędny albo połącz kilka.")
        raise LawBreached([Breach("R-CNS-13", text % {"most": MOST_FILES}, "files")])
    for upload in files:
        attach(submission, upload, title=(upload.name or "")[:200], by=by, at=at, audience=Audience.OFFICIALS)


@transaction.atomic
def change_wishes(submission: Submission, *, at: datetime, by: Any = None, **wishes: bool) -> Submission:
    """What the sender wants to hear of and agrees to; a consent is taken back at any time, also after the end."""
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    before = audit.snapshot(locked, list(WISHES))
    for name in WISHES:
        if name in wishes:
            setattr(locked, name, wishes[name])
    old, new = audit.changes(before, audit.snapshot(locked, list(WISHES)))
    if new:
        locked.save(update_fields=list(WISHES))
        audit.record(locked, _("Zmiana zgód przez nadawcę"), by=by, at=at, before=old, after=new)
    return locked


@transaction.atomic
def send_link_again(number: str, email: str, *, at: datetime) -> None:
    """Writes the private link to the address that the submission came from; says to nobody whether there is one."""
    found = (
        Submission.objects.valid()
        .filter(number__iexact=number.strip(), email__iexact=email.strip())
        .select_related("consultation")
        .first()
    )
    if found is not None and found.email:
        emails.tell_link(found, slot=int(at.timestamp() // LINK_AGAIN_AFTER.total_seconds()))


# --- retention --------------------------------------------------------------------------------------


@transaction.atomic
def forget_senders(*, at: datetime) -> int:
    """Deletes names and addresses of senders some years after the report or the calling off (R-WEB-11).

    Their files go too: a scan bears a signature. Remarks, positions and names of organisations stay. Gives the
    number of submissions.
    """
    rows = Submission.objects.filter(data_over_q(at, to="consultation__")).exclude(
        name="", email="", user=None
    )
    destroy_files(Submission, rows.values_list("pk", flat=True))
    return rows.update(
        name="", email="", user=None, may_publish_name=False, wants_report=False, wants_survey=False
    )
