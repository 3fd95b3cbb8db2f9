"""The trace of two records made one: what was chosen, what was moved, what the records were called before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .organization import Organization


class Merge(models.Model):
    """One merging. Rows are written once and never changed."""

    survivor = models.ForeignKey(
        Organization, models.PROTECT, related_name="merges", verbose_name=_("wpis, który został")
    )
    absorbed = models.OneToOneField(
        Organization, models.PROTECT, related_name="merge", verbose_name=_("wpis dołączony")
    )
    at = models.DateTimeField(_("kiedy"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("kto")
    )
    reason = models.TextField(_("powód"))
    taken = models.JSONField(_("dane wzięte z dołączonego wpisu"), default=list)
    former = models.JSONField(_("dawny adres, nazwy i numery"), default=dict)
    moved = models.JSONField(_("co przeniesiono"), default=dict)

    class Meta:
        verbose_name = _("połączenie wpisów")
        verbose_name_plural = _("połączenia wpisów")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.absorbed} → {self.survivor}"
