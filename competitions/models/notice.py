"""Rows of a notice: years, sources and parts of the money, windows of the intake, criteria."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.common.fields import MoneyField, PartialDateField

from .bases import PercentField
from .call import Call

PARTIAL_MOMENT = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d)?)?)?")


def validate_partial_moment(value: str) -> None:
    if not PARTIAL_MOMENT.fullmatch(value):
        raise ValidationError(
            _("Wpisz rok, miesiąc, dzień albo dzień z godziną, np. 2026-03 lub 2026-03-02T12:00.")
        )


class PartialMomentField(models.CharField):
    """A date known to the year, month, day or minute: »2024«, »2021-08-09«, »2021-08-09T12:00«."""

    def __init__(self, *args, **kwargs):
        kwargs.update(max_length=16, blank=True)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_partial_moment]


class CallBudgetYear(models.Model):
    """The part of the pool that one budget year gives."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="budget_years", verbose_name=_("konkurs"))
    year = models.PositiveSmallIntegerField(_("rok"), null=True, blank=True)
    amount = MoneyField(_("kwota"), null=True, blank=True)
    is_approximate = models.BooleanField(_("około"), default=False)
    note = models.CharField(_("uwaga"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("środki roku")
        verbose_name_plural = _("środki według lat")
        ordering = ["year", "pk"]

    def __str__(self):
        return str(self.year)


class CallBudgetSource(models.Model):
    """The part of the pool that one source gives (city, fund, government)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="budget_sources", verbose_name=_("konkurs"))
    source = models.CharField(_("źródło pieniędzy"), max_length=500)
    amount = MoneyField(_("kwota"), null=True, blank=True)
    is_approximate = models.BooleanField(_("około"), default=False)
    note = models.CharField(_("uwaga"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("źródło środków")
        verbose_name_plural = _("środki według źródeł")
        ordering = ["pk"]

    def __str__(self):
        return self.source


class CallPart(models.Model):
    """A part [część, priorytet] of a call, with its own money, places, limits or dates."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="parts", verbose_name=_("konkurs"))
    no = models.CharField(_("numer"), max_length=40, blank=True)
    name = models.TextField(_("nazwa części"), blank=True)
    budget = MoneyField(_("środki"), null=True, blank=True)
    is_approximate = models.BooleanField(_("około"), default=False)
    unit_rate = MoneyField(_("stawka"), null=True, blank=True)
    unit_rate_per = models.CharField(
        _("stawka za"), max_length=120, blank=True, help_text=_("np. punkt, miejsce, godzinę")
    )
    places = models.PositiveIntegerField(_("miejsca"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("rok"), null=True, blank=True)
    min_grant = MoneyField(_("najniższa dotacja"), null=True, blank=True)
    max_grant = MoneyField(_("najwyższa dotacja"), null=True, blank=True)
    max_grant_per_year = MoneyField(_("najwyższa dotacja na rok"), null=True, blank=True)
    equipment_limit = MoneyField(_("limit na wyposażenie"), null=True, blank=True)
    min_own_contribution_percent = PercentField(_("wkład własny (%)"))
    planned_awards = models.PositiveSmallIntegerField(_("planowane dotacje"), null=True, blank=True)
    place = models.CharField(_("miejsce"), max_length=300, blank=True)
    task_from = PartialDateField(_("realizacja od"))
    task_to = PartialDateField(_("realizacja do"))
    note = models.TextField(_("uwaga"), blank=True)

    class Meta:
        verbose_name = _("część konkursu")
        verbose_name_plural = _("części konkursu")
        ordering = ["pk"]

    def __str__(self):
        return self.name


class IntakeWindow(models.Model):
    """One window of an intake that has several, or that ends when the money does."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="intake_windows", verbose_name=_("konkurs"))
    opens = PartialMomentField(_("od"))
    closes = PartialMomentField(_("do"))
    note = models.CharField(_("uwaga"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("okno naboru")
        verbose_name_plural = _("okna naboru")
        ordering = ["opens", "pk"]

    def __str__(self):
        return f"{self.opens} – {self.closes}"


class CallCriterion(models.Model):
    """A criterion of the merit evaluation: points, or a weight in per cent."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria", verbose_name=_("konkurs"))
    name = models.TextField(_("kryterium"))
    description = models.TextField(_("co bierzemy pod uwagę"), blank=True)
    max_points = models.DecimalField(
        _("najwięcej punktów"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    weight = PercentField(_("waga (%)"))
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)

    class Meta:
        verbose_name = _("kryterium oceny")
        verbose_name_plural = _("kryteria oceny")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name
