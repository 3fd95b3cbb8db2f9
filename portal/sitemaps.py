"""The map of the portal, for robots (XML) and for people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.common.dates import SitemapEntry
from core.common.sites import absolute

from .rooms import from_rooms

LIMIT = 45_000
STATIC_PAGES = [
    ("/", _("Strona główna")),
    ("/konkursy/", _("Konkursy")),
    ("/konkursy/harmonogram/", _("Harmonogram konkursów")),
    ("/male-granty/", _("Małe granty")),
    ("/konsultacje/", _("Konsultacje")),
    ("/konsultacje/harmonogram/", _("Harmonogram konsultacji")),
    ("/dialog/", _("Ciała dialogu")),
    ("/organizacje/", _("Organizacje")),
    ("/organizacje/informator/", _("Informator NGO")),
    ("/organizacje/partnerzy/", _("Szukam partnera")),
    ("/okolica/", _("Organizacje w mojej okolicy")),
    ("/program/", _("Programy współpracy")),
    ("/program/postulaty/", _("Postulaty")),
    ("/zasoby/", _("Zasoby miejskie")),
    ("/aktualnosci/", _("Aktualności")),
    ("/kalendarz/", _("Kalendarz")),
    ("/wiedza/", _("Wiedza")),
    ("/newsletter/", _("Newsletter")),
    ("/dane/", _("Dane otwarte")),
    ("/szukaj/", _("Wyszukiwarka")),
    ("/dostepnosc/", _("Deklaracja dostępności")),
    ("/prywatnosc/", _("Polityka prywatności")),
    ("/regulamin/", _("Regulamin")),
    ("/kontakt/", _("Kontakt")),
    ("/o-portalu/", _("O portalu")),
    ("/o-portalu/podstawy-prawne/", _("Podstawy prawne")),
]


def sitemap_xml(request):
    """Every public address; drafts are not in the rooms' answers."""
    entries = [SitemapEntry(url) for url, _label in STATIC_PAGES] + list(from_rooms("sitemap_entries"))[
        :LIMIT
    ]
    rows = [{"location": absolute(e.url), "lastmod": e.changed_at} for e in entries]
    body = render_to_string("sitemap.xml", {"urlset": rows})
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def site_map(request):
    """The same for people: the standing pages, by section."""
    return render(request, "portal/site_map.html", {"pages": STATIC_PAGES})
