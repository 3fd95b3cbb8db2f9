"""Addresses of calls. »harmonogram« is no slug of a call: slugs of calls that would take it get a number."""

from django.urls import path

from .views import public, questions, schedule

app_name = "competitions"
urlpatterns = [
    path("", public.CallList.as_view(), name="list"),
    path("harmonogram/", schedule.Schedule.as_view(), name="schedule"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/terminy.ics", public.calendar, name="calendar"),
    path("<slug:slug>/wyniki.csv", public.results_file, name="results"),
    path("<slug:slug>/pytanie/", questions.ask, name="ask"),
]
