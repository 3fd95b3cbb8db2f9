"""The offer as a whole for its team: what is missing, comments, copying, and the list of one's offers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from organizations.enums import State as ProfileState

from ... import permissions, queries
from ...actions import offers as actions
from ...law import offers as law
from ...models import Call
from ...queries.desk import where_is
from .room import BLANK, Room


@login_required
@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every step with its state, what is missing, which limits are broken, whose turn it is."""
    room = Room(request, pk)
    found = room.breaches if room.may_write else []
    context = room.context(
        blank_count=sum(b.rule == BLANK for b in found),
        broken=[
            (room.url_of(b.field.split(".")[0]), b.message)
            for b in found
            if b.rule != BLANK and not b.is_warning
        ],
        warnings=[b.message for b in found if b.is_warning],
        versions=list(room.offer.versions.all()),
        where=where_is(room.offer),
        open_comments=room.offer.comments.filter(resolved_at=None).count(),
        may_file=permissions.may_file(request.user, room.offer),
        is_stale=room.offer.organization.state == ProfileState.STALE,
        partners=[partner for partner in room.offer.partners.all() if partner.takes_part],
    )
    return render(request, "competitions/offers/overview.html", context)


@login_required
@require_safe
def my_offers(request: HttpRequest) -> HttpResponse:
    """All offers of all organisations the person acts for, the most urgent drafts first."""
    rows = queries.own_offers_list(request.user)
    return render(request, "competitions/offers/mine.html", {"groups": queries.grouped_offers(rows, now())})


@login_required
@require_POST
def comment(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """A remark of the team on a step, or »załatwione«."""
    room = Room(request, pk)
    if key not in law.template.BY_KEY:
        raise Http404
    if wanted := request.POST.get("resolve", ""):
        found = room.offer.comments.filter(pk=int(wanted) if wanted.isascii() and wanted.isdigit() else 0)
        actions.resolve_comment(get_object_or_404(found.select_related("offer")), by=request.user, at=now())
        return redirect(f"{room.url_of(key)}#komentarze")
    try:
        actions.add_comment(room.offer, key=key, text=request.POST.get("text", ""), by=request.user, at=now())
    except LawBreached as refused:
        messages.error(request, str(refused.breaches[0].message))
    return redirect(f"{room.url_of(key)}#komentarze")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """An earlier offer as a draft in a call that is open now."""
    room = Room(request, pk)
    if room.offer.organization_id not in room.held:
        raise Http404
    context: dict[str, Any] = {**room.context(), "calls": queries.calls_for_offers(now())}
    if request.method == "POST":
        wanted = request.POST.get("call", "")
        call = get_object_or_404(
            Call.objects.open(now()), pk=int(wanted) if wanted.isascii() and wanted.isdigit() else 0
        )
        try:
            new, notes = actions.duplicate_offer(room.offer, call=call, by=request.user, at=now())
        except MoveRefused as refused:
            raise Http404 from refused
        except LawBreached as refused:
            context["refusals"] = [str(breach.message) for breach in refused.breaches]
        else:
            messages.success(request, _("Utworzono nowy szkic z treścią tej oferty."))
            for note in notes:
                messages.warning(request, note)
            return redirect(new)
    return render(request, "competitions/offers/copy.html", context)
