"""Municipal resources NGOs may use (R-MODE-14, R-MODE-15)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import District, OrganizationalUnit
from core.common.fields import PartialDateField
from core.documents.models import Published

from .enums import ResourceKind


class Resource(Published):
    """A room, premises, service, training or other thing the city offers."""

    fact_id = models.CharField(_("oznaczenie w danych źródłowych"), max_length=40, blank=True, db_index=True)
    name = models.CharField(_("nazwa"), max_length=300)
    slug = models.SlugField(_("adres"), max_length=120, unique=True)
    kind = models.CharField(_("rodzaj"), max_length=20, choices=ResourceKind, default=ResourceKind.OTHER)
    kind_label = models.CharField(_("rodzaj w źródle"), max_length=80, blank=True)
    operator = models.CharField(_("prowadzący"), max_length=300, blank=True)
    owner_unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("właściciel"),
    )
    address = models.CharField(_("adres miejsca"), max_length=300, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dzielnica")
    )
    area_m2 = models.DecimalField(
        _("powierzchnia (m²)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    capacity = models.PositiveIntegerField(_("liczba miejsc"), null=True, blank=True)
    equipment = models.JSONField(_("wyposażenie"), default=list, blank=True)
    booking = models.TextField(_("jak zarezerwować"), blank=True)
    fee = models.TextField(_("opłata"), blank=True)
    rules = models.TextField(_("zasady"), blank=True)
    available_from = PartialDateField(_("dostępne od"))
    available_to = PartialDateField(_("dostępne do"))
    description = models.TextField(_("opis"), blank=True)
    source = models.CharField(_("źródło"), max_length=500, blank=True)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True)

    class Meta:
        verbose_name = _("zasób miejski")
        verbose_name_plural = _("zasoby miejskie")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def is_public(self) -> bool:
        return True

    def get_absolute_url(self):
        return reverse("resources:detail", args=[self.slug])
