"""The register of demands made at meetings (R-CNS-16), across years."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import OrganizationalUnit
from core.common.fields import PartialDateField
from organizations.models import Organization

from ..enums import DemandStatus, Origin, PositionCode
from .consultation import Consultation
from .demands import DemandMeeting


class PostulateQuerySet(models.QuerySet):
    def published(self):
        """Demands that everybody may read: those of published tables and those without a meeting."""
        return self.filter(Q(meeting=None) | Q(meeting__published_at__isnull=False))

    def main(self):
        """Those that stand for themselves: merged into none, or into one that nobody may read yet."""
        secret = Q(merged_into__meeting__isnull=False, merged_into__meeting__published_at=None)
        return self.filter(Q(merged_into=None) | secret)

    def uncoded(self):
        """Answered in words, without the code that the statistics count."""
        return self.filter(position_code="").exclude(position="")


class Postulate(models.Model):
    """One row of the table of demands: who, what, why, and what the city says."""

    meeting = models.ForeignKey(
        DemandMeeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="postulates",
        verbose_name=_("spotkanie"),
    )
    consultation = models.ForeignKey(
        Consultation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="postulates",
        verbose_name=_("konsultacje lub spotkanie"),
    )
    lp = models.PositiveIntegerField(_("lp."), null=True, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="postulates",
        verbose_name=_("organizacja w bazie"),
    )
    organisation_name = models.CharField(_("nazwa organizacji"), max_length=300)
    postulate = models.TextField(_("postulat"))
    justification = models.TextField(_("uzasadnienie"), blank=True)
    position = models.TextField(_("stanowisko komórki merytorycznej"), blank=True)
    position_unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="postulates",
        verbose_name=_("komórka, która odpowiada"),
    )
    position_code = models.CharField(_("stanowisko"), max_length=30, choices=PositionCode, blank=True)
    status = models.CharField(
        _("co się dzieje"), max_length=20, choices=DemandStatus, default=DemandStatus.OPEN, editable=False
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("połączony z"),
    )
    status_label = models.CharField(_("stan w źródle"), max_length=200, blank=True, editable=False)
    status_note = models.CharField(_("dopisek do stanu"), max_length=500, blank=True)
    programme_title = models.CharField(_("program"), max_length=300, blank=True)
    meeting_on = models.DateField(_("spotkanie"), null=True, blank=True)
    meeting_about = PartialDateField(_("spotkanie w przybliżeniu"))
    origin = models.CharField(
        _("pochodzenie"), max_length=20, choices=Origin, default=Origin.PORTAL, editable=False
    )
    fact_id = models.CharField(
        _("oznaczenie w danych źródłowych"), max_length=120, blank=True, editable=False
    )
    oddities = models.JSONField(_("osobliwości"), default=list, blank=True, editable=False)
    source = models.CharField(_("źródło"), max_length=1000, blank=True, editable=False)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True, editable=False)

    objects = PostulateQuerySet.as_manager()

    class Meta:
        verbose_name = _("postulat")
        verbose_name_plural = _("postulaty")
        ordering = [models.F("meeting_on").desc(nulls_last=True), "lp", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "fact_id"], condition=~Q(fact_id=""), name="postulate_fact_once"
            ),
            models.UniqueConstraint(fields=["meeting", "lp"], name="postulate_lp_once_in_meeting"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="postulate_not_merged_into_itself",
            ),
        ]

    def __str__(self):
        return self.postulate[:120]

    def get_absolute_url(self):
        return reverse("consultations:postulate", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.meeting is None or self.meeting.is_public
