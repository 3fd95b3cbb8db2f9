"""One standard for all units: what a consultation of a kind begins with (R-CNS-24)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import FormKind, Kind, Regime, StageKind


class ConsultationTemplate(models.Model):
    """Texts and forms that a new draft starts with; belongs to no unit."""

    name = models.CharField(_("nazwa szablonu"), max_length=120, unique=True)
    hint = models.CharField(_("kiedy go użyć"), max_length=300, blank=True)
    is_active = models.BooleanField(_("w użyciu"), default=True)
    kind = models.CharField(_("rodzaj"), max_length=20, choices=Kind, default=Kind.OTHER)
    regimes = ArrayField(
        models.CharField(max_length=20, choices=Regime), verbose_name=_("tryb"), default=list, blank=True
    )
    stages = ArrayField(
        models.CharField(max_length=20, choices=StageKind), verbose_name=_("etapy"), default=list, blank=True
    )
    form_kinds = ArrayField(
        models.CharField(max_length=20, choices=FormKind),
        verbose_name=_("formy"),
        default=list,
        blank=True,
        help_text=_("Co najmniej trzy, w tym spotkanie otwarte albo warsztat."),
    )
    days = models.PositiveSmallIntegerField(
        _("ile dni trwa"), default=28, help_text=_("Nie mniej niż wymaga uchwała; krótszy termin wydłużymy.")
    )
    subject = models.TextField(_("przedmiot i cel"), blank=True)
    plain_summary = models.TextField(_("streszczenie prostym językiem"), blank=True)
    addressees = models.TextField(_("do kogo"), blank=True)
    legal_bases = ArrayField(models.TextField(), verbose_name=_("podstawy prawne"), default=list, blank=True)
    what_next = models.TextField(_("co dalej"), blank=True)

    class Meta:
        verbose_name = _("szablon konsultacji")
        verbose_name_plural = _("szablony konsultacji")
        ordering = ["name"]

    def __str__(self):
        return self.name
