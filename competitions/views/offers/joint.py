"""Partners of a joint offer: the leader invites, their representatives answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from ... import permissions
from ...actions import offers as actions
from ...forms.offers import PartnerForm
from ...models import OfferPartner
from .room import Room


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: HttpRequest, pk: int) -> HttpResponse:
    room = Room(request, pk)
    form = PartnerForm()
    if request.method == "POST":
        act, __, target = request.POST.get("act", "").partition(":")
        if act != "invite":
            return _answered(request, room, act, target)
        if not room.may_lead:
            raise Http404
        form = PartnerForm(request.POST)
        if form.is_valid() and _invited(request, room, form):
            messages.success(request, _("Wysłano zaproszenie. Partner zobaczy szkic i odpowie."))
            return redirect("competitions:offer_partners", pk)
    rows = [
        {
            "partner": partner,
            "may_answer": partner.is_waiting and room.offer.is_writable and _may_answer(request, partner),
            "may_leave": partner.takes_part
            and room.offer.is_writable
            and (room.may_lead or _may_answer(request, partner)),
        }
        for partner in room.offer.partners.all()
    ]
    context = room.context("partners", form=form, rows=rows, may_lead=room.may_lead)
    return render(request, "competitions/offers/partners.html", context)


def _may_answer(request: HttpRequest, partner: OfferPartner) -> bool:
    return permissions.may_answer_for(request.user, partner)


def _invited(request: HttpRequest, room: Room, form: PartnerForm) -> bool:
    data = form.cleaned_data
    try:
        actions.invite_partner(
            room.offer, organization=form.organization, may_edit=data["may_edit"], by=request.user, at=now()
        )
    except LawBreached as refused:
        form.add_error("number", str(refused.breaches[0].message))
    return form.is_valid()


def _answered(request: HttpRequest, room: Room, act: str, target: str) -> HttpResponse:
    """»accept«, »decline« and »leave« of one partner."""
    rows = OfferPartner.objects.select_related("offer__call", "offer__organization", "organization")
    pk = int(target) if target.isascii() and target.isdigit() else 0
    partner = get_object_or_404(rows, pk=pk, offer=room.offer)
    try:
        if act == "leave":
            reason = request.POST.get("reason", "").strip()[:1000]
            actions.leave_offer(partner, reason=reason, by=request.user, at=now())
        elif act in ("accept", "decline"):
            actions.answer_invitation(partner, accepts=act == "accept", by=request.user, at=now())
        else:
            raise Http404
    except MoveRefused as refused:
        raise Http404 from refused
    except LawBreached as refused:
        messages.error(request, str(refused.breaches[0].message))
        return redirect("competitions:offer_partners", room.offer.pk)
    messages.success(request, _("Zapisano. Druga strona dostanie wiadomość."))
    is_still_in = Room.reaches(request, room.offer.pk)
    return redirect("competitions:offer_partners", room.offer.pk) if is_still_in else redirect("my_offers")
