"""What surrounds the writing of an offer: earlier edits, texts in conflict, comments, who is there, numbers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .call import Call
from .offers import Offer, OfferSection


class OfferEdit(models.Model):
    """A section as it was saved once: what a later save in another tab was written on."""

    section = models.ForeignKey(
        OfferSection, models.CASCADE, related_name="edits", verbose_name=_("część oferty")
    )
    number = models.PositiveIntegerField(_("zapis"))
    content = models.JSONField(_("treść"), default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("zapis części oferty")
        verbose_name_plural = _("zapisy części ofert")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="offer_edit_once")]

    def __str__(self):
        return f"{self.section}, {self.number}"


class OfferConflict(models.Model):
    """A text that met another one in the same place; both are kept until somebody of the team chooses."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="conflicts", verbose_name=_("oferta"))
    key = models.CharField(_("część formularza"), max_length=40)
    address = models.CharField(_("pole"), max_length=120)
    text = models.TextField(_("drugi tekst"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("tekst do wyboru")
        verbose_name_plural = _("teksty do wyboru")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "key", "address", "by"], name="offer_conflict_once")
        ]

    def __str__(self):
        return f"{self.key}.{self.address}"


class OfferComment(models.Model):
    """A remark of the team on a section. Never visible to officials."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="comments", verbose_name=_("oferta"))
    key = models.CharField(_("część formularza"), max_length=40)
    text = models.TextField(_("komentarz"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("kiedy"))
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    resolved_at = models.DateTimeField(_("załatwiono"), null=True)

    class Meta:
        verbose_name = _("komentarz do oferty")
        verbose_name_plural = _("komentarze do ofert")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:80]


class OfferPresence(models.Model):
    """Who has an offer open now, and where in it."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("osoba w ofercie")
        verbose_name_plural = _("osoby w ofertach")
        constraints = [models.UniqueConstraint(fields=["offer", "user"], name="offer_presence_once")]

    def __str__(self):
        return f"{self.user}, {self.key}"


class OfferCounter(models.Model):
    """The last number given to an offer of a call in a year."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="offer_counters")
    year = models.PositiveSmallIntegerField(_("rok"))
    last = models.PositiveIntegerField(_("ostatni numer"), default=0)

    class Meta:
        verbose_name = _("licznik ofert")
        verbose_name_plural = _("liczniki ofert")
        constraints = [models.UniqueConstraint(fields=["call", "year"], name="offer_counter_once")]

    def __str__(self):
        return f"{self.call_id}/{self.year}: {self.last}"
