"""Error pages that have no view of their own."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form older than its session: the page says what to do, and nothing was saved."""
    return render(request, "403_csrf.html", status=403)
