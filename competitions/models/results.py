"""What came of a call: counts, offers with their outcome, offers rejected on formal grounds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.common.fields import MoneyField

from ..enums import WITH_RESULTS, Outcome
from .call import Call


class CallResult(models.Model):
    """The results of a call. They are written while it is decided, and public once published."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="result", verbose_name=_("konkurs"))
    offers_submitted = models.PositiveIntegerField(_("złożone oferty"), null=True, blank=True)
    funded = models.PositiveIntegerField(_("przyznane dotacje"), null=True, blank=True)
    formally_rejected = models.PositiveIntegerField(_("odrzucone formalnie"), null=True, blank=True)
    late_offers = models.PositiveIntegerField(_("złożone po terminie"), null=True, blank=True)
    previous_edition_applicants = models.PositiveIntegerField(
        _("oferty w poprzedniej edycji"), null=True, blank=True
    )
    mean_score = models.DecimalField(
        _("średnia ocena"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    ordinance_number = models.CharField(
        _("numer zarządzenia"),
        max_length=120,
        blank=True,
        help_text=_("Zarządzenie o wyborze ofert; plik dodaj w dokumentach."),
    )
    contract_number = models.CharField(_("numer umowy"), max_length=200, blank=True)
    committee_note = models.TextField(
        _("kto oceniał"), blank=True, help_text=_("Liczby osób z urzędu i z organizacji, bez nazwisk.")
    )
    note = models.TextField(_("uwaga"), blank=True)
    published_on = models.DateField(_("ogłoszono wyniki"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("wyniki konkursu")
        verbose_name_plural = _("wyniki konkursów")

    def __str__(self):
        return str(_("Wyniki: %(call)s") % {"call": self.call})


class AwardQuerySet(models.QuerySet):
    def published(self):
        """Awards of results that are out; nothing of a choice that waits for its publication."""
        calls = Call.objects.published().filter(state__in=WITH_RESULTS)
        return self.filter(result__call__in=calls, outcome=Outcome.AWARDED)


class Award(models.Model):
    """An offer judged on its merits: awarded, on the reserve list, or without a grant."""

    result = models.ForeignKey(CallResult, models.CASCADE, related_name="awards", verbose_name=_("wyniki"))
    organization_name = models.CharField(_("organizacja"), max_length=500)
    organization = models.ForeignKey(
        "organizations.Organization",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("wpis w bazie"),
    )
    offer = models.OneToOneField(
        "competitions.Offer", models.SET_NULL, null=True, editable=False, related_name="award"
    )
    title = models.TextField(_("tytuł oferty"), blank=True)
    outcome = models.CharField(_("rozstrzygnięcie"), max_length=20, choices=Outcome, default=Outcome.AWARDED)
    amount = MoneyField(_("przyznano"), null=True, blank=True)
    requested_amount = MoneyField(_("wnioskowano"), null=True, blank=True)
    score = models.DecimalField(_("punkty"), max_digits=6, decimal_places=2, null=True, blank=True)
    score_label = models.CharField(_("ocena słownie"), max_length=200, blank=True)
    contract_number = models.CharField(_("numer umowy"), max_length=200, blank=True)
    note = models.TextField(_("uwaga"), blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("oferta w wynikach")
        verbose_name_plural = _("oferty w wynikach")
        ordering = [models.F("score").desc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["organization"])]

    def __str__(self):
        return self.organization_name


class RejectedOffer(models.Model):
    """An offer rejected on formal grounds, with the reason."""

    result = models.ForeignKey(CallResult, models.CASCADE, related_name="rejected", verbose_name=_("wyniki"))
    organization_name = models.CharField(_("organizacja"), max_length=500)
    offer = models.OneToOneField(
        "competitions.Offer", models.SET_NULL, null=True, editable=False, related_name="published_rejection"
    )
    reason_code = models.CharField(_("kod powodu"), max_length=60, blank=True, editable=False)
    title = models.TextField(_("tytuł oferty"), blank=True)
    reason = models.TextField(_("powód odrzucenia"), blank=True)

    class Meta:
        verbose_name = _("oferta odrzucona formalnie")
        verbose_name_plural = _("oferty odrzucone formalnie")
        ordering = ["pk"]

    def __str__(self):
        return self.organization_name
