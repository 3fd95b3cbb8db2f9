"""A draft of a notice put up for remarks before it is announced (R-CALL-09)."""

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common.clock import now as present

from ..enums import Position
from .call import Call

SALT = "competitions.draft_remark"


class ReviewQuerySet(models.QuerySet):
    def with_parts(self):
        return self.select_related("call__unit")


class DraftReview(models.Model):
    """A draft as it was shown, from one moment to another; the paragraphs stay as they were."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="reviews", verbose_name=_("konkurs"))
    slug = models.SlugField(_("adres strony"), max_length=130, unique=True, editable=False)
    title = models.CharField(_("tytuł"), max_length=1000, editable=False)
    intro = models.TextField(_("o co pytamy"), blank=True, max_length=3000)
    opens_at = models.DateTimeField(_("uwagi od"))
    closes_at = models.DateTimeField(_("uwagi do"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    sent_to = models.JSONField(_("wysłano do"), default=list, editable=False)
    summary = models.TextField(_("podsumowanie urzędu"), blank=True, max_length=5000)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("szkic do uwag")
        verbose_name_plural = _("szkice konkursów do uwag")
        ordering = ["-opens_at", "-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("competitions:draft", args=[self.slug])

    @property
    def is_open(self) -> bool:
        return self.opens_at <= present() < self.closes_at


class DraftParagraph(models.Model):
    """A numbered paragraph; ``/szkice/<slug>/#akapit-3`` always leads to it."""

    review = models.ForeignKey(DraftReview, models.CASCADE, related_name="paragraphs")
    number = models.PositiveSmallIntegerField(_("numer"))
    section = models.CharField(_("część"), max_length=200)
    text = models.TextField(_("treść"))

    class Meta:
        verbose_name = _("akapit szkicu")
        verbose_name_plural = _("akapity szkicu")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="draft_paragraph_once")]

    def __str__(self):
        return f"{self.number}. {self.section}"


class RemarkQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_hidden=False)

    def waiting(self):
        return self.filter(answered_at=None, is_hidden=False)

    def by_token(self, token: str):
        """The remark of a private link; none for a forged one."""
        try:
            return self.filter(pk=signing.loads(token, salt=SALT))
        except signing.BadSignature:
            return self.none()


class DraftRemark(models.Model):
    """A remark of anybody, to a paragraph or to the whole; the sender's name and address are never shown."""

    review = models.ForeignKey(DraftReview, models.CASCADE, related_name="remarks", verbose_name=_("szkic"))
    paragraph = models.ForeignKey(
        DraftParagraph,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="remarks",
        verbose_name=_("akapit"),
    )
    serial = models.PositiveIntegerField(_("numer"), editable=False)
    receipt = models.CharField(_("numer potwierdzenia"), max_length=40, editable=False)
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    text = models.TextField(_("uwaga"), max_length=3000)
    organization_name = models.CharField(_("organizacja"), max_length=300, blank=True)
    email = models.EmailField(_("adres e-mail"), blank=True)
    received_at = models.DateTimeField(_("wpłynęła"), editable=False)
    position = models.CharField(_("stanowisko"), max_length=20, choices=Position, blank=True)
    answer = models.TextField(_("odpowiedź"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(_("odpowiedziano"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    is_hidden = models.BooleanField(_("nie publikuj"), default=False, editable=False)
    hidden_reason = models.CharField(
        _("dlaczego nie publikujemy"), max_length=300, blank=True, editable=False
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("uwaga do szkicu")
        verbose_name_plural = _("uwagi do szkiców")
        ordering = ["review", "serial"]
        constraints = [models.UniqueConstraint(fields=["review", "serial"], name="draft_remark_once")]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=Q(answered_at=None, is_hidden=False),
                name="draft_remark_open",
            )
        ]

    def __str__(self):
        return self.receipt

    @property
    def token(self) -> str:
        return signing.dumps(self.pk, salt=SALT)

    def get_private_url(self) -> str:
        return reverse("competitions:draft_receipt", args=[self.token])
