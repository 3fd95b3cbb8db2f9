"""Addresses of small grants."""

from django.urls import path

from .views import public

app_name = "grants"
urlpatterns = [
    path("", public.SmallGrantList.as_view(), name="list"),
    path("<row:pk>/", public.detail, name="detail"),
]
