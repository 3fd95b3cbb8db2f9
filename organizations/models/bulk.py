"""Bulk updates of the base by the city: the file, how its columns are read, and every row with its outcome."""

import secrets
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import BulkState, Handling, RowKind
from .organization import Organization


def stored_name(_update, filename: str) -> str:
    """A name nobody can guess, with the extension that was checked."""
    return f"aktualizacje/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()}"


class BulkUpdate(models.Model):
    """One file of the city with organisations. Nothing in the base changes before a person says so."""

    file = models.FileField(_("plik"), upload_to=stored_name)
    original_name = models.CharField(_("nazwa pliku"), max_length=200)
    header_row = models.PositiveIntegerField(_("wiersz nagłówka"), default=1)
    columns = models.JSONField(_("kolumny pliku"), default=list)
    mapping = models.JSONField(_("co znaczą kolumny"), default=dict)
    state = models.CharField(_("stan"), max_length=12, choices=BulkState, default=BulkState.MAPPING)
    handling = models.CharField(
        _("dane rejestrowe i profile potwierdzone"),
        max_length=10,
        choices=Handling,
        default=Handling.PROPOSE,
    )
    reason = models.TextField(_("powód"), max_length=1000, blank=True)
    source = models.CharField(_("skąd dane"), max_length=300, blank=True)
    row_count = models.PositiveIntegerField(_("wiersze"), default=0)
    done_count = models.PositiveIntegerField(_("zrobione"), default=0)
    error = models.CharField(_("błąd"), max_length=500, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("kto")
    )
    uploaded_at = models.DateTimeField(_("wczytano"))
    finished_at = models.DateTimeField(_("zakończono"), null=True, blank=True)

    class Meta:
        verbose_name = _("aktualizacja zbiorcza")
        verbose_name_plural = _("aktualizacje zbiorcze")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.original_name

    @property
    def percent(self) -> int:
        return self.done_count * 100 // self.row_count if self.row_count else 0


class BulkRow(models.Model):
    """One row of a file: what it says, what it would change, what became of it."""

    update = models.ForeignKey(BulkUpdate, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("wiersz"))
    name = models.CharField(_("nazwa"), max_length=300, blank=True)
    values = models.JSONField(_("dane"), default=dict)
    before = models.JSONField(_("jest"), default=dict)
    after = models.JSONField(_("ma być"), default=dict)
    kind = models.CharField(_("wynik"), max_length=12, choices=RowKind)
    note = models.TextField(_("uwagi"), blank=True)
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        related_name="bulk_rows",
        verbose_name=_("organizacja"),
    )
    outcome = models.CharField(_("co zrobiono"), max_length=500, blank=True)
    applied_at = models.DateTimeField(_("kiedy"), null=True, blank=True)

    class Meta:
        verbose_name = _("wiersz aktualizacji")
        verbose_name_plural = _("wiersze aktualizacji")
        ordering = ["update", "number"]
        constraints = [models.UniqueConstraint(fields=["update", "number"], name="bulk_row_once")]
        indexes = [
            models.Index(fields=["update", "kind", "number"], name="bulk_row_kind"),
            models.Index(fields=["update", "number"], condition=Q(applied_at=None), name="bulk_row_waiting"),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"
