"""Addresses of this room."""

from django.urls import path

from .views import organization, public, registration

app_name = "organizations"
urlpatterns = [
    path("", public.RegistryList.as_view(), name="list"),
    path("informator/", public.Informator.as_view(), name="informator"),
    path("branze/<slug:code>/", public.BranchList.as_view(), name="branch"),
    path("zarejestruj/", registration.start, name="register"),
    path("zarejestruj/<int:pk>/numer/", registration.number, name="register_number"),
    path("zarejestruj/<int:pk>/podobne/", registration.similar, name="register_similar"),
    path("zarejestruj/<int:pk>/sprawdz/", registration.check, name="register_check"),
    path("zarejestruj/<int:pk>/usun/", registration.discard, name="register_discard"),
    path("zarejestruj/<int:pk>/<slug:step>/", registration.step, name="register_step"),
    path("wybierz/", organization.choose, name="choose"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/zglos-blad/", public.report_error, name="report_error"),
    path("<slug:slug>/edytuj/", organization.edit, name="edit"),
    path("<slug:slug>/potwierdz/", organization.confirm, name="confirm"),
    path("<slug:slug>/oferta/", organization.offers, name="offers"),
    path("<slug:slug>/przejmij/", organization.claim, name="claim"),
    path("<slug:slug>/osoby/", organization.people, name="people"),
    path("<slug:slug>/osoby/<int:pk>/", organization.decide, name="decide"),
]
