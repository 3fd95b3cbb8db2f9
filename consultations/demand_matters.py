"""Demands and requests for a consultation as the roof pulls them: what waits, what an organisation asked for."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce, Left
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.roles import Role
from core.city.scope import has_role, scoped
from core.common.clock import end_of_day
from core.common.cooperation import Source, lines
from core.common.dates import SitemapEntry, Waiting

from .enums import RequestState
from .exports.requests import REQUEST_COLUMNS
from .models import ConsultationRequest, Postulate

WAITING = (RequestState.CHECK, RequestState.SUBMITTED, RequestState.REVIEW, RequestState.ACCEPTED)


def with_counts(rows: QuerySet[ConsultationRequest]) -> QuerySet[ConsultationRequest]:
    """Each with ``counted``, its confirmed voices, in the same query."""
    confirmed = Count("supports", filter=Q(supports__confirmed_at__isnull=False))
    return rows.annotate(counted=Coalesce("supports_total", confirmed))


def waiting_for(user) -> list[Waiting]:
    """For an official: requests to check, to review, to answer."""
    if not has_role(user, Role.CONSULTATION_MANAGER):
        return []
    rows = ConsultationRequest.objects.filter(state__in=WAITING)
    return [_waiting(row) for row in scoped(rows, user, "unit", Role.CONSULTATION_MANAGER)]


def _waiting(row: ConsultationRequest) -> Waiting:
    texts = {
        RequestState.CHECK: (_("Wniosek o konsultacje do sprawdzenia"), _("Sprawdź")),
        RequestState.SUBMITTED: (_("Wniosek o konsultacje do rozpatrzenia"), _("Rozpatrz")),
        RequestState.REVIEW: (_("Wniosek o konsultacje czeka na odpowiedź"), _("Odpowiedz")),
        RequestState.ACCEPTED: (_("Przyjęty wniosek: przygotuj konsultacje"), _("Przygotuj")),
    }
    reason, action = texts[RequestState(row.state)]
    return Waiting(
        title=row.title,
        url=reverse("admin:consultations_consultationrequest_change", args=[row.pk]),
        reason=reason,
        due_at=end_of_day(row.answer_due) if row.answer_due else None,
        kind="consultation",
        action=action,
    )


def sitemap_entries() -> Iterator[SitemapEntry]:
    for row in ConsultationRequest.objects.published().only("pk", "state_since"):
        yield SitemapEntry(row.get_absolute_url(), row.state_since)


def cooperation_with(organization) -> Iterator[Source]:
    """What an organisation asked the city for: its demands at meetings, its requests for consultations."""
    demands = (
        Postulate.objects.published().filter(organization=organization).order_by("-meeting_on", "lp", "pk")
    )
    yield Source(
        _("Postulaty do miasta"),
        lines(demands, title=Left("postulate", 160), key="pk", on="meeting_on"),
        lambda pk: reverse("consultations:postulate", args=[pk]),
    )
    asked = ConsultationRequest.objects.published().filter(organization=organization)
    yield Source(
        _("Wnioski o konsultacje"),
        lines(asked.order_by("-pk"), title="title", key="pk", on="submitted_on"),
        lambda pk: reverse("consultations:request", args=[pk]),
    )


def export_catalogue() -> list[dict[str, Any]]:
    return [
        {
            "title": _("Wnioski o konsultacje"),
            "url": reverse("consultations:requests"),
            "formats": ["csv", "json", "xlsx", "rss"],
            "dictionary": REQUEST_COLUMNS,
        }
    ]
