"""Who opened what of an organisation's restricted pages and files."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .organization import Organization


class AccessEntry(models.Model):
    """One opening of a restricted page or file. Rows cannot be changed; the end of their keeping deletes them, a merging moves them."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="access_entries", verbose_name=_("organizacja")
    )
    at = models.DateTimeField(_("kiedy"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("kto"),
    )
    is_office = models.BooleanField(_("urząd"), default=False)
    verb = models.CharField(_("czynność"), max_length=80)
    label = models.CharField(_("czego dotyczy"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("wpis dziennika dostępu")
        verbose_name_plural = _("dziennik dostępu")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organization", "-at"], name="access_entry_own")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.verb}: {self.label}"
