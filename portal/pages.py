"""The start page and the obligatory pages."""

from django.shortcuts import render


def home(request):
    return render(request, "portal/home.html")
