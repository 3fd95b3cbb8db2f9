"""What an official may do with a letter: send it again, or take it as sent."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit

from .broker import kick
from .enums import MailState
from .models import OutboxMail

CAN_GO_AGAIN = (MailState.UNCERTAIN, MailState.FAILED)


def send_again(mail: OutboxMail, *, by, at: datetime) -> bool:
    """Puts an uncertain or refused letter back into the queue; False when it cannot be sent any more.

    The letter keeps its Message-ID, so a mail host that got it before may drop the repeat. A letter
    whose text has been blanked, or that is in another state, stays as it is.
    """
    with transaction.atomic():
        row = _locked(mail, CAN_GO_AGAIN)
        if row is None or not row.text:
            return False
        row.attempts, row.due_at, row.claimed_at, row.error = 0, at, None, ""
        _move(row, MailState.QUEUED, _("Ponowne wysłanie listu"), by=by, at=at)
        kick()
    return True


def take_as_sent(mail: OutboxMail, *, by, at: datetime) -> bool:
    """Closes an uncertain letter as sent; False when it is not uncertain."""
    with transaction.atomic():
        row = _locked(mail, (MailState.UNCERTAIN,))
        if row is None:
            return False
        row.sent_at = at
        _move(row, MailState.SENT, _("Uznanie listu za wysłany"), by=by, at=at)
    return True


def _locked(mail: OutboxMail, states: tuple[MailState, ...]) -> OutboxMail | None:
    return OutboxMail.objects.select_for_update().filter(pk=mail.pk, state__in=states).first()


def _move(row: OutboxMail, state: MailState, verb: str, *, by, at: datetime) -> None:
    before, row.state = row.state, state
    row.save(update_fields=["state", "attempts", "due_at", "claimed_at", "sent_at", "error"])
    audit.record(row, verb, by=by, at=at, before={"state": before}, after={"state": state})
