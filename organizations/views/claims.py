"""Claiming an organisation, and the page where the person sees how far the request is (R-ORG-19)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.common.clock import end_of_day, now, today
from core.documents.queries import attachments_of
from core.legal.models import Transition
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions
from ..enums import MandateRole, MandateState
from ..forms import EvidenceForm, MandateRequestForm
from ..models import Mandate, Organization
from ..queries.queue import decision_due_on
from .access import show_breaches


@login_required
def claim(request, slug: str):
    """Asks for the right to act for a public organisation, with evidence."""
    organization = get_object_or_404(Organization.objects.published(), slug=slug)
    has_people = Mandate.objects.in_force(today()).filter(organization=organization).exists()
    role = MandateRole.NGO_EDITOR if has_people else MandateRole.NGO_REPRESENTATIVE
    form = MandateRequestForm(request.POST or None, request.FILES or None, initial={"role": role})
    if request.method == "POST" and form.is_valid() and (asked := _ask(request, organization, form)):
        messages.success(request, _("Prośba wysłana. Urząd sprawdzi ją w rejestrze i odpisze."))
        return redirect("organizations:request", asked.pk)
    context = {
        "organization": organization,
        "form": form,
        "has_people": has_people,
        "due_on": decision_due_on(today()),
        "own": Mandate.objects.asked().filter(organization=organization, user=request.user),
    }
    return render(request, "organizations/people/claim.html", context)


def _ask(request, organization: Organization, form: MandateRequestForm) -> Mandate | None:
    try:
        return actions.request_mandate(organization, user=request.user, at=now(), **form.cleaned_data)
    except LawBreached as refused:
        show_breaches(form, refused)
        return None


def _own_request(request, pk: int) -> Mandate:
    """The person's own request; those of others are not there."""
    rows = Mandate.objects.select_related("organization")
    return get_object_or_404(rows, pk=pk, user=request.user)


@login_required
def request_page(request, pk: int):
    """State, clock and turn of the own request; where it came back, the form to complete it."""
    mandate = _own_request(request, pk)
    is_returned = mandate.state == MandateState.RETURNED
    form = None
    if is_returned:
        initial = {"evidence": mandate.evidence}
        form = EvidenceForm(request.POST or None, request.FILES or None, initial=initial)
        if request.method == "POST" and form.is_valid() and _complete(request, mandate, form):
            messages.success(request, _("Uzupełniona prośba jest znowu w urzędzie."))
            return redirect("organizations:request", mandate.pk)
    elif request.method == "POST":
        raise Http404
    due_on = decision_due_on(mandate.waits_since) if mandate.is_requested else None
    context = {
        "mandate": mandate,
        "organization": mandate.organization,
        "form": form,
        "due_on": due_on,
        "due_at": end_of_day(due_on) if due_on else None,
        "files": attachments_of([mandate])[mandate.pk],
        "steps": Transition.objects.of(mandate),
        "labels": dict(MandateState.choices),
        "may_withdraw": mandate.verified_at is None and mandate.ended_at is None,
    }
    return render(request, "organizations/people/request.html", context)


def _complete(request, mandate: Mandate, form: EvidenceForm) -> bool:
    try:
        actions.complete_request(mandate, by=request.user, at=now(), **form.cleaned_data)
    except LawBreached as refused:
        show_breaches(form, refused)
        return False
    return True


@require_POST
@login_required
def withdraw(request, pk: int):
    """Takes the own request back."""
    mandate = _own_request(request, pk)
    try:
        actions.withdraw_request(mandate, by=request.user, at=now())
    except MoveRefused:
        messages.error(request, _("Ta prośba jest już rozstrzygnięta."))
    else:
        messages.success(request, _("Prośba wycofana."))
    return redirect("organizations:request", mandate.pk)
