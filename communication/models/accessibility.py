"""The declaration of accessibility: one row, its changes are in the log (R-WEB-03, R-WEB-04)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.common.fields import RichTextField
from core.common.sanitize import text_of

from .. import law
from ..enums import Conformity, Method


class AccessibilityDeclaration(models.Model):
    """What the portal declares, in the ministry's structure."""

    published_on = models.DateField(_("data publikacji strony"), null=True, blank=True)
    updated_on = models.DateField(_("data ostatniej istotnej aktualizacji"), null=True, blank=True)
    prepared_on = models.DateField(_("data sporządzenia deklaracji"), null=True, blank=True)
    reviewed_on = models.DateField(
        _("data ostatniego przeglądu"), null=True, blank=True, help_text=_("Co rok do 31 marca.")
    )
    status = models.CharField(
        _("stan zgodności"), max_length=10, choices=Conformity, default=Conformity.PARTIAL
    )
    non_compliances = RichTextField(_("niezgodności i wyłączenia"))
    method = models.CharField(_("metoda przygotowania"), max_length=10, choices=Method, default=Method.SELF)
    method_note = models.TextField(_("czym i jak badano"), blank=True)
    shortcuts = models.TextField(_("skróty klawiaturowe"), blank=True)
    contact_person = models.CharField(_("osoba do kontaktu"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail do kontaktu"), blank=True)
    contact_phone = models.CharField(_("telefon do kontaktu"), max_length=60, blank=True)
    procedure = RichTextField(_("wnioski i skargi"))
    architecture = RichTextField(_("dostępność architektoniczna"))
    sign_language = models.TextField(_("tłumacz języka migowego"), blank=True)
    mobile_apps = models.TextField(_("aplikacje mobilne"), blank=True)
    extra = RichTextField(_("informacje dodatkowe"))

    class Meta:
        verbose_name = _("deklaracja dostępności")
        verbose_name_plural = _("deklaracja dostępności")

    def __str__(self):
        return str(_("Deklaracja dostępności"))

    @property
    def is_public(self) -> bool:
        return True

    def facts(self) -> law.DeclarationFacts:
        values = {field.name: getattr(self, field.name) for field in self._meta.concrete_fields}
        filled = {name for name, value in values.items() if value and text_of(str(value))}
        return law.DeclarationFacts(
            filled=frozenset(filled),
            status=self.status,
            names_failings="non_compliances" in filled,
            days=(self.published_on, self.updated_on),
        )
