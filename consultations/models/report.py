"""The report: what the portal cannot count itself, and its files (R-CNS-19)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common.fields import RichTextField

from .consultation import Consultation


class Report(models.Model):
    """Conclusions and changes, prepared while remarks are analysed. Public, with its files, once it is published."""

    consultation = models.OneToOneField(
        Consultation, models.CASCADE, related_name="report", verbose_name=_("konsultacje")
    )
    conclusions = RichTextField(_("wnioski"))
    changes = RichTextField(_("zmiany w projekcie po konsultacjach"))
    campaign = models.TextField(
        _("działania informacyjne"),
        blank=True,
        help_text=_("Plakaty, ogłoszenia, media społecznościowe, rozsyłka do organizacji."),
    )

    course = models.TextField(
        _("przebieg"), blank=True, help_text=_("Dwa zdania o tym, jak przebiegły konsultacje i spotkania.")
    )
    officials = models.TextField(
        _("kto brał udział ze strony urzędu"),
        blank=True,
        help_text=_("Stanowiska i komórki, jedna w wierszu."),
    )
    what_next = models.TextField(
        _("co dalej"), blank=True, help_text=_("Kto i kiedy zdecyduje. Puste: tak, jak zapowiada ogłoszenie.")
    )

    class Meta:
        verbose_name = _("raport")
        verbose_name_plural = _("raporty")

    def __str__(self):
        return f"{_('Raport')}: {self.consultation}"

    def get_absolute_url(self):
        """Its page once it is out; until then its place on the page of the consultation."""
        if self.is_public and not self.consultation.is_imported:
            return reverse("consultations:report", args=[self.consultation.slug])
        return f"{self.consultation.get_absolute_url()}#raport"

    @property
    def is_public(self) -> bool:
        return self.consultation.is_report_public

    @property
    def unit_id(self) -> int:
        return self.consultation.unit_id
