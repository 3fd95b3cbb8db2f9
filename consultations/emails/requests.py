"""Letters about requests for a consultation: to who asked, and to who supported."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from core.common.sites import absolute
from core.notifications.outbox import enqueue, enqueue_many

from ..models import ConsultationRequest, RequestSupport

FOLDER = "consultations/emails"


def ask_to_confirm(support: RequestSupport, token: str) -> None:
    enqueue(
        key=f"request-support:{support.pk}:{support.confirm_digest[:16]}",
        to=support.email,
        template=f"{FOLDER}/request_confirm",
        context={
            **_about(support.request),
            "confirm_url": absolute(reverse("consultations:confirm_support", args=[token])),
        },
        kind="consultation_request",
    )


def tell_request_received(request: ConsultationRequest, *, at: datetime) -> None:
    _to_author(request, "request_received", key=f"request-received:{request.pk}:{at:%Y%m%d%H%M%S}")


def tell_request_returned(request: ConsultationRequest, reason: str, *, at: datetime) -> None:
    key = f"request-returned:{request.pk}:{at:%Y%m%d%H%M%S}"
    _to_author(request, "request_returned", key=key, reason=reason)


def tell_request_collecting(request: ConsultationRequest) -> None:
    _to_author(request, "request_collecting", key=f"request-collecting:{request.pk}")


def tell_request_submitted(request: ConsultationRequest) -> None:
    _to_author(request, "request_submitted", key=f"request-submitted:{request.pk}")


def tell_request_settled(request: ConsultationRequest) -> None:
    """The answer, to who asked and to every supporter who wanted it."""
    _to_author(request, "request_settled", key=f"request-settled:{request.pk}")
    enqueue_many(_to_supporters(request))


def tell_request_withdrawn(request: ConsultationRequest) -> None:
    """To every supporter who wanted the answer; the author withdrew it and knows."""
    enqueue_many(_to_supporters(request))


def _about(request: ConsultationRequest) -> dict[str, Any]:
    return {"request": request, "url": absolute(request.get_absolute_url())}


def _to_author(request: ConsultationRequest, template: str, *, key: str, **more: Any) -> None:
    if request.user is not None and request.user.email:
        enqueue(
            key=key,
            to=request.user.email,
            template=f"{FOLDER}/{template}",
            context={**_about(request), **more},
            kind="consultation_request",
        )


def _to_supporters(request: ConsultationRequest) -> Iterator[dict[str, Any]]:
    author = request.user.email if request.user else ""
    rows = request.supports.filter(wants_answer=True).exclude(confirmed_at=None).exclude(email="")
    for support in rows.exclude(email__iexact=author).iterator(chunk_size=500):
        yield {
            "key": f"request-settled-supporter:{support.pk}",
            "to": support.email,
            "template": f"{FOLDER}/request_settled",
            "context": _about(request),
            "kind": "consultation_request",
            "batch": f"request-settled:{request.pk}",
        }
