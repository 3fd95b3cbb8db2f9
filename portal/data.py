"""Open data: every public list with its files and its data dictionary."""

from django.shortcuts import render

from .calendar import COLUMNS
from .rooms import from_rooms


def data(request):
    calendar = {
        "title": "Kalendarz",
        "url": "/kalendarz/",
        "formats": ["csv", "json", "ics"],
        "dictionary": COLUMNS,
    }
    return render(request, "portal/data.html", {"catalogue": [*from_rooms("export_catalogue"), calendar]})
