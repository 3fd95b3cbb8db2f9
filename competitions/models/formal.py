"""The formal check (R-CALL-23, 24): the card of a call, its marks, requests to supplement, rejections."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import FormalHint, FormalMark
from .call import Call
from .offers import Offer, OfferVersion


class FormalItem(models.Model):
    """What every item of a card of formal check holds."""

    text = models.CharField(_("punkt karty"), max_length=500)
    is_correctable = models.BooleanField(
        _("można uzupełnić"), default=True, help_text=_("Bez tego odpowiedź NIE oznacza odrzucenie oferty.")
    )
    hint = models.CharField(
        _("podpowiedź portalu"),
        max_length=30,
        choices=FormalHint,
        blank=True,
        help_text=_("Portal liczy ją z oferty i ogłoszenia; decyduje urzędnik."),
    )
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)

    class Meta:
        abstract = True

    def __str__(self):
        return self.text


class FormalItemTemplate(FormalItem):
    """The default list: each new card begins with a copy of it."""

    code = models.SlugField(_("oznaczenie"), max_length=40, unique=True)
    is_active = models.BooleanField(_("w nowych kartach"), default=True)

    class Meta:
        verbose_name = _("wzorcowy punkt karty formalnej")
        verbose_name_plural = _("wzorcowa karta oceny formalnej")
        ordering = ["position", "pk"]


class CallFormalItem(FormalItem):
    """An item of the card of one call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="formal_items", verbose_name=_("konkurs"))

    class Meta:
        verbose_name = _("punkt karty formalnej")
        verbose_name_plural = _("karta oceny formalnej")
        ordering = ["position", "pk"]

    @property
    def code(self) -> str:
        return str(self.pk)


class FormalTerms(models.Model):
    """How a call departs from the usual in its formal check."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="formal_terms", verbose_name=_("konkurs"))
    correction_days = models.PositiveSmallIntegerField(
        _("dni robocze na uzupełnienie"),
        null=True,
        blank=True,
        help_text=_("Puste: tyle, ile w parametrach prawnych."),
    )

    class Meta:
        verbose_name = _("zasady oceny formalnej")
        verbose_name_plural = _("zasady ocen formalnych")

    def __str__(self):
        return str(self.call)


class RejectionReason(models.Model):
    """A reason of rejection, published with its code in the results (R-CALL-24)."""

    code = models.CharField(_("kod"), max_length=20, unique=True)
    label = models.CharField(_("powód odrzucenia"), max_length=300)
    is_active = models.BooleanField(_("do wyboru"), default=True)
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)

    class Meta:
        verbose_name = _("powód odrzucenia formalnego")
        verbose_name_plural = _("powody odrzucenia formalnego")
        ordering = ["position", "code"]

    def __str__(self):
        return f"{self.code}: {self.label}"


class FormalAnswer(models.Model):
    """A mark on the card of one offer; ``edit_number`` tells two clerks in one card apart."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="formal_answers", verbose_name=_("oferta"))
    item = models.ForeignKey(CallFormalItem, models.PROTECT, related_name="answers", verbose_name=_("punkt"))
    mark = models.CharField(_("odpowiedź"), max_length=5, choices=FormalMark, blank=True)
    note = models.TextField(_("uwaga"), max_length=2000, blank=True)
    edit_number = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(_("zapisano"))

    class Meta:
        verbose_name = _("odpowiedź w karcie formalnej")
        verbose_name_plural = _("odpowiedzi w karcie formalnej")
        ordering = ["item__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["offer", "item"], name="formal_answer_once")]

    def __str__(self):
        return f"{self.item}: {self.get_mark_display()}"


class CorrectionRequest(models.Model):
    """A request to supplement an offer [wezwanie do uzupełnienia braków]; ``due_at`` is the last minute in time."""

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="correction", verbose_name=_("oferta"))
    message = models.TextField(_("treść wezwania"), max_length=4000, blank=True)
    sections = models.JSONField(_("otwarte części oferty"), default=list)
    opens_attachments = models.BooleanField(_("otwarte załączniki"), default=False)
    sent_at = models.DateTimeField(_("wysłano"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField(_("termin uzupełnienia"))
    version = models.OneToOneField(
        OfferVersion,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uzupełnienie"),
    )

    class Meta:
        verbose_name = _("wezwanie do uzupełnienia")
        verbose_name_plural = _("wezwania do uzupełnienia")
        indexes = [models.Index(fields=["due_at"], condition=Q(version=None), name="correction_open")]

    def __str__(self):
        return str(_("Wezwanie do uzupełnienia: %(offer)s") % {"offer": self.offer})


class CorrectionItem(models.Model):
    """One lack of a request: the item of the card, and what exactly to do."""

    request = models.ForeignKey(CorrectionRequest, models.CASCADE, related_name="items")
    item = models.ForeignKey(CallFormalItem, models.PROTECT, related_name="+")
    what = models.TextField(_("co zrobić"), max_length=2000)

    class Meta:
        verbose_name = _("brak do uzupełnienia")
        verbose_name_plural = _("braki do uzupełnienia")
        ordering = ["item__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["request", "item"], name="correction_item_once")]

    def __str__(self):
        return self.what[:80]


class FormalRejection(models.Model):
    """Why an offer was rejected in the formal check: the code of the list, and the clerk's words."""

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="rejection", verbose_name=_("oferta"))
    reason = models.ForeignKey(
        RejectionReason, models.PROTECT, related_name="+", verbose_name=_("powód odrzucenia")
    )
    explanation = models.TextField(_("wyjaśnienie"), max_length=4000)
    at = models.DateTimeField(_("kiedy"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("odrzucenie formalne")
        verbose_name_plural = _("odrzucenia formalne")

    def __str__(self):
        return f"{self.offer}: {self.reason.code}"
