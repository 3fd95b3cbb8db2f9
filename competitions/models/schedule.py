"""The yearly schedule of calls (R-CALL-06). Changes of a published entry are in its public history."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import OrganizationalUnit, TaskSphere
from core.common.clock import local_day, now
from core.common.fields import MoneyField, PartialDateField

from .. import law
from ..enums import EntryStatus, Form, Mode
from .call import Call


class EntryQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def of_year(self, year: int):
        return self.filter(year=year)

    def in_order(self):
        """By the planned month; an entry known only to its year comes after the months of the year."""
        return self.order_by("year", models.F("month").asc(nulls_last=True), "title", "pk")


class CallScheduleEntry(models.Model):
    """A call that the city means to announce: who, what, how much, when."""

    title = models.CharField(_("tytuł"), max_length=400)
    unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, related_name="planned_calls", verbose_name=_("jednostka")
    )
    spheres = models.ManyToManyField(
        TaskSphere, blank=True, related_name="+", verbose_name=_("sfery zadań publicznych")
    )
    mode = models.CharField(_("tryb"), max_length=30, choices=Mode, default=Mode.OPEN_CALL)
    planned_form = models.CharField(_("planowana forma"), max_length=20, choices=Form, default=Form.UNKNOWN)
    planned_amount = MoneyField(_("planowana kwota"), null=True, blank=True)
    is_amount_approximate = models.BooleanField(_("kwota przybliżona"), default=True)
    planned_month = PartialDateField(
        _("planowany miesiąc ogłoszenia"),
        blank=False,
        help_text=_("Rok i miesiąc, np. 2027-02; gdy miesiąc nie jest znany, sam rok."),
        validators=[RegexValidator(r"^\d{4}(-(0[1-9]|1[0-2]))?$", _("wpisz rok i miesiąc, np. 2027-02"))],
    )
    year = models.PositiveSmallIntegerField(_("rok"), editable=False)
    month = models.PositiveSmallIntegerField(_("miesiąc"), null=True, editable=False)
    task_from = PartialDateField(_("realizacja od"))
    task_to = PartialDateField(_("realizacja do"))
    contact = models.CharField(_("kontakt"), max_length=400, blank=True)
    note = models.CharField(
        _("uwaga"), max_length=500, blank=True, help_text=_("np. termin może się zmienić")
    )
    status = models.CharField(
        _("stan"), max_length=20, choices=EntryStatus, default=EntryStatus.PLANNED, editable=False
    )
    call = models.OneToOneField(
        Call,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="schedule_entry",
        verbose_name=_("konkurs"),
    )
    published_at = models.DateTimeField(_("opublikowano"), null=True, editable=False)
    updated_at = models.DateTimeField(_("zaktualizowano"), null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("wpis harmonogramu")
        verbose_name_plural = _("harmonogram konkursów")
        ordering = ["year", "month", "title"]
        indexes = [
            models.Index(
                fields=["year", "month"], condition=Q(published_at__isnull=False), name="call_schedule_public"
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('competitions:schedule')}?rok={self.year}#wpis-{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def is_overdue(self) -> bool:
        """Whether the planned month has passed and nothing was announced."""
        return self.status == EntryStatus.PLANNED and law.is_overdue(self.year, self.month, local_day(now()))

    def filled(self) -> frozenset[str]:
        """Which of the fields the law asks for are there."""
        values = {
            "title": self.title.strip(),
            "unit": self.unit_id,
            "planned_month": self.planned_month,
            "spheres": self.pk and self.spheres.exists(),
        }
        return frozenset(name for name, value in values.items() if value)
