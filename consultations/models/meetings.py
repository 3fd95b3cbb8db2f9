"""Who signed up for a meeting or booked a slot of a duty."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common.clock import now

from ..enums import Need
from .parts import FormDate

SALT = "consultations.sign_up"


class SignUpQuerySet(models.QuerySet):
    def valid(self):
        """Not cancelled by the person or by the office."""
        return self.filter(cancelled_at=None)

    def seated(self):
        """Those who have a place."""
        return self.valid().filter(is_waiting=False)

    def waiting(self):
        """The waiting list, in its order."""
        return self.valid().filter(is_waiting=True).order_by("signed_up_at", "pk")

    def by_token(self, token: str):
        """The sign-up of a private link; nothing for a forged one, and nothing once the data are deleted."""
        try:
            pk = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            return self.none()
        return self.filter(pk=pk, forgotten_at=None)


class SignUp(models.Model):
    """One person's place at a date: seat, waiting list, or the booked slot of a duty.

    Name, address and needs are seen by the officials who run the meeting, and are deleted after it.
    """

    date = models.ForeignKey(FormDate, models.PROTECT, related_name="sign_ups", verbose_name=_("termin"))
    form_key = models.UUIDField(_("klucz formularza"), unique=True, null=True, editable=False)
    slot = models.PositiveSmallIntegerField(_("kolejna rozmowa"), null=True, blank=True)
    name = models.CharField(_("imię i nazwisko"), max_length=120, blank=True)
    email = models.EmailField(_("adres e-mail"), blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    needs = ArrayField(
        models.CharField(max_length=20, choices=Need), verbose_name=_("potrzeby"), default=list, blank=True
    )
    needs_note = models.CharField(_("inne potrzeby"), max_length=300, blank=True)
    topic = models.CharField(_("o czym chce rozmawiać"), max_length=500, blank=True)
    is_waiting = models.BooleanField(_("na liście rezerwowej"), default=False)
    signed_up_at = models.DateTimeField(_("kiedy"))
    promoted_at = models.DateTimeField(_("z listy rezerwowej"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("potwierdza, że przyjdzie"), null=True, editable=False)
    cancelled_at = models.DateTimeField(_("rezygnacja"), null=True, editable=False)
    attended_at = models.DateTimeField(_("obecność"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("przypomniano"), null=True, editable=False)
    forgotten_at = models.DateTimeField(_("dane usunięto"), null=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="consultation_sign_ups",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("wpisał"),
    )

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("zapis na spotkanie")
        verbose_name_plural = _("zapisy na spotkania")
        ordering = ["date", "slot", "is_waiting", "signed_up_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "slot"],
                condition=Q(cancelled_at=None) & ~Q(slot=None),
                name="sign_up_slot_once",
            ),
            models.UniqueConstraint(
                "date",
                Lower("email"),
                condition=Q(cancelled_at=None) & ~Q(email=""),
                name="sign_up_address_once",
            ),
            models.CheckConstraint(condition=Q(slot=None) | Q(is_waiting=False), name="sign_up_slot_seated"),
        ]
        indexes = [models.Index(fields=["date", "cancelled_at", "is_waiting"])]

    def __str__(self):
        return str(_("zapis nr %(n)s") % {"n": self.pk})

    @property
    def token(self) -> str:
        """The secret of the private link; signed, so nothing has to be stored."""
        return signing.dumps(self.pk, salt=SALT)

    def get_private_url(self) -> str:
        return reverse("consultations:sign_up", args=[self.token])

    @property
    def consultation(self):
        return self.date.form.consultation

    @property
    def starts_at(self) -> datetime | None:
        """When this person comes: the beginning of the date, or of the booked slot."""
        begins, minutes = self.date.starts_at, self.date.form.slot_minutes
        if begins is None or self.slot is None or not minutes:
            return begins
        return begins + timedelta(minutes=minutes * (self.slot - 1))

    @property
    def ends_at(self) -> datetime | None:
        begins, minutes = self.starts_at, self.date.form.slot_minutes
        if begins is not None and self.slot is not None and minutes:
            return begins + timedelta(minutes=minutes)
        return self.date.ends_at

    @property
    def may_be_cancelled(self) -> bool:
        starts_at = self.starts_at
        return self.cancelled_at is None and starts_at is not None and now() < starts_at

    @property
    def need_labels(self) -> list[str]:
        """What the person needs, in words."""
        named = [str(Need(value).label) for value in self.needs]
        return [*named, self.needs_note] if self.needs_note else named
