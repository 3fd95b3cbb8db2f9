"""Standing pages, and the two switches every page carries: language and appearance."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from communication.models import AccessibilityDeclaration
from core.city.models import OrganizationalUnit
from core.common.clock import now
from core.common.sites import absolute

from .glossary import TERMS
from .personal import purposes

YEAR_SECONDS = 365 * 24 * 3600
APPEARANCE_CHOICES = {
    "kolory": ("wyglad", {"auto", "light", "dark"}),
    "tekst": ("tekst", {"normal", "large"}),
}


def own_path(candidate: str | None) -> str:
    """A path of this portal to go back to; »/« for anything else."""
    allowed = (
        bool(candidate)
        and candidate.startswith("/")
        and url_has_allowed_host_and_scheme(candidate, allowed_hosts=None)
    )
    return candidate if allowed else "/"


def choose_language(request, code: str):
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = redirect(own_path(request.GET.get("next")))
    set_preference(response, settings.LANGUAGE_COOKIE_NAME, code)
    return response


def appearance(request):
    """With ``?kolory=`` or ``?tekst=`` remembers the choice; without them shows the choices."""
    chosen = [
        (cookie, request.GET[key])
        for key, (cookie, values) in APPEARANCE_CHOICES.items()
        if request.GET.get(key) in values
    ]
    if not chosen:
        return render(request, "portal/appearance.html", {"next": own_path(request.GET.get("next"))})
    response = redirect(own_path(request.GET.get("next")))
    for cookie, value in chosen:
        set_preference(response, cookie, value)
    return response


def set_preference(response, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=YEAR_SECONDS,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def accessibility(request):
    """The declaration as the coordinator keeps it; before there is one the page says so."""
    declaration = AccessibilityDeclaration.objects.first()
    return render(request, "portal/accessibility.html", {"declaration": declaration})


def privacy(request):
    return render(request, "portal/privacy.html", {"purposes": purposes()})


def terms(request):
    return render(request, "portal/terms.html")


def about(request):
    return render(request, "portal/about.html")


def knowledge(request):
    """Guides, glossary and contacts of the units."""
    units = OrganizationalUnit.objects.current().exclude(phones=[], emails=[])
    return render(request, "portal/knowledge.html", {"terms": TERMS, "units": units})


def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /konto/",
        "Disallow: /moje/",
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def security_txt(request):
    """How to report a fault of security (RFC 9116)."""
    expires = (now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {absolute('/kontakt/')}",
        f"Expires: {expires}",
        "Preferred-Languages: pl, en",
        f"Canonical: {absolute(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
