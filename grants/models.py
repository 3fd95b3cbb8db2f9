"""Small grants, as far as they are known from public pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.city.models import District, OrganizationalUnit, TaskSphere
from core.common.fields import MoneyField, PartialDateField
from core.documents.models import Published
from organizations.models import Organization

from .enums import SmallGrantKind


class SmallGrant(Published):
    """An offer, an intake or a comparable micro-grant. Unknown stays empty."""

    fact_id = models.CharField(_("oznaczenie w danych źródłowych"), max_length=40, blank=True, db_index=True)
    kind = models.CharField(_("rodzaj"), max_length=30, choices=SmallGrantKind, default=SmallGrantKind.OTHER)
    kind_label = models.CharField(_("rodzaj w źródle"), max_length=80, blank=True)
    title = models.CharField(_("tytuł"), max_length=400)
    organization_name = models.CharField(_("organizacja"), max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="small_grants",
        verbose_name=_("w bazie"),
    )
    sphere = models.ForeignKey(
        TaskSphere, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sfera")
    )
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("jednostka"),
    )
    legal_basis = models.CharField(_("podstawa"), max_length=300, blank=True)
    requested_amount = MoneyField(_("kwota wnioskowana"), null=True, blank=True)
    granted_amount = MoneyField(_("kwota przyznana"), null=True, blank=True)
    pool = MoneyField(_("pula"), null=True, blank=True)
    max_amount = MoneyField(_("najwyższa kwota"), null=True, blank=True)
    yearly_limit = MoneyField(_("limit w roku"), null=True, blank=True)
    max_days = models.PositiveIntegerField(_("najdłuższe zadanie (dni)"), null=True, blank=True)
    comment_window_days = models.PositiveIntegerField(_("czas na uwagi (dni)"), null=True, blank=True)
    submitted_on = PartialDateField(_("złożono"))
    published_from = PartialDateField(_("wywieszono"))
    comments_until = PartialDateField(_("uwagi do"))
    task_from = PartialDateField(_("zadanie od"))
    task_to = PartialDateField(_("zadanie do"))
    intake_from = models.CharField(_("nabór od"), max_length=20, blank=True)
    intake_to = models.CharField(_("nabór do"), max_length=20, blank=True)
    intake_closed_reason = models.CharField(_("dlaczego zamknięto"), max_length=300, blank=True)
    place = models.CharField(_("miejsce"), max_length=300, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dzielnica")
    )
    status_label = models.CharField(_("stan"), max_length=200, blank=True)
    description = models.TextField(_("opis"), blank=True)
    source = models.CharField(_("źródło"), max_length=500, blank=True)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True)

    class Meta:
        verbose_name = _("mały grant")
        verbose_name_plural = _("małe granty")
        ordering = ["-task_from", "title"]

    def __str__(self):
        return self.title

    @property
    def is_public(self) -> bool:
        return True

    def get_absolute_url(self):
        return f"/male-granty/{self.pk}/"
