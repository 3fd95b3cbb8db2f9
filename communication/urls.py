"""Addresses of news, the newsletter and the contact page."""

from django.urls import path

from .views import contact, newsletter, public, sender

app_name = "communication"
urlpatterns = [
    path("aktualnosci/", public.NewsList.as_view(), name="news_list"),
    path("aktualnosci/rss/", public.news_feed, name="news_feed"),
    path("aktualnosci/zglos/", sender.send_news, name="send_news"),
    path("aktualnosci/zglos/<row:pk>/", sender.correct_news, name="correct_news"),
    path("aktualnosci/<slug:slug>/", public.news, name="news"),
    path("aktualnosci/<slug:slug>/wydarzenie.ics", public.news_ical, name="news_ical"),
    path("newsletter/", newsletter.newsletter, name="newsletter"),
    path("newsletter/zapisano/", newsletter.signed_up, name="signed_up"),
    path("newsletter/potwierdz/<str:token>/", newsletter.confirm, name="confirm"),
    path("newsletter/ustawienia/<str:token>/", newsletter.settings, name="settings"),
    path("newsletter/wypisz/<str:token>/", newsletter.unsubscribe, name="unsubscribe"),
    path("newsletter/<slug:slug>/", newsletter.issue, name="issue"),
    path("kontakt/", contact.contact, name="contact"),
]
