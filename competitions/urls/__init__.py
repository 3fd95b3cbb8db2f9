"""Addresses of calls. Words like »harmonogram« are no slug of a call: slugs that would take one get a number."""

from django.urls import include, path

from ..views import (
    drafts,
    fit,
    notice,
    outcome,
    paid,
    public,
    questions,
    schedule,
    searches,
)
from ..views.offers import start
from . import offers as urls_offers

app_name = "competitions"
urlpatterns = [
    path("", public.CallList.as_view(), name="list"),
    path("dotacje/", outcome.AwardList.as_view(), name="awards"),
    path("harmonogram/", schedule.Schedule.as_view(), name="schedule"),
    path("oferty/", include(urls_offers.urlpatterns)),
    path("sprawdz/", fit.fit_check, name="fit"),
    path("wydatki/", paid.paid, name="paid"),
    path("szkice/", drafts.draft_list, name="drafts"),
    path("szkice/<slug:slug>/", drafts.draft, name="draft"),
    path("szkice/<slug:slug>/uwaga/", drafts.send_remark, name="draft_send"),
    path("potwierdzenie/<str:token>/", drafts.receipt, name="draft_receipt"),
    path("wyszukiwania/", searches.searches, name="searches"),
    path("wyszukiwania/zapisz/", searches.save_search, name="save_search"),
    path("wyszukiwania/<int:pk>/", searches.edit_search, name="edit_search"),
    path("wyszukiwania/stop/<str:token>/", searches.stop_search, name="stop_search"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/ogloszenie/", notice.notice, name="notice"),
    path("<slug:slug>/ogloszenie.pdf", notice.notice_file, name="notice_file"),
    path("<slug:slug>/zmiany/", notice.versions, name="versions"),
    path("<slug:slug>/podobne/", paid.similar, name="similar"),
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
