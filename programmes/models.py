"""Cooperation programmes and the table of their goals and tasks (domain §8.2)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common.fields import MoneyField, PartialDateField
from core.documents.models import Published

from .enums import ProgrammeKind


class Programme(Published):
    """An annual, multi-year or sectoral programme of the city's cooperation with NGOs."""

    fact_id = models.CharField(_("oznaczenie w danych źródłowych"), max_length=40, blank=True, db_index=True)
    title = models.CharField(_("tytuł"), max_length=400)
    slug = models.SlugField(_("adres"), max_length=120, unique=True)
    kind = models.CharField(_("rodzaj"), max_length=20, choices=ProgrammeKind, default=ProgrammeKind.UNKNOWN)
    kind_label = models.CharField(_("rodzaj w źródle"), max_length=80, blank=True)
    period_from = PartialDateField(_("obowiązuje od"))
    period_to = PartialDateField(_("obowiązuje do"))
    resolution = models.CharField(_("uchwała"), max_length=200, blank=True)
    adopted_on = PartialDateField(_("uchwalono"))
    consultation_from = PartialDateField(_("konsultacje od"))
    consultation_to = PartialDateField(_("konsultacje do"))
    comments_count = models.PositiveIntegerField(_("liczba uwag w konsultacjach"), null=True, blank=True)
    notes = models.TextField(_("uwagi"), blank=True)
    source = models.CharField(_("źródło"), max_length=500, blank=True)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True)

    class Meta:
        verbose_name = _("program współpracy")
        verbose_name_plural = _("programy współpracy")
        ordering = ["-period_from", "title"]

    def __str__(self):
        return self.title

    @property
    def is_public(self) -> bool:
        return True

    def get_absolute_url(self):
        return reverse("programmes:detail", args=[self.slug])


class BudgetFigure(models.Model):
    """An amount that a programme or a report on it names."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="budget_figures", verbose_name=_("program")
    )
    label = models.CharField(_("czego dotyczy"), max_length=300)
    amount = MoneyField(_("kwota"))
    is_approximate = models.BooleanField(_("około"), default=False)
    source = models.CharField(_("źródło"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("kwota programu")
        verbose_name_plural = _("kwoty programu")

    def __str__(self):
        return self.label


class Indicator(models.Model):
    """A measured value, kept as the document gives it (»3146 (68,2%)«)."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="indicators", verbose_name=_("program")
    )
    name = models.CharField(_("wskaźnik"), max_length=300)
    value = models.CharField(_("wartość"), max_length=200)
    source = models.CharField(_("źródło"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("wskaźnik")
        verbose_name_plural = _("wskaźniki")

    def __str__(self):
        return self.name


class Plane(models.Model):
    """A plane [płaszczyzna] of a multi-year programme with its main goal."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="planes", verbose_name=_("program"))
    number = models.CharField(_("numer"), max_length=10)
    name = models.CharField(_("płaszczyzna"), max_length=300)
    main_goal = models.CharField(_("cel główny"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)

    class Meta:
        verbose_name = _("płaszczyzna")
        verbose_name_plural = _("płaszczyzny")
        ordering = ["position"]

    def __str__(self):
        return f"{self.number}. {self.name}"


class SpecificGoal(models.Model):
    """A specific goal [cel szczegółowy] of a plane."""

    plane = models.ForeignKey(Plane, models.CASCADE, related_name="goals")
    number = models.CharField(_("numer"), max_length=10)
    text = models.CharField(_("cel szczegółowy"), max_length=500)

    class Meta:
        verbose_name = _("cel szczegółowy")
        verbose_name_plural = _("cele szczegółowe")
        ordering = ["pk"]

    def __str__(self):
        return self.text


class Action(models.Model):
    """An action [działanie] of a plane."""

    plane = models.ForeignKey(Plane, models.CASCADE, related_name="actions")
    number = models.CharField(_("numer"), max_length=10)
    text = models.CharField(_("działanie"), max_length=500)

    class Meta:
        verbose_name = _("działanie")
        verbose_name_plural = _("działania")
        ordering = ["pk"]

    def __str__(self):
        return self.text


class PriorityTask(models.Model):
    """A priority task [zadanie priorytetowe] with its due date, products and responsible unit."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="tasks")
    number = models.CharField(_("numer"), max_length=10)
    text = models.TextField(_("zadanie"))
    sub_points = models.JSONField(_("podpunkty"), default=list, blank=True)
    due_label = models.CharField(_("termin, słownie"), max_length=200, blank=True)
    due_on = models.DateField(_("termin"), null=True, blank=True)
    is_continuous = models.BooleanField(_("działanie ciągłe"), null=True, blank=True)
    products = models.JSONField(_("produkty"), default=list, blank=True)
    responsible = models.CharField(_("odpowiada"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("zadanie priorytetowe")
        verbose_name_plural = _("zadania priorytetowe")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:100]
