"""Templates of notices, kept by the coordinator: texts, criteria and a list to tick off."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .bases import NoticeTexts, PercentField

# What a template gives to a call.
TEMPLATE_TEXTS = (
    "goal", "eligibility", "conditions", "accessibility", "selection_procedure", "committee_call",
    "attachments_required", "submission_system", "submission_url", "contact_system", "cancellation_reservation",
    "information_clause",
)  # fmt: skip


class CallTemplate(NoticeTexts):
    """A beginning for calls of a kind; a call takes a copy, so later changes do not touch it."""

    name = models.CharField(_("nazwa szablonu"), max_length=200, unique=True)
    minimum_score = models.DecimalField(
        _("próg punktowy"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    checklist = models.JSONField(_("lista do sprawdzenia przed ogłoszeniem"), default=list, blank=True)
    is_active = models.BooleanField(_("w użyciu"), default=True)
    updated_at = models.DateTimeField(_("zmieniono"), null=True, editable=False)

    class Meta:
        verbose_name = _("szablon konkursu")
        verbose_name_plural = _("szablony konkursów")
        ordering = ["name"]

    def __str__(self):
        return self.name


class TemplateCriterion(models.Model):
    """A criterion of a template."""

    template = models.ForeignKey(CallTemplate, models.CASCADE, related_name="criteria")
    name = models.TextField(_("kryterium"))
    description = models.TextField(_("co bierzemy pod uwagę"), blank=True)
    max_points = models.DecimalField(
        _("najwięcej punktów"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    weight = PercentField(_("waga (%)"))
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)

    class Meta:
        verbose_name = _("kryterium")
        verbose_name_plural = _("kryteria oceny")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name
