"""What organisations offer one another and seek for joint offers. Whoever answers writes through the portal."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import District, TaskSphere
from core.common.clock import today

from ..enums import PUBLIC_STATES, PartnerKind, TargetGroup
from .organization import Organization


class PartnerNoticeQuerySet(models.QuerySet):
    def current(self, on):
        """Neither withdrawn nor past its last day."""
        return self.filter(withdrawn_at=None, valid_until__gte=on)

    def published(self, on):
        """What everybody may see on a day: current notices of public organisations."""
        return self.current(on).filter(organization__state__in=PUBLIC_STATES)

    def for_list(self):
        return self.select_related("organization", "organization__logo", "sphere", "district")


class PartnerNotice(models.Model):
    """»We seek a partner with a hall in Nowa Huta« or »we offer an accountant«; ends by itself."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="partner_notices", verbose_name=_("organizacja")
    )
    kind = models.CharField(_("rodzaj"), max_length=10, choices=PartnerKind)
    title = models.CharField(_("czego szukacie albo co dajecie"), max_length=120)
    text = models.TextField(_("opis"), max_length=1500)
    sphere = models.ForeignKey(
        TaskSphere, models.PROTECT, related_name="+", verbose_name=_("sfera zadań publicznych")
    )
    target_group = models.CharField(_("dla kogo zadanie"), max_length=20, choices=TargetGroup, blank=True)
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dzielnica"),
        help_text=_("Puste: całe miasto."),
    )
    valid_until = models.DateField(_("ważne do"))
    created_at = models.DateTimeField(_("dodano"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(_("zmieniono"), editable=False)
    withdrawn_at = models.DateTimeField(_("zdjęto"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(_("powód zdjęcia"), max_length=500, blank=True, editable=False)

    objects = PartnerNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("ogłoszenie o partnerstwie")
        verbose_name_plural = _("ogłoszenia o partnerstwie")
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(
                F("changed_at").desc(), "id", condition=Q(withdrawn_at=None), name="partner_notice_current"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("organizations:partner", args=[self.pk])

    @property
    def is_current(self) -> bool:
        return self.withdrawn_at is None and self.valid_until >= today()

    @property
    def is_public(self) -> bool:
        return self.is_current and self.organization.is_public
