"""People who log in. What they may do is in ``core.city`` (officials) and ``organizations`` (NGOs)."""

import re

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ADDRESS_LIKE = re.compile(r"https?:|www\.|[\x00-\x1f<>]|\w\.\w{2,}/", re.IGNORECASE)


def validate_person_name(value: str) -> None:
    """A name goes into the greetings of mails, so it must not carry addresses or control characters."""
    if ADDRESS_LIKE.search(value):
        raise ValidationError(_("Imię i nazwisko: wpisz same słowa, bez adresów stron i znaków specjalnych."))


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. The log-in name is the e-mail address."""

    email = models.EmailField(
        _("adres e-mail"), unique=True, error_messages={"unique": _("Konto z tym adresem już istnieje.")}
    )
    full_name = models.CharField(
        _("imię i nazwisko"), max_length=80, blank=True, validators=[validate_person_name]
    )
    is_staff = models.BooleanField(_("dostęp do panelu urzędnika"), default=False)
    is_active = models.BooleanField(_("konto czynne"), default=True)
    date_joined = models.DateTimeField(_("założone"), default=timezone.now)
    calendar_token = models.CharField(
        _("klucz prywatnego kalendarza"), max_length=64, blank=True, editable=False
    )
    # Counts requests for a new password: each one makes the links sent before worthless.
    resets_requested = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("konto")
        verbose_name_plural = _("konta")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Konto z tym adresem już istnieje."),
            )
        ]

    def __str__(self):
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.full_name.split()[:2]).upper() or self.email[:1].upper()
