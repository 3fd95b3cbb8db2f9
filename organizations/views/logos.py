"""The mark of an organisation: the picture itself, and the page where its people change it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.common.clock import now

from .. import actions, permissions
from ..forms import LogoForm
from ..models import Logo, Organization
from .organization import of_person

YEAR_SECONDS = 365 * 24 * 3600


@require_safe
def logo(request, slug: str, version: str):
    """The picture, for who may see the profile; its address changes with it, so browsers keep it."""
    found = get_object_or_404(Logo.objects.select_related("organization"), organization__slug=slug)
    if found.version != version or not permissions.may_see(request.user, found.organization):
        raise Http404
    try:
        with found.file.open("rb") as file:
            response = HttpResponse(file.read(), content_type="image/png")
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    is_public = found.organization.is_public
    response.headers["Cache-Control"] = (
        f"public, max-age={YEAR_SECONDS}, immutable" if is_public else "private, no-store"
    )
    return response


@of_person(permissions.may_edit)
def edit_logo(request, organization: Organization):
    """A new picture, other words for it, or none any more."""
    own = Logo.objects.filter(organization=organization).first()
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_logo(organization, by=request.user, at=now())
        messages.success(request, _("Logo usunięte."))
        return redirect(organization)
    form = LogoForm(
        request.POST or None,
        request.FILES or None,
        has_logo=own is not None,
        initial={"alt": own.alt if own else ""},
    )
    if request.method == "POST" and form.is_valid():
        _save(organization, form, by=request.user)
        messages.success(request, _("Zapisano logo."))
        return redirect(organization)
    return render(
        request, "organizations/logo.html", {"form": form, "organization": organization, "logo": own}
    )


def _save(organization: Organization, form: LogoForm, *, by) -> None:
    picture, alt = form.cleaned_data["picture"], form.cleaned_data["alt"]
    if picture is None:
        actions.describe_logo(organization, alt=alt, by=by, at=now())
    else:
        actions.set_logo(organization, picture=picture.content.read(), alt=alt, by=by, at=now())
