"""The log of the published schedule (R-CNS-23)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .consultation import Consultation


class ScheduleChange(models.Model):
    """One change of a published entry: what, from what to what, when and why. Append-only."""

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="schedule_changes", verbose_name=_("konsultacje")
    )
    what = models.CharField(_("co"), max_length=60)
    before = models.CharField(_("było"), max_length=600, blank=True)
    after = models.CharField(_("jest"), max_length=600, blank=True)
    reason = models.TextField(_("powód"), blank=True)
    changed_at = models.DateTimeField(_("kiedy"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("kto"),
    )

    class Meta:
        verbose_name = _("zmiana harmonogramu")
        verbose_name_plural = _("zmiany harmonogramu")
        ordering = ["-changed_at", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.what}: {self.before} → {self.after}"
