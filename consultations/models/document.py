"""The consulted document: its versions, and their numbered points, each with an address that lasts."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.common.fields import RichTextField

from ..enums import PointKind, VersionPurpose
from .consultation import Consultation
from .parts import ConsultationStage


class DocumentVersionQuerySet(models.QuerySet):
    def kept(self):
        """Without those that somebody is still looking through before saving."""
        return self.filter(is_preview=False)

    def of(self, consultation: Consultation):
        return self.kept().filter(consultation=consultation)


class DocumentVersion(models.Model):
    """One wording of the document. The latest kept one is the document; what was published is never changed."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="versions", verbose_name=_("konsultacje")
    )
    stage = models.ForeignKey(
        ConsultationStage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("etap"),
    )
    number = models.PositiveSmallIntegerField(_("wersja"), editable=False)
    purpose = models.CharField(
        _("co to jest"), max_length=20, choices=VersionPurpose, default=VersionPurpose.CONSULTED
    )
    title = models.CharField(_("tytuł dokumentu"), max_length=300, blank=True)
    reason = models.TextField(_("powód zmiany"), blank=True)
    imported_from = models.CharField(_("wczytano z pliku"), max_length=255, blank=True, editable=False)
    is_preview = models.BooleanField(_("podgląd przed zapisaniem"), default=False, editable=False)
    created_at = models.DateTimeField(_("utworzono"), null=True, editable=False)
    published_at = models.DateTimeField(_("opublikowano"), null=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wersja dokumentu")
        verbose_name_plural = _("wersje dokumentu")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="document_version_once")
        ]

    def __str__(self):
        return f"{self.name}, {_('wersja')} {self.number}"

    def get_absolute_url(self):
        return f"{reverse('consultations:document', args=[self.consultation.slug])}?wersja={self.number}"

    @property
    def name(self) -> str:
        return self.title or self.consultation.title


class DocumentPointQuerySet(models.QuerySet):
    def current(self, consultation: Consultation):
        """The points of the latest kept version; one query."""
        latest = DocumentVersion.objects.of(consultation).order_by("-number").values("pk")[:1]
        return self.filter(version=models.Subquery(latest))


class DocumentPoint(models.Model):
    """A chapter, paragraph, list or table of a version, to which a remark can be attached.

    ``key`` is its address (``#p<key>``). A later version keeps the key of a point that is still the same one, so a
    link to a paragraph and the remarks to it stay right.
    """

    version = models.ForeignKey(
        DocumentVersion, models.CASCADE, related_name="points", verbose_name=_("wersja")
    )
    position = models.PositiveIntegerField(_("kolejność"))
    key = models.CharField(_("adres"), max_length=60)
    number = models.CharField(_("numer"), max_length=40)
    kind = models.CharField(_("rodzaj"), max_length=20, choices=PointKind, default=PointKind.PARAGRAPH)
    level = models.PositiveSmallIntegerField(_("poziom"), default=1)
    text = models.TextField(_("treść"))
    # only where the text alone would lose something: a list, a table, emphasis
    html = RichTextField(_("treść z układem"))

    objects = DocumentPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("punkt dokumentu")
        verbose_name_plural = _("punkty dokumentu")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="document_point_once"),
            models.UniqueConstraint(fields=["version", "key"], name="document_key_once"),
        ]

    def __str__(self):
        return f"{self.number} {Truncator(self.text).chars(60)}"

    @property
    def is_heading(self) -> bool:
        return self.kind == PointKind.HEADING

    @property
    def title(self) -> str:
        """The words of a chapter; nothing for »§ 3« without a title."""
        return "" if self.text.replace(" ", "") == self.number else self.text

    @property
    def anchor(self) -> str:
        return f"p{self.key}"
