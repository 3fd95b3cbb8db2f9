"""How the log-in library behaves in this portal."""

import base64
import hashlib
import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.common.clock import now
from core.common.sites import absolute
from core.legal import audit

from .browsers import browser_name

logger = logging.getLogger(__name__)


WAYS = {
    "reauthenticate": _("Wpisz hasło"),
    "mfa_reauthenticate": _("Wpisz kod z aplikacji albo kod zapasowy"),
    "mfa_reauthenticate:webauthn": _("Użyj klucza dostępu"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Own wording, links from the settings, one answer to too many attempts, every log-in on record."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("To konto jest zablokowane."),
        "duplicate_email": _("To już jest adres Twojego konta. Wpisz inny."),
        "email_password_mismatch": _("Adres e-mail albo hasło się nie zgadza. Sprawdź jedno i drugie."),
        "email_taken": _("Tego adresu nie można użyć. Wpisz inny."),
        "enter_current_password": _("Wpisz hasło, którego używasz teraz."),
        "incorrect_code": _("Kod się nie zgadza albo wygasł. Sprawdź go i wpisz jeszcze raz."),
        "incorrect_password": _("Hasło się nie zgadza. Wpisz je jeszcze raz."),
        "invalid_password_reset": _("Ten odnośnik już nie działa. Poproś o nowy."),
        "same_as_current": _("Wpisz inny adres niż dotychczasowy."),
        "too_many_login_attempts": _("Za dużo nieudanych prób. Zaloguj się jeszcze raz od początku."),
        "rate_limited": _("Za dużo prób naraz. Poczekaj kilka minut i spróbuj jeszcze raz."),
    }

    # --- limits and redirects ---------------------------------------------------------------------
    def validation_error(self, code, *args):
        """Too many attempts end in one plain answer (429), before anything is hashed."""
        if code == "too_many_login_attempts":
            raise ImmediateHttpResponse(respond_429(self.request))
        return super().validation_error(code, *args)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Attempts are counted per account, under whatever host name they arrive."""
        return credentials.get("email", "").lower()

    def is_safe_url(self, url):
        """Redirects stay in the portal: only paths, never another host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_password_change_redirect_url(self, request):
        return reverse("account_home")

    def get_email_verification_redirect_url(self, email_address):
        return reverse("account_home" if self.request.user.is_authenticated else "account_login")

    def get_reauthentication_methods(self, user):
        return [way | {"description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    # --- accounts ---------------------------------------------------------------------------------
    def save_user(self, request, user, form, commit=True):
        user.full_name = form.cleaned_data.get("full_name", "")
        return super().save_user(request, user, form, commit)

    def authentication_failed(self, request, **credentials):
        logger.warning("log-in refused")

    def post_login(self, request, user, **kwargs):
        audit.record(user, _now("Zalogowanie"), by=user, at=now())
        return super().post_login(request, user, **kwargs)

    # --- mail -------------------------------------------------------------------------------------
    def get_reset_password_from_key_url(self, key):
        user, token = key.split("-", 1)
        return absolute(reverse("account_reset_password_from_key", args=[user, token]))

    def send_account_already_exists_mail(self, email):
        context = {
            "login_url": absolute(reverse("account_login")),
            "password_reset_url": absolute(reverse("account_reset_password")),
        }
        self.send_mail("account/email/account_already_exists", email, context)

    def send_mail(self, template_prefix, email, context):
        """Nothing of the request's host goes into a mail: addresses come from the settings."""
        facts = {
            "email": email,
            "site_url": settings.SITE_URL,
            "account_url": absolute(reverse("account_home")),
            **context,
        }
        self.render_mail(template_prefix, email, facts).send()

    def get_http_user_agent(self, request):
        """The browser by its common name: what a browser says of itself is text of a stranger."""
        return browser_name(super().get_http_user_agent(request))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie encrypted in the database, so that a copy of it opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Tej metody nie można wyłączyć."),
        "cannot_generate_recovery_codes": _("Najpierw włącz aplikację z kodami albo dodaj klucz dostępu."),
        "incorrect_code": _(
            "Kod się nie zgadza. Wpisz ten, który aplikacja pokazuje teraz, albo kod zapasowy."
        ),
        "unverified_email": _("Najpierw potwierdź adres e-mail."),
    }

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _now("Klucz %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}


def _cipher() -> MultiFernet:
    """Encrypts with ``SECRET_KEY``, still reads what its predecessors encrypted."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"second factor" + key.encode()).digest())
