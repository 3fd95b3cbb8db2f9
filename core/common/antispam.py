"""Forms that anybody may send: a trap field, a shortest time, and a limit per sender. No puzzles.

Give a form ``AntiSpamMixin`` first among its bases; in the view ask ``is_too_often`` before acting.
"""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

SALT = "core.common.antispam"
SHORTEST = timedelta(seconds=3)
# A form left open over the weekend is still a person's.
LONGEST = timedelta(days=7)

NOT_TAKEN = _("Nie przyjęliśmy formularza: odczekaj kilka sekund i wyślij go jeszcze raz.")


class TrapInput(forms.TextInput):
    """A field that people neither see nor reach; what fills in every field falls into it."""

    is_hidden = True

    def render(self, name, value, attrs=None, renderer=None):
        attrs = {**(attrs or {}), "tabindex": "-1", "autocomplete": "off"}
        return format_html(
            '<div class="visually-hidden" aria-hidden="true"><label>{}{}</label></div>',
            _("Zostaw to pole puste"),
            super().render(name, value, attrs, renderer),
        )


def stamp() -> str:
    """The present moment, signed, for a form that is shown now."""
    return signing.dumps("", salt=SALT)


def age_is_human(stamped: str) -> bool:
    """Whether a form was shown neither a moment ago nor ages ago; False for what we have not signed."""
    try:
        signing.loads(stamped, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return False
    try:
        signing.loads(stamped, salt=SALT, max_age=SHORTEST)
    except signing.SignatureExpired:
        return True
    return False


class AntiSpamMixin(forms.Form):
    """A trap and a signed moment of showing; sending again after a while passes, and nothing typed is lost."""

    website_of_sender = forms.CharField(required=False, widget=TrapInput)
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shown_at"].initial = stamp

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_person = age_is_human(data.pop("shown_at", "")) and not data.pop("website_of_sender", "")
        if not is_person:
            self._show_again()
            raise forms.ValidationError(NOT_TAKEN, code="spam")
        return data

    def _show_again(self) -> None:
        """An empty trap, and a new moment of showing where the old one was not ours."""
        self.data = self.data.copy()
        self.data[self.add_prefix("website_of_sender")] = ""
        if not age_is_human(self.data.get(self.add_prefix("shown_at"), "")):
            self.data[self.add_prefix("shown_at")] = stamp()


def address_of(request: HttpRequest) -> str:
    """The visitor's address, as the log-in limits know it: behind a proxy of ours not the proxy's own."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:  # none given, as on a unix socket
        return ""


def is_too_often(request: HttpRequest, purpose: str, *, limit: int, within: timedelta) -> bool:
    """Counts one sending from this address for a purpose; True when there have been more than ``limit``.

    Only a keyed hash of the address is kept, and only as long as the period lasts. Without a cache
    nobody is held up.
    """
    sender = salted_hmac(SALT, address_of(request)).hexdigest()[:32]
    key = f"sent:{purpose}:{sender}"
    cache.add(key, 0, within.total_seconds())
    try:
        return cache.incr(key) > limit
    except ValueError:  # run out between the two calls
        return False
