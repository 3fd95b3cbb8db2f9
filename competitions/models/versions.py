"""Versions of a published notice (R-CALL-16)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .call import Call


class CallVersion(models.Model):
    """A notice as it stood from a moment on: version 1 is the announcement, each change the next.

    ``changes`` holds ``{field: [before, after]}``; ``notice`` the whole text of the version.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="versions", verbose_name=_("konkurs"))
    number = models.PositiveSmallIntegerField(_("wersja"))
    at = models.DateTimeField(_("kiedy"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("kto")
    )
    reason = models.TextField(_("powód"), blank=True)
    is_substantive = models.BooleanField(_("zmiana istotna"), default=False)
    changes = models.JSONField(_("zmiany"), default=dict)
    notice = models.JSONField(_("treść ogłoszenia"), default=dict)

    class Meta:
        verbose_name = _("wersja ogłoszenia")
        verbose_name_plural = _("wersje ogłoszenia")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="call_version_once")]

    def __str__(self):
        return f"{self.call}, {self.number}"
