"""What every request passes through before a view sees it."""

import codecs
import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from core.common.patience import wait_for_database

logger = logging.getLogger(__name__)

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
# What browsers, feed readers and one-click unsubscribing use; TRACE would show cookies to scripts.
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class RejectMalformedInput:
    """Refuses foreign methods, and what would be answered with a 500: NUL bytes, unknown charsets."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            response = plain(405, "Tej metody nie obsługujemy.")
            response.headers["Allow"] = ", ".join(METHODS)
            return response
        if self.has_nul(request):
            return plain(400, "Adres albo ciasteczko zawiera niedozwolony znak.")
        if not self.has_known_charset(request):
            return plain(415, "Wyślij formularz w kodowaniu UTF-8.")
        return self.get_response(request)

    @staticmethod
    def has_nul(request) -> bool:
        """Quoted cookies may carry it too: »\\000«; the key of a session goes to the database."""
        in_address = "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", "")
        return in_address or any("\x00" in value for value in request.COOKIES.values())

    @staticmethod
    def has_known_charset(request) -> bool:
        if request.content_type not in FORM_TYPES:
            return True
        charset = (request.content_params or {}).get("charset", "utf-8")
        try:
            return codecs.lookup(charset).name in ("utf-8", "ascii")
        except LookupError:
            return False


def plain(status: int, text: str) -> HttpResponse:
    return HttpResponse(text + "\n", status=status, content_type="text/plain; charset=utf-8")


class SecurityHeaders:
    """Headers that no package sets for us; personal pages are never stored by caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        elif response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-cache")  # kept, but asked again each time
        return response


class ServiceUnavailable:
    """A database that is away is a 503 in plain Polish, never a 500 and never a silent loss.

    What somebody sends waits a few seconds first: a database that restarts is back before the person has to press again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST":
            wait_for_database()
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        logger.error("database unavailable", exc_info=exception)
        return service_unavailable()


def service_unavailable() -> HttpResponse:
    response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = "10"
    return response


class ChosenLanguage:
    """The language of the cookie, Polish without one: an address never changes its language by itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
