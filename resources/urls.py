"""Addresses of municipal resources."""

from django.urls import path

from .views import public

app_name = "resources"
urlpatterns = [
    path("", public.ResourceList.as_view(), name="list"),
    path("<slug:slug>/", public.detail, name="detail"),
]
