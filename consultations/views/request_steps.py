"""Writing a request for a consultation, sending and withdrawing it, supporting one."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.common.antispam import is_too_often
from core.common.clock import now, today
from core.common.private_pages import private_page
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions
from ..actions.requests import request_parameters
from ..enums import Initiator, RequestState
from ..forms.requests import RequestForm, SupportForm
from ..models import ConsultationRequest

OFTEN, WITHIN = 20, timedelta(hours=1)
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


# --- writing ----------------------------------------------------------------------------------------


@never_cache
@GET_OR_POST
def new(request: HttpRequest) -> HttpResponse:
    """What a request is and what it needs; logged in, the form itself."""
    if not request.user.is_authenticated:
        context = {"parameters": request_parameters(now())}
        return render(request, "consultations/requests/about.html", context)
    return write(request, ConsultationRequest())


@login_required
@never_cache
@GET_OR_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ConsultationRequest.objects.of_person(request.user), pk=pk)
    if found.state != RequestState.DRAFT:
        return redirect(found)
    return write(request, found)


def write(request: HttpRequest, found: ConsultationRequest) -> HttpResponse:
    organization = request.organization or None
    form = RequestForm(
        request.POST if request.method == "POST" else None, instance=found, organization=organization
    )
    is_new = found.pk is None
    if request.method == "POST" and form.is_valid():
        if saved := written(request, form):
            return redirect(saved)
        if is_new:  # what was refused is not stored
            found.pk = None
    context = {
        "form": form,
        "found": found,
        "has_errors": form.is_bound and not form.is_valid(),
        "parameters": request_parameters(now()),
    }
    return render(request, "consultations/requests/write.html", context)


def written(request: HttpRequest, form: RequestForm) -> ConsultationRequest | None:
    """Keeps or sends it, as the pressed button says; None when that was refused, with the reasons in the form."""
    is_sent = "send" in request.POST
    action = actions.save_and_send if is_sent else actions.save_request
    try:
        saved = action(form.save(), districts=form.cleaned_data["districts"], by=request.user, at=now())
    except LawBreached as refused:
        for breach in refused.breaches:
            form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
        return None
    except MoveRefused:
        form.add_error(None, _("Tego wniosku nie można już wysłać: jest w urzędzie albo wycofany."))
        return None
    sent = _("Wysłaliśmy wniosek do urzędu. Napiszemy, gdy go opublikujemy.")
    messages.success(request, sent if is_sent else _("Zapisano szkic."))
    return saved


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ConsultationRequest.objects.of_person(request.user), pk=pk)
    try:
        actions.withdraw_request(found, by=request.user, at=now())
    except MoveRefused:
        messages.error(request, _("Tego wniosku nie można już wycofać: urząd go rozpatruje."))
    else:
        messages.success(request, _("Wycofano wniosek."))
    return redirect("consultations:requests" if not found.is_public else found)


# --- supporting -------------------------------------------------------------------------------------


@never_cache
@GET_OR_POST
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """A person types their address; an organisation presses a button."""
    found = get_object_or_404(ConsultationRequest.objects.published(), pk=pk)
    if not found.takes_support_on(today()):
        messages.error(request, _("Ten wniosek nie zbiera teraz poparcia."))
        return redirect(found)
    if found.initiator == Initiator.NGO:
        return support_together(request, found)
    form = SupportForm(request.POST if request.method == "POST" else None, consultation_request=found)
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "request-support", limit=OFTEN, within=WITHIN):
            form.add_error(None, _("Z Twojego adresu wysłano już dużo poparć. Spróbuj za godzinę."))
        elif asked(form, found):
            return redirect("consultations:support_asked", pk=found.pk)
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "has_errors": form.is_bound and not form.is_valid(),
    }
    return render(request, "consultations/requests/support.html", context)


def asked(form: SupportForm, found: ConsultationRequest) -> bool:
    data = form.cleaned_data
    try:
        actions.ask_support(
            found,
            name=data["name"],
            email=data["email"],
            district=data["district"],
            wants_answer=data["wants_answer"],
            at=now(),
        )
    except LawBreached as refused:
        form.add_error(None, " ".join(str(breach.message) for breach in refused.breaches))
        return False
    return True


def support_together(request: HttpRequest, found: ConsultationRequest) -> HttpResponse:
    organization = request.organization or None
    if request.method == "POST" and organization:
        try:
            actions.support_as_organization(found, organization, by=request.user, at=now())
        except LawBreached as refused:
            messages.error(request, " ".join(str(breach.message) for breach in refused.breaches))
        else:
            messages.success(
                request, _("Organizacja %(name)s popiera ten wniosek.") % {"name": organization.name}
            )
        return redirect(found)
    context = {"found": found, "organization": organization}
    return render(request, "consultations/requests/support_together.html", context)


def support_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """The same answer whether the address was known or not."""
    found = get_object_or_404(ConsultationRequest.objects.published(), pk=pk)
    return render(request, "consultations/requests/support_asked.html", {"found": found})


@private_page
@GET_OR_POST
def confirm_support(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET, which mail programs call by themselves, and counts on POST."""
    if request.method == "POST":
        confirmed = actions.confirm_support(token, at=now())
        if confirmed is not None:
            messages.success(request, _("Dziękujemy. Twój głos jest policzony."))
            return redirect(confirmed.request)
    found = actions.find_support(token, at=now())
    context = {"support": found, "found": found.request if found else None}
    return render(request, "consultations/requests/confirm.html", context, status=200 if found else 404)
