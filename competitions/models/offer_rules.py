"""How offers of a call are written and confirmed: columns of ``Call`` (R-CALL-21, R-OFF-06)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferRules(models.Model):
    answer_limits = models.JSONField(
        _("limity znaków w odpowiedziach"),
        default=dict,
        blank=True,
        help_text=_("Pytanie formularza i najwięcej znaków, np. task.needs: 2000. Inne mają limit domyślny."),
    )
    are_indicators_waived = models.BooleanField(
        _("bez tabeli rezultatów (cz. III.6)"),
        default=False,
        help_text=_("Zaznacz, jeśli rezygnujesz z dodatkowych informacji o rezultatach."),
    )
    requires_signed_confirmation = models.BooleanField(
        _("wymagane podpisane potwierdzenie oferty"), default=False
    )
    confirmation_due_at = models.DateTimeField(_("potwierdzenie do"), null=True, blank=True)
    confirmation_ways = models.TextField(
        _("jak dostarczyć potwierdzenie"),
        blank=True,
        help_text=_("np. na papierze w sekretariacie, przez e-Doręczenia, PDF z podpisem zaufanym"),
    )

    class Meta:
        abstract = True
