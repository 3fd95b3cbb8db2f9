"""Meetings at which organisations made demands, and what became of each demand over the years (R-CNS-16)."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import OrganizationalUnit
from core.common import formats
from core.common.fields import PartialDateField

from ..enums import DemandStatus, Origin
from .consultation import Consultation


class DemandMeetingQuerySet(models.QuerySet):
    def published(self):
        """Meetings whose table everybody may read."""
        return self.exclude(published_at=None)


class DemandMeeting(models.Model):
    """One meeting with its table of demands: the heading data of R-CNS-16."""

    subject = models.CharField(
        _("przedmiot"), max_length=300, help_text=_("np. Roczny Program Współpracy 2026")
    )
    slug = models.SlugField(_("adres"), max_length=140, unique=True, editable=False)
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        related_name="demand_meetings",
        verbose_name=_("komórka merytoryczna"),
        help_text=_("Stanowisko innej komórki w tabeli poprzedzi jej nazwa."),
    )
    consultation = models.ForeignKey(
        Consultation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="demand_meetings",
        verbose_name=_("konsultacje, których częścią było spotkanie"),
    )
    held_on = models.DateField(_("dzień spotkania"), null=True, blank=True)
    held_about = PartialDateField(_("spotkanie w przybliżeniu"), help_text=_("Gdy nie ma dnia, np. 2025-06."))
    from_hour = models.TimeField(_("od godziny"), null=True, blank=True)
    to_hour = models.TimeField(_("do godziny"), null=True, blank=True)
    place = models.CharField(_("miejsce"), max_length=300, blank=True)
    course = models.TextField(
        _("przebieg"), blank=True, help_text=_("W dwóch zdaniach: o czym rozmawiano i co ustalono.")
    )
    organisation_names = ArrayField(
        models.CharField(max_length=300),
        verbose_name=_("uczestniczące organizacje"),
        default=list,
        blank=True,
    )
    units = models.ManyToManyField(
        OrganizationalUnit,
        blank=True,
        related_name="attended_demand_meetings",
        verbose_name=_("obecne komórki urzędu"),
    )
    published_at = models.DateTimeField(_("opublikowano"), null=True, editable=False)
    origin = models.CharField(
        _("pochodzenie"), max_length=20, choices=Origin, default=Origin.PORTAL, editable=False
    )
    source = models.CharField(_("źródło"), max_length=1000, blank=True, editable=False)

    objects = DemandMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("spotkanie z postulatami")
        verbose_name_plural = _("spotkania z postulatami")
        ordering = [models.F("held_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_hour=None)
                | models.Q(to_hour=None)
                | models.Q(to_hour__gt=models.F("from_hour")),
                name="demand_meeting_ends_after_start",
            )
        ]

    def __str__(self):
        return " – ".join(filter(None, [self.subject, self.when]))

    def get_absolute_url(self):
        return reverse("consultations:demand_meeting", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def when(self) -> str:
        """»17 czerwca 2025«, »czerwiec 2025« or nothing."""
        return formats.day(self.held_on) if self.held_on else formats.partial_date(self.held_about)

    @property
    def hours(self) -> str:
        return "–".join(f"{hour:%H:%M}" for hour in (self.from_hour, self.to_hour) if hour)

    @property
    def unit_name(self) -> str:
        return self.unit.name if self.unit else ""


class PostulateFollowUp(models.Model):
    """What became of a demand by a day: public, and never changed afterwards."""

    postulate = models.ForeignKey(
        "consultations.Postulate", models.PROTECT, related_name="follow_ups", verbose_name=_("postulat")
    )
    noted_on = models.DateField(_("dzień"))
    status = models.CharField(_("co się dzieje"), max_length=20, choices=DemandStatus)
    text = models.TextField(_("co zrobiono"))
    url = models.URLField(_("odnośnik"), max_length=500, blank=True)
    unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("komórka")
    )
    written_at = models.DateTimeField(_("wpisano"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("kto"),
    )

    class Meta:
        verbose_name = _("dalszy ciąg postulatu")
        verbose_name_plural = _("dalsze ciągi postulatów")
        ordering = ["-noted_on", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.noted_on}: {self.get_status_display()}"
