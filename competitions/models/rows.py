"""Further rows of a notice: the pool cell by cell, premises, earlier money, phases; and what is ticked off or spent."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.common.fields import MoneyField, PartialDateField

from .bases import PercentField
from .call import Call


class CallBudgetItem(models.Model):
    """A cell of the pool: money for a year, a part, a place, from a source; each of them may be left open."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="budget_items", verbose_name=_("konkurs"))
    year = models.PositiveSmallIntegerField(_("rok"), null=True, blank=True)
    part = models.CharField(_("część"), max_length=300, blank=True)
    place = models.CharField(_("miejsce"), max_length=300, blank=True)
    source = models.CharField(_("źródło"), max_length=300, blank=True)
    amount = MoneyField(_("kwota"), null=True, blank=True)
    is_approximate = models.BooleanField(_("około"), default=False)
    is_contingent = models.BooleanField(
        _("rezerwa"), default=False, help_text=_("Tylko w razie potrzeby, poza pulą.")
    )
    note = models.CharField(_("uwaga"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("pozycja podziału środków")
        verbose_name_plural = _("podział środków: rok, część, miejsce, źródło")
        ordering = ["pk"]

    def __str__(self):
        return ", ".join(str(part) for part in (self.year, self.part, self.place, self.source) if part)


class CallPremises(models.Model):
    """Premises given with the task: how large, for what rent, with whom they are shared."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="premises", verbose_name=_("konkurs"))
    address = models.CharField(_("lokal"), max_length=300)
    area = models.DecimalField(_("powierzchnia (m²)"), max_digits=9, decimal_places=2, null=True, blank=True)
    cellar_area = models.DecimalField(
        _("w tym piwnica (m²)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    common_share_percent = PercentField(_("udział w częściach wspólnych (%)"))
    rent = MoneyField(_("czynsz"), null=True, blank=True)
    rent_per = models.CharField(_("czynsz za"), max_length=120, blank=True, help_text=_("np. m² miesięcznie"))
    utilities = models.CharField(
        _("media"), max_length=500, blank=True, help_text=_("np. stawki albo „według liczników”")
    )
    note = models.CharField(_("uwaga"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("lokal")
        verbose_name_plural = _("lokale udostępniane do zadania")
        ordering = ["pk"]

    def __str__(self):
        return self.address


class CallPriorFunding(models.Model):
    """What was given before for tasks of this kind; without an amount: unknown, as the note says."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="prior_funding", verbose_name=_("konkurs"))
    year_from = models.PositiveSmallIntegerField(_("rok"), null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(_("do roku"), null=True, blank=True)
    task = models.CharField(_("zadanie"), max_length=500, blank=True)
    amount = MoneyField(_("kwota"), null=True, blank=True)
    grants_to_ngos = MoneyField(_("w tym dotacje dla organizacji"), null=True, blank=True)
    note = models.CharField(
        _("uwaga"), max_length=500, blank=True, help_text=_("np. środków nie przekazano, kwota nieznana")
    )

    class Meta:
        verbose_name = _("wcześniejsze środki")
        verbose_name_plural = _("wcześniejsze środki: rok po roku, zadanie po zadaniu")
        ordering = ["-year_from", "pk"]

    def __str__(self):
        return f"{self.year_from or ''} {self.task}".strip()


class CallPhase(models.Model):
    """One of several phases of a task (first the premises are adapted, then they are run)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="phases", verbose_name=_("konkurs"))
    name = models.CharField(_("faza zadania"), max_length=300)
    task_from = PartialDateField(_("od"))
    task_to = PartialDateField(_("do"))
    note = models.CharField(_("uwaga"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("faza zadania")
        verbose_name_plural = _("fazy zadania")
        ordering = ["task_from", "pk"]

    def __str__(self):
        return self.name


class CallCheck(models.Model):
    """A line of the clerk's own list before the announcement; it comes from a template or is written by hand."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="checks", verbose_name=_("konkurs"))
    text = models.CharField(_("co sprawdzić"), max_length=300)
    is_done = models.BooleanField(_("zrobione"), default=False)

    class Meta:
        verbose_name = _("punkt listy")
        verbose_name_plural = _("lista do sprawdzenia przed ogłoszeniem")
        ordering = ["pk"]

    def __str__(self):
        return self.text


class CallSpending(models.Model):
    """Money of a continuous intake that is given away already; what is left is shown in public."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="spendings", verbose_name=_("konkurs"))
    decided_on = models.DateField(_("dzień decyzji"))
    amount = MoneyField(_("kwota"), validators=[MinValueValidator(0)])
    note = models.CharField(_("czego dotyczy"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("przyznane środki")
        verbose_name_plural = _("przyznane środki naboru ciągłego")
        ordering = ["decided_on", "pk"]

    def __str__(self):
        return str(self.amount)
