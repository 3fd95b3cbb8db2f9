"""Who may act for an organisation (R-WEB-14): never proven by logging in, always checked by the office."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.common.clock import today

from .. import law
from ..enums import MandateRole
from .organization import Organization


class MandateQuerySet(models.QuerySet):
    def in_force(self, on):
        """Checked by the office, begun, and neither ended nor run out on a day."""
        begun = self.filter(verified_at__isnull=False, ended_at=None, valid_from__lte=on)
        return begun.filter(Q(valid_until=None) | Q(valid_until__gte=on))

    def requested(self):
        """Waiting for the office to check the evidence."""
        return self.filter(verified_at=None, ended_at=None)


class Mandate(models.Model):
    """A person's authority to act for an organisation, with the evidence it rests on."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mandates", verbose_name=_("osoba")
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="mandates", verbose_name=_("organizacja")
    )
    role = models.CharField(_("rola"), max_length=20, choices=MandateRole)
    valid_from = models.DateField(_("ważne od"), null=True, blank=True)
    valid_until = models.DateField(_("ważne do"), null=True, blank=True, help_text=_("Puste: bezterminowo."))
    evidence = models.TextField(
        _("podstawa"),
        max_length=1000,
        blank=True,
        help_text=_("np. wpis w KRS, uchwała zarządu, pełnomocnictwo z dnia …"),
    )
    requested_at = models.DateTimeField(_("poproszono"), editable=False)
    verified_at = models.DateTimeField(_("sprawdzono"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("sprawdził(a)"),
    )
    ended_at = models.DateTimeField(_("odwołano lub odmówiono"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    end_reason = models.TextField(_("powód odwołania lub odmowy"), blank=True, editable=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("upoważnienie")
        verbose_name_plural = _("upoważnienia")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"], condition=Q(ended_at=None), name="mandate_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="mandate_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(valid_from__isnull=False), name="mandate_checked_has_start"
            ),
        ]
        indexes = [models.Index(fields=["organization", "role"])]

    def __str__(self):
        return f"{self.get_role_display()}: {self.organization}"

    @property
    def is_requested(self) -> bool:
        return self.verified_at is None and self.ended_at is None

    @property
    def is_in_force(self) -> bool:
        return law.is_mandate_in_force(
            is_verified=self.verified_at is not None,
            is_ended=self.ended_at is not None,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            on=today(),
        )
