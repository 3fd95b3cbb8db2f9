"""Who has an offer open now."""

from datetime import datetime
from typing import Any

from ...models import Offer, OfferPresence


def be_seen(offer: Offer, *, key: str, by: Any, at: datetime) -> None:
    """The person is in this step of the offer now."""
    if by is not None:
        OfferPresence.objects.update_or_create(offer=offer, user=by, defaults={"key": key, "seen_at": at})
