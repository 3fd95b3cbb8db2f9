"""A request to supplement an offer, for the organisation: what to do, the opened parts, filing by the clock."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.common.clock import now
from core.common.edge import received_at
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import permissions
from ..actions import formal
from ..actions.formal.supplements import supplemented
from ..law.formal import is_in_time
from ..law.offers import template
from ..papers.compare import compare
from ..papers.content import newest_version
from .offers.room import Room


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """What the office asked for, what has changed since, and the button that files it."""
    room = Room(request, pk)
    if not room.is_supplementing:
        return redirect("competitions:offer_versions", pk)
    if request.method == "POST":
        return _filed(request, room)
    return render(request, "competitions/papers/supplement.html", _context(room))


def _context(room: Room) -> dict[str, Any]:
    offer, request = room.offer, room.offer.correction
    last = newest_version(offer)
    parts = [
        {"title": f"{section.part}. {section.title}", "url": room.url_of(section.key)}
        for section in template.SECTIONS
        if section.key in request.sections
    ]
    if request.opens_attachments:
        parts.append({"title": _("Załączniki"), "url": room.url_of("attachments")})
    return {
        "offer": offer,
        "call": offer.call,
        "correction": request,
        "items": list(request.items.select_related("item")),
        "parts": parts,
        "is_in_time": is_in_time(room.at, request.due_at),
        "may_file": permissions.may_file(room.user, offer),
        "differences": compare(last.content, supplemented(offer, request, last)) if last else [],
    }


def _filed(request: HttpRequest, room: Room) -> HttpResponse:
    at = received_at(request)
    try:
        formal.file_supplement(room.offer, by=request.user, at=at)
    except MoveRefused as refused:
        if not permissions.may_file(request.user, room.offer):
            raise Http404 from refused
        return redirect("competitions:offer_versions", room.offer.pk)
    except LawBreached as refused:
        room = Room(request, room.offer.pk)
        words = [str(breach.message) for breach in refused.breaches]
        context = {**_context(room), "refusals": words, "at": now()}
        return render(request, "competitions/papers/supplement.html", context)
    messages.success(request, _("Uzupełnienie złożone. Potwierdzenie wysłaliśmy e-mailem."))
    return redirect("competitions:offer_versions", room.offer.pk)
