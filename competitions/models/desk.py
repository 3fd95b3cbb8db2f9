"""What the clerk's desk keeps with a call: letters to applicants, and dossiers packed for download."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import DossierState, Recipients
from .call import Call
from .offers import Offer


class ApplicantLetter(models.Model):
    """A letter of the office to applicants of a call; the copy that stays on the case."""

    call = models.ForeignKey(
        Call, models.PROTECT, related_name="applicant_letters", verbose_name=_("konkurs")
    )
    recipients = models.CharField(_("do kogo"), max_length=20, choices=Recipients, default=Recipients.ALL)
    subject = models.CharField(_("temat"), max_length=200)
    text = models.TextField(_("treść"), validators=[MaxLengthValidator(8000)])
    offers = models.ManyToManyField(Offer, related_name="office_letters", verbose_name=_("oferty"))
    letters = models.PositiveIntegerField(_("wysłanych listów"), default=0)
    sent_at = models.DateTimeField(_("wysłano"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("list do oferentów")
        verbose_name_plural = _("listy do oferentów")
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return self.subject


class Dossier(models.Model):
    """A ZIP of a whole call, or of one offer, with an index and checksums; it is removed after some days."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="dossiers", verbose_name=_("konkurs"))
    offer = models.ForeignKey(
        Offer, models.CASCADE, null=True, blank=True, related_name="dossiers", verbose_name=_("oferta")
    )
    state = models.CharField(_("stan"), max_length=10, choices=DossierState, default=DossierState.WAITING)
    done = models.PositiveIntegerField(_("gotowych pozycji"), default=0)
    total = models.PositiveIntegerField(_("wszystkich pozycji"), default=0)
    file = models.FileField(_("plik"), upload_to="teczki/%Y/%m", blank=True)
    size = models.PositiveBigIntegerField(_("rozmiar"), default=0)
    sha256 = models.CharField(_("suma kontrolna"), max_length=64, blank=True)
    ordered_at = models.DateTimeField(_("zamówiono"))
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ready_at = models.DateTimeField(_("gotowe"), null=True)
    expires_at = models.DateTimeField(_("do usunięcia"), null=True)

    class Meta:
        verbose_name = _("teczka sprawy")
        verbose_name_plural = _("teczki spraw")
        ordering = ["-ordered_at", "-pk"]
        indexes = [models.Index(fields=["state", "expires_at"], name="dossier_to_remove")]

    def __str__(self):
        return str(self.offer or self.call)

    @property
    def unit_id(self):
        return self.call.unit_id
