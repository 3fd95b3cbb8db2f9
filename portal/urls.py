"""All addresses of the portal; Polish, without diacritics, and stable."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from . import home

handler500 = "portal.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("konkursy/", include("competitions.urls")),
    path("moje/komisja/", include("competitions.urls.committee")),
    path("konsultacje/", include("consultations.urls")),
    path("dialog/", include("dialogue_bodies.urls")),
    path("organizacje/", include("organizations.urls")),
    path("program/postulaty/", RedirectView.as_view(url="/konsultacje/postulaty/"), name="demands"),
    path("program/", include("programmes.urls")),
    path("zasoby/", include("resources.urls")),
    path("male-granty/", include("grants.urls")),
    path("", include("communication.urls")),
    path("pliki/", include("core.documents.urls")),
    path("", include("core.notifications.urls")),
    path("konto/", include("core.accounts.urls")),
    path("", include("portal.urls_pages")),
    path("admin/", admin.site.urls),
]
