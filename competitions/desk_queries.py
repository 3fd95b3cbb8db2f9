"""Reads of offers for the office's desk, and for the organisation that asks where its offer is."""

from typing import Any

from django.db.models import QuerySet

from .enums import OfferState
from .models import FormalRejection


def rejected_offers(call: Any) -> QuerySet[FormalRejection]:
    """Offers rejected in the formal check, each with its reason code: published with the results (R-CALL-24)."""
    rows = FormalRejection.objects.filter(offer__call=call, offer__state=OfferState.FORMALLY_REJECTED)
    return rows.select_related("offer__organization", "reason").order_by("reason__code", "offer__number")
