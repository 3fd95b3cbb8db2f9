"""The Informator as a file for print."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Booklet(models.Model):
    """One edition; the newest is the one that is given out."""

    file = models.FileField(_("plik"), upload_to="informator", max_length=200)
    size = models.PositiveIntegerField(_("rozmiar"))
    offers = models.PositiveIntegerField(_("liczba ofert"))
    made_at = models.DateTimeField(_("powstał"))

    class Meta:
        verbose_name = _("wydanie Informatora")
        verbose_name_plural = _("wydania Informatora")
        ordering = ["-made_at"]
        get_latest_by = "made_at"

    def __str__(self):
        return self.file.name
