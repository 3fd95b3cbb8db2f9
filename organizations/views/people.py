"""Who acts for the organisation: the page of its people, decisions on them, leaving, and what is handed over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.common.clock import now, today
from core.documents.queries import attachments_of
from core.legal import parameters
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions, law, permissions
from ..actions.mandates import RENEWAL
from ..actions.profile import dossier_of
from ..forms import LeavingForm, RenewalForm
from ..models import Invitation, Mandate, MatterAccess, Organization, RepresentationAct
from ..queries.team import begun_by
from .access import of_person, show_breaches


@of_person(permissions.may_see_people)
def people(request, organization: Organization):
    """Everybody who acts, asks, was invited or helps; what waits for consent; the manner of representation."""
    actions.note_opening(organization, _("Osoby i upoważnienia"), by=request.user, at=now())
    own = Mandate.objects.filter(organization=organization, ended_at=None).select_related("user")
    mandates = list(own.order_by("role", "requested_at"))
    files = attachments_of(mandates)
    may_represent = permissions.may_represent(request.user, organization)
    is_office = permissions.is_registrar(request.user)
    accesses = MatterAccess.objects.in_force(today()).filter(organization=organization)
    context = {
        "organization": organization,
        "dossier": dossier_of(organization),
        "rows": [
            _with_rights(mandate, request.user, files[mandate.pk], is_decider=may_represent or is_office)
            for mandate in mandates
        ],
        "invitations": Invitation.objects.open()
        .filter(organization=organization)
        .select_related("invited_by"),
        "accesses": accesses.select_related("user"),
        "acts": RepresentationAct.objects.waiting().filter(organization=organization),
        "may_represent": may_represent,
    }
    return render(request, "organizations/people/list.html", context)


def _with_rights(mandate: Mandate, user, files: list, *, is_decider: bool) -> dict[str, Any]:
    """What this person may do with one row; asks nothing of the database again."""
    is_own, is_office = mandate.user_id == user.pk, permissions.is_registrar(user)
    is_editors = mandate.role == mandate._meta.get_field("role").choices[1][0]
    may_decide = is_office or (is_decider and is_editors and not is_own)
    days = parameters.days(RENEWAL, on=today())
    return {
        "mandate": mandate,
        "files": files if is_own or is_decider else [],
        "may_grant": may_decide and mandate.is_requested,
        "may_refuse": may_decide and mandate.is_requested and not is_own,
        "may_end": mandate.verified_at is not None and (is_own or may_decide),
        "may_renew": is_own
        and mandate.verified_at is not None
        and law.is_renewable(mandate.valid_until, on=today(), days=days),
        "may_see_work": is_decider and mandate.verified_at is not None,
        "is_own": is_own,
    }


def _mandate_or_404(organization: Organization, pk: int) -> Mandate:
    rows = Mandate.objects.select_related("user", "organization")
    return get_object_or_404(rows, pk=pk, organization=organization)


@require_POST
@of_person(permissions.may_see_people)
def decide(request, organization: Organization, pk: int):
    """Grants or refuses what was asked of this organisation."""
    mandate = _mandate_or_404(organization, pk)
    reason = request.POST.get("reason", "")[:1000].replace("\0", "")
    try:
        said = _decided(mandate, request.POST.get("decision", ""), reason, by=request.user)
    except LawBreached as refused:
        for breach in refused.breaches:
            messages.error(request, breach.message)
    except MoveRefused:
        raise PermissionDenied from None
    else:
        messages.success(request, said)
    is_still_in = permissions.may_see_people(request.user, organization)
    return redirect("organizations:people", organization.slug) if is_still_in else redirect(organization)


def _decided(mandate: Mandate, decision: str, reason: str, *, by):
    at = now()
    if decision == "grant":
        actions.grant_mandate(mandate, by=by, at=at)
        return _("Upoważnienie nadane.")
    if decision == "end" and mandate.is_requested and mandate.user_id != by.pk:
        actions.refuse_mandate(mandate, by=by, at=at, reason=reason)
        return _("Prośba odrzucona.")
    if decision == "end":
        actions.revoke_mandate(mandate, by=by, at=at, reason=reason)
        return _("Upoważnienie odwołane.")
    raise MoveRefused(decision)


@of_person(permissions.may_see_people)
def leave(request, organization: Organization, pk: int):
    """Ends a mandate, one's own or an editor's; shows first what the person has begun."""
    mandate = _mandate_or_404(organization, pk)
    if not permissions.may_end_mandate(request.user, mandate) or not _is_held(mandate):
        raise Http404
    is_last = permissions.is_last_representative(mandate, on=today()) and not permissions.is_registrar(
        request.user
    )
    form = LeavingForm(request.POST or None, is_last=is_last)
    if request.method == "POST" and form.is_valid() and _leave(request, mandate, form):
        messages.success(request, _("Upoważnienie odwołane. Ta osoba nie ma już dostępu."))
        is_still_in = permissions.may_see_people(request.user, organization)
        return redirect("organizations:people", organization.slug) if is_still_in else redirect(organization)
    context = {
        "organization": organization,
        "mandate": mandate,
        "form": form,
        "is_own": mandate.user_id == request.user.pk,
        "begun": begun_by(organization, mandate.user),
    }
    return render(request, "organizations/people/leave.html", context)


def _is_held(mandate: Mandate) -> bool:
    return mandate.verified_at is not None and mandate.ended_at is None


def _leave(request, mandate: Mandate, form: LeavingForm) -> bool:
    try:
        actions.revoke_mandate(mandate, by=request.user, at=now(), **form.cleaned_data)
    except LawBreached as refused:
        show_breaches(form, refused)
        return False
    except MoveRefused:
        form.add_error(None, _("To upoważnienie zostało już odwołane."))
        return False
    return True


@of_person(permissions.may_see_people)
def handover(request, organization: Organization, pk: int):
    """What a person, also one who has left, began for the organisation and somebody has to take over."""
    mandate = _mandate_or_404(organization, pk)
    is_decider = permissions.may_represent(request.user, organization) or permissions.is_registrar(
        request.user
    )
    if mandate.verified_at is None or not (is_decider or mandate.user_id == request.user.pk):
        raise Http404
    actions.note_opening(
        organization, _("Przekazanie spraw"), by=request.user, at=now(), label=str(mandate.user)
    )
    begun = begun_by(organization, mandate.user)
    context = {"organization": organization, "mandate": mandate, "begun": begun}
    return render(request, "organizations/people/handover.html", context)


@of_person(permissions.may_see_people)
def renew(request, organization: Organization, pk: int):
    """Asks for one's own mandate anew before, or just after, it runs out."""
    mandate = _mandate_or_404(organization, pk)
    if mandate.user_id != request.user.pk or not _is_held(mandate):
        raise Http404
    form = RenewalForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (asked := _renew(request, mandate, form)):
        messages.success(
            request, _("Prośba o przedłużenie wysłana. Dotychczasowe upoważnienie działa do końca.")
        )
        return redirect("organizations:request", asked.pk)
    context = {"organization": organization, "mandate": mandate, "form": form}
    return render(request, "organizations/people/renew.html", context)


def _renew(request, mandate: Mandate, form: RenewalForm) -> Mandate | None:
    try:
        return actions.request_mandate(
            mandate.organization, user=request.user, role=mandate.role, at=now(), **form.cleaned_data
        )
    except LawBreached as refused:
        show_breaches(form, refused)
        return None
