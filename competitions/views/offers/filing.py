"""The last page before the offer goes in, the filing itself, and its receipt."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.common.edge import received_at
from core.common.patience import wait_for_database
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused
from organizations.models import RepresentationAct

from ... import permissions
from ...actions import offers as actions
from ...enums import VersionKind
from ...law import offers as law
from . import document
from .room import Room

logger = logging.getLogger(__name__)


@login_required
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole offer to read through, what stands against it, and the one button."""
    room = Room(request, pk)
    if not room.offer.is_writable:
        return redirect("competitions:offer", pk)
    return render(request, "competitions/offers/check.html", _check_context(request, room))


def _check_context(request: HttpRequest, room: Room, refused: list[Breach] | None = None) -> dict[str, Any]:
    facts = room.offer.facts(room.at)
    found = [b for b in law.filing_breaches(facts) if not b.field.startswith("statements.")]
    found += [b for b in refused or [] if b.field == "seen" or b.field.startswith("statements.")]
    stopping = [b for b in found if not b.is_warning]
    return room.context(
        "check",
        document=document.shown(facts),
        act=actions.waiting_act(room.offer),
        broken=[(_address(room, b), b.message) for b in stopping],
        warnings=[b.message for b in found if b.is_warning],
        may_file=permissions.may_file(request.user, room.offer),
        is_ready=not [b for b in stopping if not b.field.startswith("statements.") and b.field != "seen"],
        statements=law.template.STATEMENTS,
        made=request.POST.getlist("statement"),
        seen=actions.draft_checksum(room.offer),
    )


def _address(room: Room, breach: Breach) -> str:
    step = breach.field.split(".")[0]
    if step == "statements":
        return f"#oswiadczenie-{breach.field.partition('.')[2]}"
    known = {*law.template.BY_KEY, "attachments", "partners"}
    return room.url_of(step) if step in known else ""


def _says_not_filed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A database that is away answers a filing with words about the offer, not about the portal.

    One that broke off in the middle has stored nothing, or all of it. If it is back in time, the request is tried once
    more: a second try files what was not filed, and else gives the version or the act that is there.
    """

    @wraps(view)
    def answered(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            try:
                return view(request, pk)
            except (OperationalError, InterfaceError):
                if not wait_for_database():
                    raise
                return view(request, pk)
        except (OperationalError, InterfaceError) as error:
            logger.error("database unavailable while an offer was filed", exc_info=error)
            response = HttpResponse(render_to_string("competitions/offers/unavailable.html"), status=503)
            response.headers["Retry-After"] = "10"
            return response

    return answered


@_says_not_filed
@login_required
@require_POST
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """One small request; the moment it reached the edge decides."""
    at = received_at(request)
    room = Room(request, pk)
    try:
        done = actions.ask_to_file(
            room.offer,
            by=request.user,
            at=at,
            statements=request.POST.getlist("statement"),
            seen=request.POST.get("seen", ""),
        )
    except MoveRefused as refused:
        raise Http404 from refused
    except LawBreached as refused:
        return _refused(request, Room(request, pk), refused, at)
    if isinstance(done, RepresentationAct):
        messages.success(request, _("Oferta czeka na zgodę. Wpłynie do urzędu z ostatnią potrzebną zgodą."))
        return redirect("organizations:act", done.organization.slug, done.pk)
    return redirect("competitions:offer_receipt", pk)


def _refused(request: HttpRequest, room: Room, refused: LawBreached, at: Any) -> HttpResponse:
    """Too late has a page of its own; everything else can be put right on the page one came from."""
    late = [breach for breach in refused.breaches if breach.rule == "R-CALL-22"]
    if late:
        opens_at = room.offer.call.intake_at(at).opens_at
        context = room.context(at=at, reasons=[breach.message for breach in late], opens_at=opens_at)
        return render(request, "competitions/offers/late.html", context, status=409)
    context = _check_context(request, room, refused.breaches)
    return render(request, "competitions/offers/check.html", {**context, "was_refused": True}, status=409)


@login_required
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, moment to the second, checksum, what comes next."""
    room = Room(request, pk)
    version = room.offer.versions.filter(kind=VersionKind.FILED).last()
    if version is None:
        return redirect("competitions:offer", pk)
    context = room.context(version=version, document=document.of_version(version))
    return render(request, "competitions/offers/receipt.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a filed offer back, as long as the intake lasts."""
    at = received_at(request)
    room = Room(request, pk)
    if not permissions.may_file(request.user, room.offer):
        raise Http404
    if request.method != "POST":
        return render(request, "competitions/offers/withdraw.html", room.context())
    try:
        actions.withdraw_offer(
            room.offer, by=request.user, at=at, reason=request.POST.get("reason", "")[:1000]
        )
    except MoveRefused as refused:
        raise Http404 from refused
    except LawBreached as refused:
        context = room.context(at=at, reasons=[b.message for b in refused.breaches], was_withdrawing=True)
        return render(request, "competitions/offers/late.html", context, status=409)
    messages.success(request, _("Oferta jest wycofana. Możesz ją zmienić i złożyć ponownie do końca naboru."))
    return redirect("competitions:offer", pk)
