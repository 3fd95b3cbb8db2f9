"""Acts that several representatives agree to together, and the organisation that gives itself up (R-WEB-14)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.common.clock import now, today
from core.common.edge import received_at
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions, permissions
from ..actions.representation import ACT_KINDS
from ..enums import ActState
from ..forms import DissolutionForm
from ..models import Mandate, Organization, RepresentationAct
from .access import of_person, show_breaches


@of_person(permissions.may_represent)
def act(request, organization: Organization, pk: int):
    """One act: what it is, who has agreed, who is still asked; the buttons of the person."""
    rows = RepresentationAct.objects.select_related("started_by")
    found = get_object_or_404(rows, pk=pk, organization=organization)
    if request.method == "POST":
        _decide(request, found)
        if not permissions.may_represent(request.user, Organization.objects.get(pk=organization.pk)):
            return redirect("my_matters")
        return redirect("organizations:act", organization.slug, found.pk)
    actions.note_opening(organization, _("Czynność"), by=request.user, at=now(), label=str(found))
    kind = ACT_KINDS[found.kind]
    given = list(found.consents.select_related("user"))
    agreed = {consent.user_id for consent in given}
    asked = Mandate.objects.representatives(today()).filter(organization=organization)
    is_waiting = found.state == ActState.WAITING and found.expires_at > now()
    context = {
        "organization": organization,
        "act": found,
        "kind": kind.label,
        "address": kind.address(found) if kind.address else "",
        "given": given,
        "asked": [mandate.user for mandate in asked.exclude(user__in=agreed).select_related("user")],
        "may_consent": is_waiting and request.user.pk not in agreed,
        "may_withdraw": is_waiting and found.started_by_id == request.user.pk,
        "is_waiting": is_waiting,
    }
    return render(request, "organizations/people/act.html", context)


def _decide(request, found: RepresentationAct) -> None:
    decision, reason = (
        request.POST.get("decision", ""),
        request.POST.get("reason", "")[:1000].replace("\0", ""),
    )
    at = received_at(request)  # the last consent may file an offer, so its arrival decides (R-CALL-22)
    try:
        if decision == "yes":
            done = actions.consent(found, by=request.user, at=at)
            is_done = done.state == ActState.AGREED
            messages.success(
                request, _("Zgoda zapisana, czynność wykonana.") if is_done else _("Zgoda zapisana.")
            )
        elif decision == "no":
            actions.refuse_act(found, by=request.user, at=at, reason=reason)
            messages.success(request, _("Odmowa zapisana. Czynność nie zostanie wykonana."))
        elif decision == "withdraw":
            actions.withdraw_act(found, by=request.user, at=at)
            messages.success(request, _("Czynność wycofana."))
    except LawBreached as refused:
        for breach in refused.breaches:
            messages.error(request, breach.message)
    except MoveRefused:
        messages.error(request, _("Tej czynności nie można już zmienić: jest zamknięta."))


@of_person(permissions.may_represent)
def dissolve(request, organization: Organization):
    """The organisation says that it is no more; where several act together, all needed must agree."""
    form = DissolutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = actions.ask_to_dissolve(
                organization, by=request.user, at=now(), reason=form.cleaned_data["reason"]
            )
        except LawBreached as refused:
            show_breaches(form, refused)
        except MoveRefused:
            raise Http404 from None
        else:
            return _after_dissolution(request, organization, begun)
    return render(request, "organizations/people/dissolve.html", {"organization": organization, "form": form})


def _after_dissolution(request, organization: Organization, begun: RepresentationAct):
    begun.refresh_from_db()
    if begun.state == ActState.AGREED:
        messages.success(request, _("Zapisano rozwiązanie organizacji. Profil zniknął z bazy."))
        return redirect("my_matters")
    messages.success(request, _("Czynność czeka na zgodę osób, które działają łącznie."))
    return redirect("organizations:act", organization.slug, begun.pk)
