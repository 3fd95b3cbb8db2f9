"""Dated legal parameters, and the proof of what was done: transitions and the audit log."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.common.subjects import AboutSubject, SubjectQuerySet


class LegalParameter(models.Model):
    """An amount or a period fixed by law, from a day on. A change of law is a new row."""

    code = models.CharField(_("kod"), max_length=60)
    label = models.CharField(_("nazwa"), max_length=200)
    value = models.DecimalField(_("wartość"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("jednostka"), max_length=40, help_text=_("np. zł, dni, dni robocze, %"))
    valid_from = models.DateField(_("obowiązuje od"))
    valid_to = models.DateField(_("obowiązuje do"), null=True, blank=True)
    source = models.CharField(_("źródło"), max_length=200)
    note = models.TextField(_("uwagi"), blank=True)

    class Meta:
        verbose_name = _("parametr prawny")
        verbose_name_plural = _("parametry prawne")
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="legal_parameter_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="legal_parameter_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.label} ({self.valid_from})"


class Transition(AboutSubject):
    """One move of a case from state to state. Rows cannot be changed or deleted."""

    source = models.CharField(_("ze stanu"), max_length=40)
    target = models.CharField(_("do stanu"), max_length=40)
    at = models.DateTimeField(_("kiedy"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("kto"),
    )
    reason = models.TextField(_("powód"), blank=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("zmiana stanu")
        verbose_name_plural = _("zmiany stanów")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "at"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.source} → {self.target}"


class AuditEntry(AboutSubject):
    """One official act or change of published data: who, when, before, after, why. Append-only."""

    verb = models.CharField(_("czynność"), max_length=80)
    label = models.CharField(_("czego dotyczy"), max_length=300, blank=True)
    at = models.DateTimeField(_("kiedy"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("kto"),
    )
    before = models.JSONField(_("przed"), default=dict)
    after = models.JSONField(_("po"), default=dict)
    reason = models.TextField(_("powód"), blank=True)
    is_public = models.BooleanField(_("widoczne w historii zmian"), default=False)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("wpis dziennika")
        verbose_name_plural = _("dziennik zdarzeń")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "at"]), models.Index(fields=["-at"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.verb}: {self.label}"


class Case(models.Model):
    """A row whose state moves along a table (``state_table``), and only through ``advance``."""

    state_table: Any = None  # a core.legal.workflow.StateTable
    state: Any  # the field, whose choices are the states of the table, is the concrete model's
    state_since = models.DateTimeField(_("w tym stanie od"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def whose_turn(self):
        """In words: who has to act now, or an empty text when the matter is closed."""
        return self.state_table.turns.get(self.state, "")

    @property
    def transitions(self):
        return Transition.objects.of(self)

    def facts(self, at):
        """The facts that the rules of the state table ask about, at a moment."""
        raise NotImplementedError
