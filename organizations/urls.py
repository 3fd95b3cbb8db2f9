"""Addresses of this room."""

from django.urls import path

from .views import booklet, logos, organization, partners, public

app_name = "organizations"
urlpatterns = [
    path("", public.RegistryList.as_view(), name="list"),
    path("informator/", public.Informator.as_view(), name="informator"),
    path("informator/informator-ngo.pdf", booklet.booklet, name="booklet"),
    path("branze/<slug:code>/", public.BranchList.as_view(), name="branch"),
    path("partnerzy/", partners.PartnerList.as_view(), name="partners"),
    path("partnerzy/<int:pk>/", partners.partner, name="partner"),
    path("partnerzy/<int:pk>/odpowiedz/", partners.answer, name="partner_answer"),
    path("partnerzy/<int:pk>/zmien/", partners.edit_notice, name="partner_edit"),
    path("partnerzy/<int:pk>/zdejmij/", partners.withdraw_notice, name="partner_withdraw"),
    path("partnerzy/<int:pk>/zglos/", partners.report_notice, name="partner_report"),
    path("zarejestruj/", organization.register, name="register"),
    path("wybierz/", organization.choose, name="choose"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/logo/", logos.edit_logo, name="edit_logo"),
    path("<slug:slug>/logo/<slug:version>.png", logos.logo, name="logo"),
    path("<slug:slug>/partner/", partners.add_notice, name="partner_add"),
    path("<slug:slug>/zglos-blad/", public.report_error, name="report_error"),
    path("<slug:slug>/edytuj/", organization.edit, name="edit"),
    path("<slug:slug>/potwierdz/", organization.confirm, name="confirm"),
    path("<slug:slug>/oferta/", organization.offers, name="offers"),
    path("<slug:slug>/przejmij/", organization.claim, name="claim"),
    path("<slug:slug>/osoby/", organization.people, name="people"),
    path("<slug:slug>/osoby/<int:pk>/", organization.decide, name="decide"),
]
