"""The portal's addresses and the floor: a bare view that counts, selects twenty rows and renders a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from organizations.models import Organization
from portal.urls import handler500
from portal.urls import urlpatterns as portal_urls

__all__ = ["handler500", "urlpatterns"]


def floor(request: HttpRequest) -> HttpResponse:
    rows = Organization.objects.all()
    return render(request, "bench_floor.html", {"count": rows.count(), "rows": rows[:20]})


urlpatterns = [path("bench-podloga/", floor), *portal_urls]
