"""Surveys: questions of the unit during a consultation, and the short one of participants afterwards (R-CNS-26).

Answers carry no name, no address and no link to a submission.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import signing
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common.clock import now

from ..enums import PUBLIC_STATES, QuestionKind, State, SurveyPurpose
from .consultation import Consultation

LINK_SALT = "consultations.survey"


class SurveyQuerySet(models.QuerySet):
    def published(self):
        """What everybody may see: sent out, of a consultation with a public entry."""
        return self.exclude(published_at=None).filter(consultation__state__in=PUBLIC_STATES)

    def with_counts(self):
        return self.annotate(response_count=Count("responses"))


class Survey(models.Model):
    """Questions of one consultation. Once published they do not change, so that all answer the same."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="surveys", verbose_name=_("konsultacje")
    )
    purpose = models.CharField(_("kiedy"), max_length=20, choices=SurveyPurpose, default=SurveyPurpose.DURING)
    title = models.CharField(_("tytuł"), max_length=200)
    lead = models.TextField(
        _("wstęp"), blank=True, help_text=_("Po co pytasz i ile minut to zajmie. Prostym językiem.")
    )
    published_at = models.DateTimeField(_("opublikowano"), null=True, editable=False)
    closes_at = models.DateTimeField(_("koniec"), null=True, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("ankieta")
        verbose_name_plural = _("ankiety")
        ordering = ["consultation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(purpose=SurveyPurpose.AFTER),
                name="survey_of_participants_once",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("consultations:survey", args=[self.consultation.slug, self.pk])

    def get_results_url(self):
        return reverse("consultations:survey_results", args=[self.consultation.slug, self.pk])

    @property
    def unit_id(self) -> int | None:
        return self.consultation.unit_id

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def ends_at(self) -> datetime | None:
        """When it closes: with its consultation, or on a day of its own."""
        return self.closes_at or (self.consultation.ends_at if self.purpose == SurveyPurpose.DURING else None)

    def is_open_at(self, at: datetime) -> bool:
        if not self.is_published or (self.ends_at and at >= self.ends_at):
            return False
        return self.purpose == SurveyPurpose.AFTER or self.consultation.state_at(at) == State.OPEN

    @property
    def is_open(self) -> bool:
        return self.is_open_at(now())

    @property
    def is_over(self) -> bool:
        """Whether no answers come any more, so that the results may be shown without swaying anybody."""
        return self.is_published and self.ends_at is not None and now() >= self.ends_at

    def link_token(self, key: str) -> str:
        """For a letter to one participant: lets in once, without saying who it is."""
        return signing.dumps([self.pk, key], salt=LINK_SALT)

    def key_of(self, token: str) -> str:
        """The key in the link of a letter; empty when the link is not ours or of another survey."""
        try:
            pk, key = signing.loads(token, salt=LINK_SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return ""
        return key if pk == self.pk else ""


class SurveyQuestion(models.Model):
    """One question; options are for one and many, the bounds for a scale and a number."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions", verbose_name=_("ankieta"))
    position = models.PositiveSmallIntegerField(_("kolejność"), default=1)
    kind = models.CharField(_("rodzaj"), max_length=20, choices=QuestionKind, default=QuestionKind.ONE)
    text = models.CharField(_("pytanie"), max_length=500)
    hint = models.CharField(_("podpowiedź"), max_length=300, blank=True)
    options = ArrayField(models.TextField(), verbose_name=_("odpowiedzi"), default=list, blank=True)
    lowest = models.IntegerField(_("najmniej"), null=True, blank=True)
    highest = models.IntegerField(_("najwięcej"), null=True, blank=True)
    is_required = models.BooleanField(_("obowiązkowe"), default=False)

    class Meta:
        verbose_name = _("pytanie ankiety")
        verbose_name_plural = _("pytania ankiety")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text

    @property
    def steps(self) -> range:
        """The values of a scale."""
        return range(self.lowest or 1, (self.highest or 5) + 1)


class SurveyResponse(models.Model):
    """One filled-in survey. ``link_key`` is a keyed hash: it lets a letter's link in once and names nobody."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="responses", verbose_name=_("ankieta"))
    received_at = models.DateTimeField(_("wpłynęło"))
    form_key = models.UUIDField(_("klucz formularza"), unique=True, editable=False)
    link_key = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("wypełniona ankieta")
        verbose_name_plural = _("wypełnione ankiety")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "link_key"], condition=~Q(link_key=""), name="survey_link_once"
            )
        ]

    def __str__(self):
        return f"{self.survey_id}/{self.pk}"


class SurveyAnswer(models.Model):
    """What one response says to one question. Free text is public only once the desk has let it through."""

    response = models.ForeignKey(SurveyResponse, models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        SurveyQuestion, models.PROTECT, related_name="answers", verbose_name=_("pytanie")
    )
    chosen = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    number = models.DecimalField(_("liczba"), max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.TextField(_("odpowiedź"), blank=True)
    is_shown = models.BooleanField(_("na stronie"), null=True, editable=False)
    moderated_at = models.DateTimeField(_("sprawdzono"), null=True, editable=False)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("sprawdził"),
    )

    class Meta:
        verbose_name = _("odpowiedź w ankiecie")
        verbose_name_plural = _("odpowiedzi w ankietach")
        ordering = [F("moderated_at").asc(nulls_first=True), "pk"]
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="survey_answer_once")]

    def __str__(self):
        return self.text[:60] or str(self.pk)

    @property
    def unit_id(self) -> int | None:
        return self.question.survey.unit_id
