"""What officials' sessions must keep to: an end, and a second factor."""

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.common.formats import counted

from . import kept_form
from .permissions import is_official, must_set_second_factor

BEGAN, SEEN = "official_since", "official_seen"
# The time of the last request is written at most this often.
SEEN_STEP_SECONDS = 60
# Pages that a person without a second factor may still open.
OPEN_NAMES = {
    "choose_language",
    "appearance",
    "accessibility",
    "privacy",
    "terms",
    "contact",
    "alive",
    "ready",
}


@dataclass(frozen=True)
class SessionEnd:
    """When the session of this request will end if nothing happens; a final end cannot be put off."""

    seconds: int
    is_final: bool

    @classmethod
    def after(cls, lasted: int) -> "SessionEnd":
        left, idle = settings.OFFICIAL_SESSION_TOTAL_SECONDS - lasted, settings.OFFICIAL_SESSION_IDLE_SECONDS
        return cls(seconds=min(left, idle), is_final=left <= idle)


class OfficialSession:
    """Ends an official's session that was left alone or lasts too long; what was typed is kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Runs after the check of the form's token, so that only the person's own form is kept."""
        if not settings.REQUIRE_SECOND_FACTOR or not is_official(request.user):
            return None
        moment = int(time.time())
        began, seen = request.session.setdefault(BEGAN, moment), request.session.setdefault(SEEN, moment)
        if moment - seen > settings.OFFICIAL_SESSION_IDLE_SECONDS:
            return self.end(
                request,
                _("Przez %(time)s nic się nie działo, więc wylogowaliśmy Cię.") % {"time": idle_time()},
            )
        if moment - began > settings.OFFICIAL_SESSION_TOTAL_SECONDS:
            return self.end(request, _("Od zalogowania minęło dużo czasu, więc wylogowaliśmy Cię."))
        if moment - seen >= SEEN_STEP_SECONDS:
            request.session[SEEN] = moment
        request.session_end = SessionEnd.after(moment - began)
        return None

    @staticmethod
    def end(request: HttpRequest, text: str) -> HttpResponse:
        form = kept_form.read(request)
        logout(request)
        messages.warning(request, text)
        if form is None:
            return go(
                request, "account_login", next=request.get_full_path() if request.method == "GET" else ""
            )
        kept_form.keep(request, form)
        return go(request, "account_login", next=reverse("kept_form"))


def idle_time() -> str:
    return counted(settings.OFFICIAL_SESSION_IDLE_SECONDS // 60, _("minutę|minuty|minut"))


class RequireSecondFactor:
    """Officials and committee members set up a second factor before they open anything but their account."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if self.is_open(request) or not must_set_second_factor(request.user):
            return None
        return go(request, "second_factor_required")

    @staticmethod
    def is_open(request: HttpRequest) -> bool:
        is_account = request.path.startswith(reverse("account_home"))
        return is_account or request.resolver_match.view_name in OPEN_NAMES


def go(request: HttpRequest, name: str, **query: Any) -> HttpResponse:
    """A redirect that a whole page follows, also when only a part of it was asked for."""
    given = {key: value for key, value in query.items() if value}
    url = reverse(name) + (f"?{urlencode(given)}" if given else "")
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
