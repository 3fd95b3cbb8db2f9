"""The pool of candidates, for those who apply and for NGOs that name somebody (R-CALL-30)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from organizations.permissions import is_representative
from organizations.queries import organizations_of

from ..actions import committee as actions
from ..actions.committee.candidates import recruitment_end
from ..enums import CandidateState, State
from ..forms.candidates import ApplyForm, NameForm, Statements
from ..models import Call, CommitteeCandidate
from .committee import add_breaches


@login_required
@never_cache
@require_safe
def candidates(request: HttpRequest) -> HttpResponse:
    """My applications, and the calls that look for members now."""
    own = CommitteeCandidate.objects.of_person(request.user)
    at = now()
    recruiting = Call.objects.open(at).filter(includes_committee_call=True).select_related("committee")
    context = {
        "candidates": own.select_related("call", "naming_organization").prefetch_related("spheres"),
        "calls": [call for call in recruiting if _is_recruiting(call, at)],
        "may_name": request.organization and is_representative(request.user, request.organization),
        "year": at.year,
    }
    return render(request, "competitions/committee/candidates.html", context)


def _is_recruiting(call: Call, at: Any) -> bool:
    committee = getattr(call, "committee", None)
    until = committee.recruits_until if committee else call.offers_due_at
    return until is None or until >= at


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    call = _call_of(request)
    form = ApplyForm(
        request.POST or None,
        call=call,
        organizations=organizations_of(request.user),
        initial={"full_name": request.user.full_name},
    )
    if request.method == "POST" and form.is_valid():
        saved = _try(
            form,
            lambda: actions.apply(
                form.profile(),
                call=call,
                naming_organization=form.cleaned_data.get("naming_organization"),
                by=request.user,
                at=now(),
            ),
        )
        if saved:
            messages.success(request, _("Przyjęliśmy zgłoszenie. Napiszemy, gdy jednostka je sprawdzi."))
            return redirect("committee:candidates")
    return _form_page(request, form, call, _("Zgłoś się do komisji"), _("Wyślij zgłoszenie"))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Only for who represents the organisation it acts for."""
    organization = request.organization
    if not organization or not is_representative(request.user, organization):
        raise Http404
    call = _call_of(request)
    form = NameForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        saved = _try(
            form,
            lambda: actions.name_candidate(
                organization,
                form.profile(),
                email=form.cleaned_data["email"],
                call=call,
                by=request.user,
                at=now(),
            ),
        )
        if saved:
            messages.success(request, _("Wysłaliśmy tej osobie prośbę o zgodę."))
            return redirect("committee:candidates")
    title = _("%(organization)s wskazuje osobę do komisji") % {"organization": organization}
    return _form_page(request, form, call, title, _("Wyślij prośbę o zgodę"))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """A person named by an organisation reads what for, and agrees."""
    waiting = CommitteeCandidate.objects.of_person(request.user).filter(state=CandidateState.NAMED)
    candidate = get_object_or_404(waiting.select_related("naming_organization", "call"), pk=pk)
    form = Statements(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = _try(
            form,
            lambda: actions.consent(
                candidate,
                has_full_rights=data["has_full_rights"],
                has_consented=data["has_consented"],
                organizations=data["memberships"],
                by=request.user,
                at=now(),
            ),
        )
        if saved:
            messages.success(request, _("Zapisano zgodę. Napiszemy, gdy jednostka sprawdzi zgłoszenie."))
            return redirect("committee:candidates")
    title = _("Zgoda na kandydowanie do komisji")
    return _form_page(request, form, candidate.call, title, _("Zgadzam się kandydować"), candidate)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    candidate = get_object_or_404(CommitteeCandidate.objects.of_person(request.user), pk=pk)
    try:
        actions.withdraw(candidate, by=request.user, at=now())
        messages.success(request, _("Wycofano zgłoszenie."))
    except MoveRefused:
        messages.error(request, _("Tego zgłoszenia nie można już wycofać."))
    return redirect("committee:candidates")


def _call_of(request: HttpRequest) -> Call | None:
    """The call named in the address; a call that recruits nobody is not found."""
    slug = request.GET.get("konkurs", "")
    if not slug:
        return None
    recruiting = Call.objects.published().filter(includes_committee_call=True, state=State.PUBLISHED)
    return get_object_or_404(recruiting, slug=slug)


def _try(form: Any, act: Any) -> Any:
    try:
        return act()
    except LawBreached as refused:
        add_breaches(form, refused.breaches)
        return None


def _form_page(request, form, call, title: str, label: str, candidate=None) -> HttpResponse:
    context = {
        "form": form,
        "call": call,
        "candidate": candidate,
        "until": recruitment_end(call) if call else None,
        "page_title": title,
        "submit_label": label,
        "back_url": "/moje/komisja/kandydaci/",
    }
    return render(request, "competitions/committee/candidate_form.html", context)
