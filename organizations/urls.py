"""Addresses of this room."""

from django.urls import path

from .views import organization, public, standing

app_name = "organizations"
urlpatterns = [
    path("", public.RegistryList.as_view(), name="list"),
    path("informator/", public.Informator.as_view(), name="informator"),
    path("branze/<slug:code>/", public.BranchList.as_view(), name="branch"),
    path("zarejestruj/", organization.register, name="register"),
    path("wybierz/", organization.choose, name="choose"),
    path("potwierdzenie/<str:token>/", standing.confirm_page, name="confirm_page"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/zglos-blad/", public.report_error, name="report_error"),
    path("<slug:slug>/edytuj/", organization.edit, name="edit"),
    path("<slug:slug>/potwierdz/", organization.confirm, name="confirm"),
    path("<slug:slug>/oferta/", organization.offers, name="offers"),
    path("<slug:slug>/przejmij/", organization.claim, name="claim"),
    path("<slug:slug>/osoby/", organization.people, name="people"),
    path("<slug:slug>/osoby/<int:pk>/", organization.decide, name="decide"),
]
