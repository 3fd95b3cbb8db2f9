"""Addresses of cooperation programmes."""

from django.urls import path

from .views import public

app_name = "programmes"
urlpatterns = [
    path("", public.ProgrammeList.as_view(), name="list"),
    path("<slug:slug>/", public.detail, name="detail"),
]
