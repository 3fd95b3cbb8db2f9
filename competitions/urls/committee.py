"""Addresses of members and candidates of committees, under »moje/komisja«."""

from django.urls import path

from ..views import candidates, committee

app_name = "committee"
urlpatterns = [
    path("", committee.home, name="home"),
    path("kandydaci/", candidates.candidates, name="candidates"),
    path("kandydaci/zgloszenie/", candidates.apply, name="apply"),
    path("kandydaci/wskaz/", candidates.name, name="name"),
    path("kandydaci/<int:pk>/zgoda/", candidates.consent, name="consent"),
    path("kandydaci/<int:pk>/wycofaj/", candidates.withdraw, name="withdraw"),
    path("karta/<int:pk>/", committee.card, name="card"),
    path("<int:pk>/", committee.desk, name="desk"),
    path("<int:pk>/oswiadczenie/", committee.declare, name="declare"),
    path("<int:pk>/oferta/<int:offer_pk>/", committee.offer, name="offer"),
]
