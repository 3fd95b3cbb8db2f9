"""Addresses of pages that look across rooms, and of the standing pages."""

from django.urls import path
from django.views.generic import RedirectView

from competitions.views.offers.pages import my_offers

from . import calendar, data, health, my, pages, rulebook, search, sitemaps

urlpatterns = [
    path("kalendarz/", calendar.calendar, name="calendar"),
    path("szukaj/", search.search, name="search"),
    path("dane/", data.data, name="data"),
    path("wiedza/", pages.knowledge, name="knowledge"),
    path("moje/", my.my_matters, name="my_matters"),
    path("moje/oferty/", my_offers, name="my_offers"),
    path("moje/terminy/", my.my_deadlines, name="my_deadlines"),
    path("moje/terminy/klucz/", my.renew_calendar_key, name="renew_calendar_key"),
    path("moje/terminy/<str:token>.ics", my.private_calendar, name="private_calendar"),
    path("jezyk/<slug:code>/", pages.choose_language, name="choose_language"),
    path("wyglad/", pages.appearance, name="appearance"),
    path("dostepnosc/", pages.accessibility, name="accessibility"),
    path("prywatnosc/", pages.privacy, name="privacy"),
    path("regulamin/", pages.terms, name="terms"),
    path("o-portalu/", pages.about, name="about"),
    path("o-portalu/podstawy-prawne/", rulebook.rulebook, name="rulebook"),
    path("mapa-strony/", sitemaps.site_map, name="site_map"),
    path("sitemap.xml", sitemaps.sitemap_xml, name="sitemap"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", RedirectView.as_view(url="/static/img/favicon.ico"), name="favicon"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
    path("zdrowie/zyje/", health.alive, name="alive"),
    path("zdrowie/gotowe/", health.ready, name="ready"),
]
