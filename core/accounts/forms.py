"""The forms of log-in, account and second factor, in our words.

The log-in library brings the checks; here are labels, hints and limits. A placeholder vanishes when typing
begins, so there are none.
"""

import logging
import time

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from .models import User, validate_person_name

logger = logging.getLogger(__name__)

ADDRESS_LABEL = _("Adres e-mail")
ADDRESS_WRONG = _("wpisz adres w postaci nazwa@domena.pl")
PASSWORD_HINT = _("Co najmniej 12 znaków. Może to być kilka zwykłych słów ze spacjami.")
AGAIN = _("Powtórz hasło")
PASSWORD_LENGTH = 256
CODE_LENGTH = 20
KEY_NAME_LENGTH = 60
KEY_ANSWER_LENGTH = 30_000
KEY_REFUSED = _("Klucz nie został przyjęty. Spróbuj jeszcze raz.")
# A code stays good for three half-minutes; it must not be used twice in that time.
CODE_LIFE_SECONDS = 120
# Longer than writing a mail to the outbox takes.
RESET_SECONDS = 0.1


class PersonNameField(forms.CharField):
    """First name and surname, fit for the greeting of a mail."""

    def __init__(self, **kwargs):
        kwargs |= {
            "label": _("Imię i nazwisko"),
            "max_length": User._meta.get_field("full_name").max_length,
            "validators": [validate_person_name],
            "widget": forms.TextInput(attrs={"autocomplete": "name", "class": "w-l"}),
        }
        super().__init__(**kwargs)


class TrapInput(forms.TextInput):
    """An input that people neither see nor reach; whoever fills it in is a robot."""

    is_hidden = True

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        self.attrs = {"tabindex": "-1", "autocomplete": "off"}
        box = super().render(name, value, attrs, renderer)
        return mark_safe(f'<div class="trap" aria-hidden="true">{box}</div>')  # noqa: S308 - Django rendered the input


class OurWords:
    """Takes the placeholders away and puts our labels, hints and lengths in."""

    words: dict[str, tuple] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name, (label, hint) in self.words.items():
            self._tell(name, label, hint)

    def _tell(self, name: str, label, hint) -> None:
        field = self.fields[name]
        field.label = label
        if hint is not None:
            field.help_text = hint
        if isinstance(field.widget, forms.TextInput):
            field.widget.attrs["class"] = "w-l"
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = ADDRESS_WRONG
        if isinstance(field.widget, forms.PasswordInput):
            _limit(field, PASSWORD_LENGTH)
        if name == "code":
            _limit(field, CODE_LENGTH)
            field.widget.attrs |= {"class": "w-m", "inputmode": "numeric"}


def _limit(field: forms.CharField, length: int) -> None:
    """No text of megabytes reaches the hasher or a comparison."""
    field.max_length = length
    field.widget.attrs["maxlength"] = str(length)
    field.validators.append(MaxLengthValidator(length))


# --- account --------------------------------------------------------------------------------------


class LoginForm(OurWords, account.LoginForm):
    words = {
        "login": (ADDRESS_LABEL, None),
        "password": (_("Hasło"), None),
        "remember": (_("Pamiętaj mnie na tym urządzeniu przez 14 dni"), None),
    }


