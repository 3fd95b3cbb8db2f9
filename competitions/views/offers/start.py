"""From the page of a call to a draft."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from organizations.queries import organizations_of

from ... import law, queries
from ...actions import offers as actions
from ...models import Call


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begins an offer of one of the person's organisations, or leads back to one that is begun."""
    call = get_object_or_404(
        Call.objects.published().select_related("unit"), slug=slug, **queries.TAKING_HERE
    )
    mine = organizations_of(request.user)
    refusals: list[Any] = [
        breach.message for breach in law.intake_breaches(call.intake_at(now())) if call.is_open
    ]
    is_taking = not refusals
    if request.method == "POST":
        wanted = request.POST.get("organization", "")
        organization = next((o for o in mine if str(o.pk) == wanted), None)
        part = next((p for p in call.parts.all() if str(p.pk) == request.POST.get("part", "")), None)
        if organization is None:
            raise Http404
        try:
            return redirect(
                actions.start_offer(call, organization=organization, part=part, by=request.user, at=now())
            )
        except MoveRefused as refused:
            raise Http404 from refused
        except LawBreached as refused:
            refusals = [breach.message for breach in refused.breaches]
    return render(
        request, "competitions/offers/start.html", _context(request, call, mine, refusals, is_taking)
    )


def _context(request: HttpRequest, call: Call, mine: list, refusals: list, is_taking: bool) -> dict[str, Any]:
    begun = queries.own_offers_list(request.user).filter(call=call)
    spheres = {sphere.statutory_no for sphere in call.spheres.all()}
    acting = request.organization
    own = acting.spheres.values_list("statutory_no", flat=True) if acting else []
    return {
        "call": call,
        "organizations": mine,
        "acting": acting,
        "begun": list(begun),
        "parts": list(call.parts.all()),
        "refusals": refusals,
        "is_open": call.is_open,
        "is_taking": is_taking,
        "warnings": [b.message for b in law.profile_warnings(spheres, own)] if acting else [],
    }
