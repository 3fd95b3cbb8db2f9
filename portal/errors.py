"""Error pages that have no view of their own."""

import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.views import defaults

from core.common.middleware import service_unavailable


def csrf_failure(request, reason=""):
    """A form older than its session: the page says what to do, and nothing was saved."""
    return render(request, "403_csrf.html", status=403)


def server_error(request):
    """A database that goes away before the view begins (session, person) is a 503 too, not a fault of ours."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return service_unavailable()
    return defaults.server_error(request)
