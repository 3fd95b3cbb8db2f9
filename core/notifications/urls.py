"""Addresses of this room."""

from django.urls import path

from . import views

app_name = "notifications"

urlpatterns = [
    path("obserwuj/", views.follow, name="follow"),
    path("konto/powiadomienia/", views.preferences_page, name="preferences"),
    path("moje/powiadomienia/", views.centre, name="centre"),
    path("moje/powiadomienia/przeczytane/", views.mark_read, name="mark_read"),
    path("powiadomienia/wypisz/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
