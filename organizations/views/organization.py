"""Pages of people who register an organisation or act for one."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions, permissions
from ..actions.profile import dossier_of
from ..enums import MandateRole, State
from ..forms import MandateRequestForm, OfferFormSet, ProfileForm, RegistrationForm
from ..models import Mandate, Organization, ResidentOffer
from ..queries import organizations_of, similar_to


def of_person(may):
    """The view gets the organisation of the address when the person may act on it; else there is no such page."""

    def decorate(view):
        @wraps(view)
        @login_required
        def inner(request, slug: str, *args, **kwargs):
            organization = get_object_or_404(Organization.objects.select_related("parent"), slug=slug)
            if not may(request.user, organization):
                raise Http404
            return view(request, organization, *args, **kwargs)

        return inner

    return decorate


def show_breaches(form, refused: LawBreached) -> None:
    """Puts what the law found beside the fields; what has no field of the form, on top."""
    for breach in refused.breaches:
        form.add_error(breach.field if breach.field in form.fields else None, breach.message)


# --- registering and editing ----------------------------------------------------------------------------


@login_required
def register(request):
    """One page: the profile, the person's role, and similar organisations before a second record is made."""
    form = RegistrationForm(request.POST or None)
    similar: list[Organization] = []
    if request.method == "POST" and form.is_valid():
        similar = [] if form.cleaned_data["is_other"] else similar_to(form.cleaned_data["name"])
        if not similar and (profile := _register(request, form)):
            messages.success(request, _("Zgłoszenie przyjęte. Napiszemy, gdy sprawdzimy dane z rejestrem."))
            return redirect(profile)
    return render(request, "organizations/register.html", {"form": form, "similar": similar})


def _register(request, form: RegistrationForm) -> Organization | None:
    try:
        return actions.register_organization(
            form.profile(),
            spheres=form.chosen_spheres(),
            dossier=form.dossier_values(),
            role=form.cleaned_data["role"],
            evidence=form.cleaned_data["evidence"],
            by=request.user,
            at=now(),
        )
    except LawBreached as refused:
        show_breaches(form, refused)
        return None


@of_person(permissions.may_edit)
def edit(request, organization: Organization):
    """The whole profile; identity data of a public one wait for the office."""
    form = ProfileForm(request.POST or None, instance=organization, dossier=dossier_of(organization))
    if request.method == "POST" and form.is_valid() and _save(request, organization, form):
        return redirect(organization)
    context = {
        "form": form,
        "organization": organization,
        "seen_at": organization.updated_at.isoformat() if organization.updated_at else "",
        "waiting": organization.revisions.filter(decided_at=None).first(),
        "may_confirm": permissions.may_confirm(request.user, organization),
    }
    return render(request, "organizations/edit.html", context)


def _save(request, organization: Organization, form: ProfileForm) -> bool:
    was_open, at = organization.is_open, now()
    try:
        with transaction.atomic():
            revision = actions.update_profile(
                organization, form.changes(), by=request.user, at=at, seen_at=_seen_at(request)
            )
            if organization.state in (State.DRAFT, State.RETURNED):
                actions.submit(organization, by=request.user, at=at)
    except LawBreached as refused:
        show_breaches(form, refused)
        return False
    _say_what_happened(request, is_sent=was_open, is_waiting=revision is not None)
    return True


def _seen_at(request):
    try:
        return parse_datetime(request.POST.get("seen_at", ""))
    except ValueError:
        return None


def _say_what_happened(request, *, is_sent: bool, is_waiting: bool) -> None:
    if is_sent:
        messages.success(request, _("Zgłoszenie wysłane. Napiszemy, gdy sprawdzimy dane z rejestrem."))
    elif is_waiting:
        messages.success(request, _("Zapisano. Zmiana danych rejestrowych czeka na zgodę urzędu."))
    else:
        messages.success(request, _("Zapisano zmiany w profilu."))


@require_POST
@of_person(permissions.may_confirm)
def confirm(request, organization: Organization):
    """One click: »Potwierdzam aktualność danych« (R-ORG-18)."""
    actions.confirm_data(organization, by=request.user, at=now())
    messages.success(request, _("Dziękujemy, dane są potwierdzone na kolejny rok."))
    return redirect(_own_path(request.POST["next"]) if "next" in request.POST else organization)


@of_person(permissions.may_edit)
def offers(request, organization: Organization):
    """What the organisation offers residents; the Informator is made of it."""
    if not organization.is_public:
        raise Http404
    rows = ResidentOffer.objects.filter(organization=organization)
    formset = OfferFormSet(request.POST or None, queryset=rows, prefix="oferty")
    if request.method == "POST" and formset.is_valid():
        actions.save_offers(organization, formset.rows(), by=request.user, at=now())
        messages.success(request, _("Zapisano ofertę dla mieszkanek i mieszkańców."))
        return redirect(organization)
    return render(request, "organizations/offers.html", {"organization": organization, "formset": formset})


# --- acting for an organisation -------------------------------------------------------------------------


@require_POST
@login_required
def choose(request):
    """Switches the organisation the person acts for; only to one with a mandate in force."""
    wanted = request.POST.get("organization", "")
    chosen = next((o for o in organizations_of(request.user) if str(o.pk) == wanted), None)
    if chosen is None:
        raise PermissionDenied
    request.session["organization"] = chosen.pk
    messages.success(request, _("Działasz teraz w imieniu: %(name)s.") % {"name": chosen})
    return redirect(_own_path(request.POST.get("next", "")))


def _own_path(path: str) -> str:
    is_own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_own else reverse("my_matters")


@login_required
def claim(request, slug: str):
    """Asks for the right to act for a public organisation (R-ORG-19)."""
    organization = get_object_or_404(Organization.objects.published(), slug=slug)
    form = MandateRequestForm(request.POST or None, initial={"role": MandateRole.NGO_EDITOR})
    if request.method == "POST" and form.is_valid():
        try:
            actions.request_mandate(organization, user=request.user, at=now(), **form.cleaned_data)
        except LawBreached as refused:
            show_breaches(form, refused)
        else:
            messages.success(request, _("Prośba wysłana. Urząd sprawdzi ją w rejestrze i odpisze."))
            return redirect(organization)
    return render(request, "organizations/claim.html", {"organization": organization, "form": form})


@of_person(permissions.may_see_people)
def people(request, organization: Organization):
    """Who acts for the organisation and who asks to; representatives decide on editors."""
    mandates = Mandate.objects.filter(organization=organization, ended_at=None).select_related(
        "user", "organization"
    )
    rows = [_with_rights(mandate, request.user) for mandate in mandates.order_by("role", "requested_at")]
    return render(request, "organizations/people.html", {"organization": organization, "rows": rows})


def _with_rights(mandate: Mandate, user) -> dict[str, Any]:
    may_decide = permissions.may_decide_mandate(user, mandate)
    return {
        "mandate": mandate,
        "may_grant": may_decide and mandate.is_requested,
        "may_end": mandate.user_id == user.pk or may_decide,
        "is_own": mandate.user_id == user.pk,
    }


@require_POST
@of_person(permissions.may_see_people)
def decide(request, organization: Organization, pk: int):
    """Grants, refuses or revokes a mandate of this organisation."""
    mandate = get_object_or_404(Mandate, pk=pk, organization=organization)
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
