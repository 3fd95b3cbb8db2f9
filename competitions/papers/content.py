"""What a paper of an offer is printed from: a version that was filed, or the draft as it stands."""

from typing import Any

from ..actions.offers import snapshot
from ..models import Offer, OfferVersion


def content_of(offer: Offer, version: OfferVersion | None) -> dict[str, Any]:
    """The content of a version; of a draft what its sections hold now."""
    return version.content if version else snapshot(offer)


def newest_version(offer: Offer) -> OfferVersion | None:
    return offer.versions.order_by("-number").first()
