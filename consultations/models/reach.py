"""Whom the city asked, and which dialogue bodies answered: R-CNS-08 and 25."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import District, TaskSphere
from organizations.models import Organization

from .consultation import Consultation

SALT = "consultations.invitation"


class InvitationBatch(models.Model):
    """One round of invitations: to whom, with which words, by whom."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="invitation_batches", verbose_name=_("konsultacje")
    )
    spheres = models.ManyToManyField(TaskSphere, blank=True, related_name="+", verbose_name=_("sfery"))
    districts = models.ManyToManyField(District, blank=True, related_name="+", verbose_name=_("dzielnice"))
    message = models.TextField(_("słowo od urzędu"), max_length=2000, blank=True)
    sent_at = models.DateTimeField(_("wysłano"))
    reminded_at = models.DateTimeField(_("przypomniano"), null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("kto"),
    )

    class Meta:
        verbose_name = _("zaproszenia do konsultacji")
        verbose_name_plural = _("zaproszenia do konsultacji")
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return f"{self.consultation}, {self.sent_at:%d.%m.%Y}"


class Invitation(models.Model):
    """One organisation invited to one consultation.

    Whether it was opened is known from its own link in the letter, by the day, never by a hidden picture; whether
    it was answered is asked of the submissions, so nothing is stored about people.
    """

    batch = models.ForeignKey(
        InvitationBatch, models.CASCADE, related_name="invitations", verbose_name=_("wysyłka")
    )
    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="invitations", verbose_name=_("konsultacje")
    )
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        related_name="consultation_invitations",
        verbose_name=_("organizacja"),
    )
    opened_on = models.DateField(_("otwarto"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("zaproszenie do konsultacji")
        verbose_name_plural = _("zaproszenia organizacji")
        ordering = ["consultation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "organization"], name="consultation_invitation_once"
            )
        ]

    def __str__(self):
        return f"{self.organization}: {self.consultation}"

    @property
    def token(self) -> str:
        return signing.dumps(self.pk, salt=SALT)

    def get_private_url(self) -> str:
        return reverse("consultations:invitation", args=[self.token])

    @classmethod
    def pk_of(cls, token: str) -> int | None:
        """The key in a signed link; None for a forged one."""
        try:
            return signing.loads(token, salt=SALT)
        except signing.BadSignature:
            return None


class InvitationRefusal(models.Model):
    """An organisation that wants no more invitations to consultations."""

    organization = models.OneToOneField(
        Organization,
        models.CASCADE,
        related_name="consultation_refusal",
        verbose_name=_("organizacja"),
    )
    refused_at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("rezygnacja z zaproszeń do konsultacji")
        verbose_name_plural = _("rezygnacje z zaproszeń do konsultacji")

    def __str__(self):
        return str(self.organization)


class BodyOpinion(models.Model):
    """The opinion of a council or commission on a consultation, as its room published it (R-CNS-08)."""

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="body_opinions", verbose_name=_("konsultacje")
    )
    reference = models.CharField(_("oznaczenie dokumentu"), max_length=60, unique=True, editable=False)
    body_name = models.CharField(_("ciało dialogu"), max_length=250)
    title = models.CharField(_("tytuł"), max_length=500)
    number = models.CharField(_("numer"), max_length=60, blank=True)
    summary = models.TextField(_("treść w skrócie"), blank=True)
    url = models.CharField(_("adres"), max_length=500)
    adopted_on = models.DateField(_("przyjęto"), null=True, blank=True)
    attached_at = models.DateTimeField(_("dołączono"))

    class Meta:
        verbose_name = _("opinia ciała dialogu")
        verbose_name_plural = _("opinie ciał dialogu")
        ordering = ["attached_at", "pk"]

    def __str__(self):
        return self.title


# What the city told bodies by itself: their names, for the page.
class BodyNotice(models.Model):
    """That bodies were told of a consultation, by name, when it was announced or by the desk."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="body_notices", verbose_name=_("konsultacje")
    )
    bodies = ArrayField(models.CharField(max_length=250), verbose_name=_("ciała dialogu"), default=list)
    letters = models.PositiveIntegerField(_("liczba listów"), default=0)
    sent_at = models.DateTimeField(_("wysłano"))

    class Meta:
        verbose_name = _("zawiadomienie ciał dialogu")
        verbose_name_plural = _("zawiadomienia ciał dialogu")
        ordering = ["sent_at", "pk"]

    def __str__(self):
        return ", ".join(self.bodies)
