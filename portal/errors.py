"""Error pages that have no view of their own."""

import sys

from django.db import InterfaceError, OperationalError
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views import defaults

from core.accounts import kept_form
from core.common.middleware import service_unavailable


def csrf_failure(request, reason=""):
    """A form older than its session, as after logging in in another tab: nothing was saved and nothing is lost.

    What was typed is shown ready to be sent again, but only for a form that the browser says came from a page of
    ours: another site may not prepare one for a click.
    """
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    context = {
        "kept": kept_form.read(request) if is_ours else None,
        "takes_no_cookie": reason == REASON_NO_CSRF_COOKIE,
    }
    response = render(request, "403_csrf.html", context, status=403)
    add_never_cache_headers(response)
    return response


def server_error(request):
    """A database that goes away before the view begins (session, person) is a 503 too, not a fault of ours."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return service_unavailable()
    return defaults.server_error(request)
