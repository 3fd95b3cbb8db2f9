"""Addresses of this room."""

from django.urls import path

from .views import (
    access_log,
    acts,
    claims,
    invitations,
    organization,
    people,
    public,
    registration,
    revisions,
    standing,
)

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
    path("zaproszenie/<str:token>/", invitations.invitation, name="invitation"),
    path("prosby/<int:pk>/", claims.request_page, name="request"),
    path("prosby/<int:pk>/wycofaj/", claims.withdraw, name="withdraw_request"),
    path("dostepy/<int:pk>/zakoncz/", invitations.end_help, name="end_help"),
    path("potwierdzenie/<str:token>/", standing.confirm_page, name="confirm_page"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/zglos-blad/", public.report_error, name="report_error"),
    path("<slug:slug>/edytuj/", organization.edit, name="edit"),
    path("<slug:slug>/potwierdz/", organization.confirm, name="confirm"),
    path("<slug:slug>/oferta/", organization.offers, name="offers"),
    path("<slug:slug>/zmiany/", revisions.revisions, name="revisions"),
    path("<slug:slug>/przejmij/", claims.claim, name="claim"),
    path("<slug:slug>/osoby/", people.people, name="people"),
    path("<slug:slug>/osoby/<int:pk>/", people.decide, name="decide"),
    path("<slug:slug>/osoby/<int:pk>/odwolaj/", people.leave, name="leave"),
    path("<slug:slug>/osoby/<int:pk>/przekazanie/", people.handover, name="handover"),
    path("<slug:slug>/osoby/<int:pk>/przedluz/", people.renew, name="renew"),
    path("<slug:slug>/zapros/", invitations.invite, name="invite"),
    path("<slug:slug>/zaproszenia/<int:pk>/", invitations.manage, name="manage_invitation"),
    path("<slug:slug>/czynnosci/<int:pk>/", acts.act, name="act"),
    path("<slug:slug>/rozwiazanie/", acts.dissolve, name="dissolve"),
    path("<slug:slug>/dziennik/", access_log.access_log, name="access_log"),
]
