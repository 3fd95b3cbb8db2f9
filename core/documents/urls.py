"""The addresses of files."""

from django.urls import path

from .views import download

app_name = "documents"
urlpatterns = [
    path("<int:pk>/<str:name>", download, name="download"),
]
