"""Addresses of dialogue bodies."""

from django.urls import path

from .views import public

app_name = "dialogue_bodies"
urlpatterns = [
    path("", public.BodyList.as_view(), name="list"),
    path("krdpp/", public.council, name="council"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/posiedzenia.ics", public.meetings_ical, name="meetings"),
]
