"""Files, the publication box, proofs of publication, and the one search index."""

import secrets
from pathlib import PurePath

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import OrganizationalUnit
from core.common.clock import local, now
from core.common.subjects import AboutSubject, SubjectQuerySet

from . import law
from .enums import Audience, Place, Purpose, ScanState


class Published(models.Model):
    """The publication box [metka] that every published record shows (R-WEB-09)."""

    author_name = models.CharField(
        _("autor treści"),
        max_length=200,
        blank=True,
        help_text=_("Komórka lub stanowisko, np. Wydział Kultury"),
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(_("opublikowano"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("zaktualizowano"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


def stored_name(attachment, filename: str) -> str:
    """Where a file is kept: a name nobody can guess, with the extension that was checked."""
    return f"zalaczniki/{local(now()):%Y/%m}/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()}"


class AttachmentQuerySet(SubjectQuerySet):
    def current(self):
        """Newest versions that have not been removed."""
        return self.filter(replacement=None, removed_at=None)

    def for_everybody(self):
        """What a public page may list; whether the record itself is public is the page's affair."""
        return self.current().filter(
            audience=Audience.PUBLIC, scan_state__in=[ScanState.NOT_CONFIGURED, ScanState.CLEAN]
        )


class Attachment(AboutSubject):
    """A file that belongs to a record of any app; checked when it comes in.

    A record may have ``is_public`` (whether everybody may fetch its public files), ``unit`` (whose
    officials may fetch the others) and ``may_read_files(user)`` (which then decides in their place).
    """

    file = models.FileField(_("plik"), upload_to=stored_name)
    title = models.CharField(_("tytuł"), max_length=200)
    original_name = models.CharField(_("nazwa pliku"), max_length=200, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("rozmiar"), editable=False, default=0)
    sha256 = models.CharField(_("suma kontrolna"), max_length=64, editable=False)
    has_text_layer = models.BooleanField(_("ma warstwę tekstową"), null=True, editable=False)
    is_tagged = models.BooleanField(_("ma znaczniki dostępności"), null=True, editable=False)
    html_alternative = models.URLField(_("wersja dostępna (adres)"), blank=True)
    version = models.PositiveSmallIntegerField(_("wersja"), default=1)
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)
    audience = models.CharField(_("dla kogo"), max_length=20, choices=Audience, default=Audience.PUBLIC)
    scan_state = models.CharField(
        _("skaner antywirusowy"),
        max_length=20,
        choices=ScanState,
        default=ScanState.NOT_CONFIGURED,
        editable=False,
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("dodano"), editable=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="replacement",
        verbose_name=_("zastępuje"),
    )
    removed_at = models.DateTimeField(_("usunięto"), null=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("załącznik")
        verbose_name_plural = _("załączniki")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self):
        return self.title

    @property
    def warnings(self) -> list:
        """What keeps some people out of the file (R-WEB-06)."""
        return law.file_warnings(has_text_layer=self.has_text_layer, is_tagged=self.is_tagged)

    def get_absolute_url(self):
        return reverse("documents:download", args=[self.pk, self.original_name])

    @property
    def extension(self) -> str:
        """»PDF«, as shown beside the title."""
        return PurePath(self.original_name).suffix.removeprefix(".").upper()

    @property
    def is_current(self) -> bool:
        """Neither replaced nor removed."""
        return self.removed_at is None and not Attachment.objects.filter(replaces=self).exists()

    @property
    def is_safe_to_fetch(self) -> bool:
        """Whether the virus scanner has nothing against it, or there is none."""
        return self.scan_state in (ScanState.NOT_CONFIGURED, ScanState.CLEAN)


class PublicationProof(AboutSubject):
    """That something was published: where, on which day, at what address, recorded by whom."""

    purpose = models.CharField(_("co ogłoszono"), max_length=20, choices=Purpose, default=Purpose.NOTICE)
    place = models.CharField(_("gdzie"), max_length=20, choices=Place)
    published_on = models.DateField(_("dnia"))
    removed_on = models.DateField(_("zdjęto dnia"), null=True, blank=True)
    url = models.URLField(_("adres strony"), max_length=500, blank=True)
    location = models.CharField(
        _("miejsce"), max_length=200, blank=True, help_text=_("np. tablica w holu, ul. Dekerta 24")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(editable=False)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("dowód publikacji")
        verbose_name_plural = _("dowody publikacji")
        ordering = ["published_on", "pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self):
        return f"{self.get_place_display()}, {self.published_on}"


class SearchEntry(AboutSubject):
    """One public record in the one search index. What is not public has no row here."""

    kind = models.CharField(
        max_length=30
    )  # call, consultation, organization, body, news, page, programme, resource
    title = models.CharField(max_length=500)
    lead = models.CharField(max_length=600, blank=True)
    url = models.CharField(max_length=500)
    dated_on = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(OrganizationalUnit, models.SET_NULL, null=True, blank=True, related_name="+")
    vector = SearchVectorField(null=True)
    analyser = models.CharField(max_length=40, blank=True)
    indexed_at = models.DateTimeField()

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("wpis wyszukiwarki")
        verbose_name_plural = _("wpisy wyszukiwarki")
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="search_entry_once")
        ]
        indexes = [
            # a long list of words yet to be sorted in would make the planner avoid the index
            GinIndex(fields=["vector"], gin_pending_list_limit=256, name="search_entry_words"),
            models.Index(fields=["kind"], name="search_entry_kind"),
        ]


class WordForm(models.Model):
    """A form of a word in the index: without diacritics, with them, and a base word it may belong to."""

    form = models.CharField(max_length=60)
    word = models.CharField(max_length=60)
    lemma = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "lemma"], name="word_form_once")]
        indexes = [
            # beginnings of words, whatever the collation of the database
            models.Index(fields=["form"], opclasses=["varchar_pattern_ops"], name="word_form_start"),
            models.Index(fields=["lemma"], name="word_form_lemma"),
        ]