class SignupForm(OurWords, account.SignupForm):
    full_name = PersonNameField()
    field_order = ["full_name", "email", "password1", "password2"]
    words = {
        "email": (ADDRESS_LABEL, _("Wyślemy na niego kod. Tym adresem będziesz się logować.")),
        "password1": (_("Hasło"), PASSWORD_HINT),
        "password2": (AGAIN, None),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["website"].widget = TrapInput()

    def try_save(self, request):
        """Takes as long for an address that has an account as for a new one, and survives a double click."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class NewAddressForm(OurWords, account.AddEmailForm):
    words = {
        "email": (_("Nowy adres e-mail"), _("Wyślemy na niego kod. Do potwierdzenia działa dotychczasowy."))
    }


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    words = {
        "oldpassword": (_("Obecne hasło"), None),
        "password1": (_("Nowe hasło"), PASSWORD_HINT),
        "password2": (_("Powtórz nowe hasło"), None),
    }


class SetPasswordForm(OurWords, account.SetPasswordForm):
    words = {"password1": (_("Hasło"), PASSWORD_HINT), "password2": (AGAIN, None)}


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    words = {"email": (ADDRESS_LABEL, _("Ten, którym się logujesz."))}

    def save(self, request, **kwargs):
        """Takes as long whether or not a mail was written, so that the clock tells no more than the page."""
        began = time.monotonic()
        email = super().save(request, **kwargs)
        time.sleep(max(0, RESET_SECONDS - (time.monotonic() - began)))
        return email


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    words = {"password1": (_("Nowe hasło"), PASSWORD_HINT), "password2": (_("Powtórz nowe hasło"), None)}


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    words = {"password": (_("Hasło"), None)}


class AddressCodeForm(OurWords, account.ConfirmEmailVerificationCodeForm):
    words = {"code": (_("Kod z listu"), _("Dziewięć cyfr, na przykład 123-456-789."))}


class NameForm(forms.Form):
    full_name = PersonNameField()


# --- second factor --------------------------------------------------------------------------------


class UsedOnce:
    """A code of the app is accepted once, also within the minute and a half in which it is good."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if not cache.add(f"accounts:used-code:{self.user.pk}:{code.strip().lower()}", 1, CODE_LIFE_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


APP_CODE = (_("Kod"), _("Sześć cyfr z aplikacji albo kod zapasowy."))


class CodeForm(OurWords, UsedOnce, codes.AuthenticateForm):
    words = {"code": APP_CODE}


class CodeAgainForm(OurWords, UsedOnce, codes.ReauthenticateForm):
    words = {"code": APP_CODE}


class ActivateAppForm(OurWords, totp.ActivateTOTPForm):
    words = {"code": (_("Kod z aplikacji"), _("Sześć cyfr, które aplikacja pokazuje po dodaniu konta."))}


class KeyAnswerField(forms.JSONField):
    """What the browser says for a key: JSON of a sane size and depth."""

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            return super().to_python((value or "")[:KEY_ANSWER_LENGTH])
        except RecursionError as error:
            raise forms.ValidationError(KEY_REFUSED, code="invalid") from error

    def bound_data(self, data, initial):
        """An answer is good once; it is not shown again."""

    def prepare_value(self, value):
        return ""


class RefusesOddKeys(forms.Form):
    """What a browser sends for a key is parsed by several libraries; whatever they stumble on is a wrong key."""

    credential = KeyAnswerField(error_messages={"invalid": KEY_REFUSED})

    def _clean_or_refuse(self, clean):
        try:
            return clean()
        except forms.ValidationError:
            raise
        except Exception as error:
            logger.warning("key refused: %s", type(error).__name__)
            raise forms.ValidationError(KEY_REFUSED, code="incorrect_code") from error


class UsesKey(RefusesOddKeys):
    def clean_credential(self):
        return self._clean_or_refuse(super().clean_credential)


class AddKeyForm(OurWords, RefusesOddKeys, keys.AddWebAuthnForm):
    words = {
        "name": (
            _("Nazwa klucza"),
            _("Żeby odróżnić go od innych, na przykład „telefon” albo „klucz w biurze”."),
        ),
        "passwordless": (
            _("Loguj mnie tym kluczem, bez hasła"),
            _("Urządzenie poprosi wtedy o odcisk palca, twarz albo PIN."),
        ),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _limit(self.fields["name"], KEY_NAME_LENGTH)
        self.fields["passwordless"].initial = True

    def clean(self):
        return self._clean_or_refuse(super().clean)


class RenameKeyForm(OurWords, keys.EditWebAuthnForm):
    words = {"name": (_("Nazwa klucza"), None)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _limit(self.fields["name"], KEY_NAME_LENGTH)


class KeyForm(UsesKey, keys.AuthenticateWebAuthnForm):
    pass


class LoginByKeyForm(UsesKey, keys.LoginWebAuthnForm):
    pass


class KeyAgainForm(UsesKey, keys.ReauthenticateWebAuthnForm):
    pass
