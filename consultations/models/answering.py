"""How the city answers together: groups of like remarks, assignments to other units, covered words."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import OrganizationalUnit
from core.common.clock import today

from ..enums import RedactionReason
from .consultation import Consultation


class RemarkGroup(models.Model):
    """Remarks that ask for the same thing; each keeps its number and gets the common position."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="remark_groups", verbose_name=_("konsultacje")
    )
    subject = models.CharField(_("o co proszą"), max_length=200)
    made_at = models.DateTimeField(_("połączono"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("grupa podobnych uwag")
        verbose_name_plural = _("grupy podobnych uwag")
        ordering = ["consultation", "pk"]

    def __str__(self):
        return self.subject


class AssignmentQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(done_at=None, called_off_at=None)


class Assignment(models.Model):
    """Remarks given to another unit, which writes its own position by a day (R-CNS-16)."""

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="assignments", verbose_name=_("konsultacje")
    )
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        related_name="remark_assignments",
        verbose_name=_("komórka, która odpowiada"),
    )
    due_on = models.DateField(_("odpowiedź do"))
    note = models.TextField(_("o co prosimy"), blank=True)
    assigned_at = models.DateTimeField(_("przekazano"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    done_at = models.DateTimeField(_("odpowiedziano"), null=True, editable=False)
    called_off_at = models.DateTimeField(_("cofnięto"), null=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("uwagi przekazane komórce")
        verbose_name_plural = _("uwagi przekazane komórkom")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["unit", "due_on"])]

    def __str__(self):
        return f"{self.consultation} → {self.unit}"

    def get_desk_url(self) -> str:
        return reverse("admin:consultations_assignment_change", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.done_at is None and self.called_off_at is None

    @property
    def is_overdue(self) -> bool:
        return self.is_under_way and self.due_on < today()


class RemarkOriginal(models.Model):
    """A remark as it came, kept for the office when words of it were covered; forgotten with its sender."""

    remark = models.OneToOneField(
        "consultations.Remark", models.CASCADE, related_name="original", verbose_name=_("uwaga")
    )
    part = models.CharField(_("część dokumentu"), max_length=100, blank=True)
    current_wording = models.TextField(_("obecne brzmienie"), blank=True)
    proposed_wording = models.TextField(_("uwaga albo proponowane brzmienie"), blank=True)
    justification = models.TextField(_("uzasadnienie"), blank=True)

    class Meta:
        verbose_name = _("pierwotna treść uwagi")
        verbose_name_plural = _("pierwotne treści uwag")

    def __str__(self):
        return str(self.remark)


class Redaction(models.Model):
    """One covering of words: where, how many, why, who and when. Without the words. Append-only (R-CNS-14)."""

    remark = models.ForeignKey(
        "consultations.Remark", models.PROTECT, related_name="redactions", verbose_name=_("uwaga")
    )
    fields = ArrayField(models.CharField(max_length=40), verbose_name=_("gdzie"))
    count = models.PositiveIntegerField(_("ile fragmentów"))
    reason = models.CharField(_("powód"), max_length=20, choices=RedactionReason)
    made_at = models.DateTimeField(_("kiedy"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("kto"),
    )

    class Meta:
        verbose_name = _("zakrycie słów")
        verbose_name_plural = _("zakrycia słów")
        ordering = ["-made_at", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.remark}: {self.get_reason_display()}"
