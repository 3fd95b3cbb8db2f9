"""Reads of offers for the office's desk, and for the organisation that asks where its offer is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from core.city.scope import scoped
from core.common.clock import end_of_day, local_day, now, today
from core.common.dates import Waiting
from core.common.subjects import subject_of
from core.legal.models import Transition
from organizations.models import Mandate

from . import law
from .enums import FILED_STATES, OfferState
from .law.formal import is_in_time
from .models import CorrectionRequest, FormalRejection, Offer


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
