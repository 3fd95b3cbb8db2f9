"""Inviting by mail, and the page behind the link in the letter."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.common.antispam import is_too_often
from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions, permissions
from ..actions.invitations import hashed
from ..enums import InvitationState
from ..forms import InvitationForm
from ..models import Invitation, MatterAccess, Organization
from ..queries.team import matter_of, shareable_matters
from .access import of_person, show_breaches

OFTEN, WITHIN = 30, timedelta(days=1)
LONGEST_TOKEN = 100


@of_person(permissions.may_represent)
def invite(request, organization: Organization):
    """A representative invites somebody to represent, to edit, or to help in one matter."""
    form = InvitationForm(request.POST or None, matters=shareable_matters(organization))
    if request.method == "POST" and form.is_valid() and (made := _invite(request, organization, form)):
        messages.success(request, _said(made))
        return redirect("organizations:people", organization.slug)
    return render(request, "organizations/people/invite.html", {"organization": organization, "form": form})


def _invite(request, organization: Organization, form: InvitationForm) -> Invitation | None:
    if is_too_often(request, f"invitation-{request.user.pk}", limit=OFTEN, within=WITHIN):
        form.add_error(None, _("Dziś wysłano już dużo zaproszeń. Następne wyślij jutro."))
        return None
    matter = matter_of(organization, form.cleaned_data["matter"])
    try:
        return actions.invite(organization, form.cleaned_data, matter=matter, by=request.user, at=now())
    except LawBreached as refused:
        show_breaches(form, refused)
        return None


def _said(invitation: Invitation) -> str:
    if invitation.state == InvitationState.AWAITING_CONSENT:
        return _("Zaproszenie wyślemy, gdy zgodzą się pozostałe osoby, które działają łącznie.")
    return _("Zaproszenie wysłane na adres %(email)s.") % {"email": invitation.email}


@require_POST
@of_person(permissions.may_represent)
def manage(request, organization: Organization, pk: int):
    """Sends an invitation again or takes it back."""
    invitation = get_object_or_404(Invitation, pk=pk, organization=organization)
    try:
        if request.POST.get("decision") == "resend":
            actions.resend_invitation(invitation, by=request.user, at=now())
            messages.success(request, _("Zaproszenie wysłane ponownie. Poprzedni odnośnik już nie działa."))
        else:
            actions.revoke_invitation(invitation, by=request.user, at=now())
            messages.success(request, _("Zaproszenie cofnięte. Odnośnik już nie działa."))
    except MoveRefused:
        messages.error(request, _("Na to zaproszenie już odpowiedziano albo je cofnięto."))
    return redirect("organizations:people", organization.slug)


@require_POST
@login_required
def end_help(request, pk: int):
    """Ends outside help in one matter: who represents the organisation, or the helper."""
    access = get_object_or_404(MatterAccess.objects.select_related("organization"), pk=pk)
    is_own = access.user_id == request.user.pk
    if not is_own and not permissions.may_represent(request.user, access.organization):
        raise Http404
    try:
        actions.revoke_access(access, by=request.user, at=now(), reason=request.POST.get("reason", "")[:500])
        messages.success(request, _("Dostęp do sprawy zakończony."))
    except MoveRefused:
        messages.error(request, _("Ten dostęp zakończono już wcześniej."))
    return redirect("my_matters") if is_own else redirect("organizations:people", access.organization.slug)


# --- behind the link ----------------------------------------------------------------------------------------


def invitation(request, token: str):
    """What one is invited to; the answer needs an account whose confirmed address is the invited one.

    The page says the same whether or not there is an account with that address.
    """
    found = _behind(token)
    is_alive = found.is_open_at(now()) and found.organization.is_public
    is_invited = is_alive and permissions.is_invited(request.user, found)
    if request.method == "POST" and is_invited and (answer := _answer(request, found)):
        return answer
    context = {
        "invitation": found,
        "organization": found.organization,
        "is_alive": is_alive,
        "is_invited": is_invited,
    }
    response = render(
        request, "organizations/people/invitation.html", context, status=200 if is_alive else 410
    )
    response.headers["Referrer-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response


def _behind(token: str) -> Invitation:
    rows = Invitation.objects.select_related("organization", "invited_by")
    if not token or len(token) > LONGEST_TOKEN:
        raise Http404
    return get_object_or_404(rows, token_hash=hashed(token))


def _answer(request, found: Invitation):
    is_yes = request.POST.get("answer") == "yes"
    act = actions.accept_invitation if is_yes else actions.decline_invitation
    try:
        answered = act(found, by=request.user, at=now())
    except LawBreached as refused:
        for breach in refused.breaches:
            messages.error(request, breach.message)
        return None
    except MoveRefused:
        raise Http404 from None
    if not is_yes:
        messages.success(request, _("Zaproszenie odrzucone. Organizacja dostanie wiadomość."))
        return redirect("my_matters")
    if answered.mandate_id and not answered.mandate.is_in_force:
        messages.success(request, _("Zaproszenie przyjęte. Urząd sprawdzi teraz uprawnienie w rejestrze."))
        return redirect("organizations:request", answered.mandate_id)
    messages.success(request, _("Zaproszenie przyjęte. Możesz zaczynać."))
    if answered.mandate_id:
        request.session["organization"] = answered.organization_id
        return redirect(answered.organization)
    return redirect("my_matters")
