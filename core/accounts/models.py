"""People who log in. What they may do is in ``core.city`` (officials) and ``organizations`` (NGOs)."""

import re
import secrets

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
    erased_at = models.DateTimeField(_("dane usunięto"), null=True, blank=True, editable=False)
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


def export_name(_export, _filename: str) -> str:
    """A name nobody can guess; the file is fetched through the person's own account only."""
    return f"moje-dane/{secrets.token_hex(16)}.zip"


class DataExport(models.Model):
    """Everything the portal holds about a person, gathered for that person; dies after some days."""

    user = models.ForeignKey(User, models.CASCADE, related_name="data_exports", verbose_name=_("osoba"))
    requested_at = models.DateTimeField(_("poproszono"))
    ready_at = models.DateTimeField(_("gotowe"), null=True, blank=True)
    expires_at = models.DateTimeField(_("do pobrania do"), null=True, blank=True)
    file = models.FileField(_("plik"), upload_to=export_name, blank=True)

    class Meta:
        verbose_name = _("kopia danych osoby")
        verbose_name_plural = _("kopie danych osób")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ready_at=None), name="data_export_waiting_once"
            )
        ]

    def __str__(self):
        return str(self.requested_at)


class Erasure(models.Model):
    """A person asked for the account to be erased; until the day comes they may change their mind.

    The account is named by number and by the moment it was opened: the row outlives it.
    """

    account = models.BigIntegerField(_("numer konta"))
    joined_at = models.DateTimeField(_("konto założone"))
    requested_at = models.DateTimeField(_("poproszono"))
    due_at = models.DateTimeField(_("usunięcie"))
    withdrawn_at = models.DateTimeField(_("wycofano prośbę"), null=True, blank=True)
    done_at = models.DateTimeField(_("usunięto"), null=True, blank=True)

    class Meta:
        verbose_name = _("prośba o usunięcie konta")
        verbose_name_plural = _("prośby o usunięcie kont")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(withdrawn_at=None, done_at=None),
                name="erasure_waiting_once",
            )
        ]

    def __str__(self):
        return str(self.account)
