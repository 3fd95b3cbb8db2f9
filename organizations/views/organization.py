"""Pages of people who act for an organisation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core.common.clock import now
from core.legal.rules import LawBreached

from .. import actions, permissions
from ..actions.profile import dossier_of
from ..enums import State
from ..forms import OfferFormSet, ProfileForm
from ..models import Organization, ResidentOffer
from ..queries import organizations_of
from .access import of_person, show_breaches

# --- editing ----------------------------------------------------------------------------------------


@of_person(permissions.may_edit)
def edit(request, organization: Organization):
    """The whole profile; identity data of a public one wait for the office."""
    form = ProfileForm(request.POST or None, instance=organization, dossier=dossier_of(organization))
    if request.method == "POST" and form.is_valid() and _save(request, organization, form):
        return redirect(organization)
    if request.method == "GET" and organization.is_public:
        actions.note_opening(organization, _("Formularz profilu"), by=request.user, at=now())
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
