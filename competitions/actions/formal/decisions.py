"""What the office decides after the formal check."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.legal.workflow import advance
from core.notifications.reminders import drop_reminders

from ... import emails
from ...enums import OfferState
from ...models import CorrectionRequest, FormalRejection, Offer, RejectionReason


def accept_offer(offer: Offer, *, by: Any, at: datetime, reason: str = "") -> Offer:
    """The offer meets the notice and goes to the committee. Raises LawBreached with a NIE or a gap in the card."""
    return advance(offer, OfferState.FORMALLY_OK, by=by, at=at, reason=reason)


@transaction.atomic
def reject_offer(offer: Offer, *, code: RejectionReason, explanation: str, by: Any, at: datetime) -> Offer:
    """Rejects an offer for a reason of the list, in the clerk's words too; the organisation is told.

    Raises LawBreached when the card has no NIE, or a supplement may still come.
    """
    FormalRejection.objects.update_or_create(
        offer=offer, defaults={"reason": code, "explanation": explanation, "at": at, "by": by}
    )
    note = {"reason_code": code.code}
    advance(offer, OfferState.FORMALLY_REJECTED, by=by, at=at, reason=explanation, note=note)
    for request in CorrectionRequest.objects.filter(offer=offer):
        drop_reminders(request)
    emails.tell_rejected(offer, code, explanation)
    return offer
