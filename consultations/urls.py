"""Addresses of this room."""

from django.urls import path  # noqa: F401 - the first pages come with the room

app_name = "consultations"
urlpatterns: list = []
