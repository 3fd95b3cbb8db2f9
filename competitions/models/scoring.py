"""Cards, points, traces of changes, the proposal of awards, and questions about the reasons (R-CALL-33 – 41)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.common.fields import MoneyField

from ..enums import Outcome
from .call import Call
from .committee import APPEND_ONLY, CommitteeMeeting, CommitteeMember
from .notice import CallCriterion
from .offers import Offer
from .results import Award, RejectedOffer


class SubCriterion(models.Model):
    """A part of a criterion with points of its own; together they are the criterion's points."""

    criterion = models.ForeignKey(CallCriterion, models.CASCADE, related_name="subs")
    name = models.TextField(_("podkryterium"))
    max_points = models.DecimalField(_("najwięcej punktów"), max_digits=6, decimal_places=2)
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)

    class Meta:
        verbose_name = _("podkryterium oceny")
        verbose_name_plural = _("podkryteria oceny")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class CardQuerySet(models.QuerySet):
    def valid(self):
        """Cards that have not been taken from their assessor."""
        return self.filter(withdrawn_at__isnull=True)

    def signed(self):
        return self.valid().filter(signed_at__isnull=False)


class ScoreCard(models.Model):
    """The card of one assessor for one offer; ``number`` is how the public knows the assessor of this offer."""

    member = models.ForeignKey(CommitteeMember, models.PROTECT, related_name="cards")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="cards", verbose_name=_("oferta"))
    number = models.PositiveSmallIntegerField(_("numer oceniającej osoby"))
    is_consensus = models.BooleanField(_("wspólna karta komisji"), default=False)
    assigned_at = models.DateTimeField(_("przydzielono"))
    saved_at = models.DateTimeField(_("zapisano"), null=True)
    signed_at = models.DateTimeField(_("podpisano"), null=True)
    total = models.DecimalField(_("suma punktów"), max_digits=6, decimal_places=2, default=0)
    withdrawn_at = models.DateTimeField(_("cofnięto"), null=True)
    withdrawn_because = models.TextField(_("powód cofnięcia"), blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("karta oceny")
        verbose_name_plural = _("karty oceny")
        ordering = ["offer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["member", "offer"], name="card_once"),
            models.UniqueConstraint(fields=["offer", "number"], name="card_number_once"),
        ]

    def __str__(self):
        return f"{self.offer.number} – {self.number}"


class CardScore(models.Model):
    """One row of a card. ``sub_points`` holds the points of sub-criteria by their number, as text."""

    card = models.ForeignKey(ScoreCard, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(CallCriterion, models.PROTECT, related_name="+")
    points = models.DecimalField(_("punkty"), max_digits=6, decimal_places=2, null=True)
    sub_points = models.JSONField(_("punkty podkryteriów"), default=dict)
    justification = models.TextField(_("uzasadnienie"), blank=True)

    class Meta:
        verbose_name = _("wiersz karty oceny")
        verbose_name_plural = _("wiersze kart oceny")
        ordering = ["criterion__position", "criterion_id"]
        constraints = [models.UniqueConstraint(fields=["card", "criterion"], name="card_score_once")]

    def __str__(self):
        return f"{self.criterion}: {self.points}"


class ScoreChange(models.Model):
    """A change of a signed card: public with the results, without the person. Cannot be changed."""

    card = models.ForeignKey(ScoreCard, models.PROTECT, related_name="changes")
    criterion = models.ForeignKey(CallCriterion, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("kiedy"))
    points_before = models.DecimalField(_("punkty przed"), max_digits=6, decimal_places=2)
    points_after = models.DecimalField(_("punkty po"), max_digits=6, decimal_places=2)
    text_before = models.TextField(_("uzasadnienie przed"), blank=True)
    text_after = models.TextField(_("uzasadnienie po"), blank=True)
    reason = models.TextField(_("powód zmiany"))

    class Meta:
        verbose_name = _("zmiana podpisanej oceny")
        verbose_name_plural = _("zmiany podpisanych ocen")
        ordering = ["at", "pk"]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.points_before} → {self.points_after}"


class SecondLook(models.Model):
    """That the committee talked about an offer whose cards differ much, and what came of it."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="second_looks")
    meeting = models.ForeignKey(CommitteeMeeting, models.PROTECT, related_name="second_looks")
    note = models.TextField(_("co ustaliła komisja"))
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("ponowna rozmowa o ofercie")
        verbose_name_plural = _("ponowne rozmowy o ofertach")
        ordering = ["pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.note[:80]


class AwardProposal(models.Model):
    """What the committee proposes for an offer; nobody outside sees it before the results are published."""

    offer = models.OneToOneField(Offer, models.CASCADE, related_name="proposal", verbose_name=_("oferta"))
    mean = models.DecimalField(_("średnia"), max_digits=6, decimal_places=2)
    outcome = models.CharField(_("propozycja"), max_length=20, choices=Outcome)
    amount = MoneyField(_("kwota"), default=0)
    by_year = models.JSONField(_("kwoty według lat"), default=dict)
    tie_reason = models.TextField(_("powód kolejności przy równych punktach"), blank=True)
    saved_at = models.DateTimeField(_("zapisano"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("propozycja dla oferty")
        verbose_name_plural = _("propozycje dla ofert")
        ordering = ["-mean", "offer_id"]

    def __str__(self):
        return f"{self.offer}: {self.get_outcome_display()}"


class ReasonRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at__isnull=True)

    def published(self):
        """Answers everybody may read."""
        return self.filter(answered_at__isnull=False, is_public=True)


class ReasonRequest(models.Model):
    """A question for the reasons of choosing or rejecting an offer, within 30 days (R-CALL-39)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="reason_requests", verbose_name=_("konkurs"))
    award = models.ForeignKey(Award, models.SET_NULL, null=True, blank=True, related_name="reason_requests")
    rejected = models.ForeignKey(
        RejectedOffer, models.SET_NULL, null=True, blank=True, related_name="reason_requests"
    )
    text = models.TextField(_("pytanie"), max_length=3000)
    email = models.EmailField(_("adres do odpowiedzi"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("zapytano"), editable=False)
    due_on = models.DateField(_("odpowiedź do"), editable=False)
    answer = models.TextField(_("odpowiedź"), blank=True, max_length=10000)
    is_public = models.BooleanField(
        _("pokaż pytanie i odpowiedź na stronie wyników"),
        default=False,
        help_text=_(
            "Tylko bez nazwisk i innych danych osób. Odpowiedź wyślemy zawsze także osobie, która pyta."
        ),
    )
    answered_at = models.DateTimeField(_("odpowiedziano"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = ReasonRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("pytanie o uzasadnienie")
        verbose_name_plural = _("pytania o uzasadnienie")
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return self.text[:80]

    @property
    def about(self) -> str:
        """The offer asked about, or the whole choice."""
        row = self.award or self.rejected
        return " – ".join(filter(None, [row.organization_name, row.title])) if row else ""
