"""Addresses of calls. »harmonogram« and »oferty« are no slugs of a call: slugs of calls that would take it get a number."""

from django.urls import include, path

from . import urls_offers
from .views import outcome, public, questions, schedule
from .views.offers import start

app_name = "competitions"
urlpatterns = [
    path("", public.CallList.as_view(), name="list"),
    path("dotacje/", outcome.AwardList.as_view(), name="awards"),
    path("harmonogram/", schedule.Schedule.as_view(), name="schedule"),
    path("oferty/", include(urls_offers.urlpatterns)),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/terminy.ics", public.calendar, name="calendar"),
    path("<slug:slug>/komisja/", outcome.committee, name="committee"),
    path("<slug:slug>/wyniki/", outcome.results, name="outcome"),
    path("<slug:slug>/wyniki/<int:pk>/", outcome.cards, name="cards"),
    path("<slug:slug>/wyniki.json", outcome.results_json, name="results_json"),
    path("<slug:slug>/uzasadnienie/", outcome.ask, name="ask_reasons"),
    path("<slug:slug>/wyniki.csv", public.results_file, name="results"),
    path("<slug:slug>/pytanie/", questions.ask, name="ask"),
    path("<slug:slug>/oferta/", start.start, name="offer_start"),
]
