"""Reads of offers for the office's desk, and for the organisation that asks where its offer is."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from core.common.clock import today
from organizations.models import Mandate

from .enums import OfferState
from .models import FormalRejection, Offer


def people_of(offer: Offer) -> QuerySet:
    """Who acts for the organisation of an offer or for a partner that accepted, by mandates in force."""
    partners = offer.partners.filter(accepted_at__isnull=False, left_at=None).values("organization")
    held = Mandate.objects.in_force(today()).filter(
        Q(organization=offer.organization_id) | Q(organization__in=partners)
    )
    return get_user_model().objects.filter(is_active=True, pk__in=held.values("user"))


def rejected_offers(call: Any) -> QuerySet[FormalRejection]:
    """Offers rejected in the formal check, each with its reason code: published with the results (R-CALL-24)."""
    rows = FormalRejection.objects.filter(offer__call=call, offer__state=OfferState.FORMALLY_REJECTED)
    return rows.select_related("offer__organization", "reason").order_by("reason__code", "offer__number")
