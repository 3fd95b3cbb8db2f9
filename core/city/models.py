"""The city itself: what differs between cities is rows here, not settings."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import DUTIES, Role
from core.common.fields import PartialDateField
from core.common.formats import roman

from .enums import UnitKind


class City(models.Model):
    """The one city this portal serves (a single row)."""

    name = models.CharField(_("nazwa miasta"), max_length=80)
    name_genitive = models.CharField(_("nazwa w dopełniaczu"), max_length=80, help_text=_("np. Krakowa"))
    name_locative = models.CharField(_("nazwa w miejscowniku"), max_length=80, help_text=_("np. Krakowie"))
    adjective = models.CharField(
        _("przymiotnik"), max_length=80, help_text=_("np. Krakowski, do nazwy portalu")
    )
    portal_name = models.CharField(_("nazwa portalu"), max_length=120)
    authority = models.CharField(
        _("organ ogłaszający"), max_length=120, help_text=_("np. Prezydent Miasta Krakowa")
    )
    office_name = models.CharField(_("nazwa urzędu"), max_length=160)
    office_address = models.CharField(_("adres urzędu"), max_length=200)
    notice_board = models.CharField(_("miejsce tablicy ogłoszeń"), max_length=200)
    email = models.EmailField(_("adres e-mail"))
    phone = models.CharField(_("telefon"), max_length=40)
    hours = models.CharField(_("godziny pracy"), max_length=120)
    bip_url = models.URLField(_("adres BIP"))
    dpo_contact = models.CharField(_("kontakt do inspektora ochrony danych"), max_length=200)
    source_url = models.URLField(_("adres kodu źródłowego"), blank=True)

    class Meta:
        verbose_name = _("miasto")
        verbose_name_plural = _("miasto")

    def __str__(self):
        return self.name

    @property
    def full_portal_name(self) -> str:
        return f"{self.adjective} {self.portal_name}".strip()


class UnitQuerySet(models.QuerySet):
    def current(self):
        """Units that have not been closed or replaced."""
        return self.filter(active_to="", successor=None)


class OrganizationalUnit(models.Model):
    """A department, office or municipal unit. Its earlier names stay in ``names``."""

    fact_id = models.CharField(_("oznaczenie w danych źródłowych"), max_length=40, blank=True, db_index=True)
    name = models.CharField(_("nazwa"), max_length=250, unique=True)
    abbreviation = models.CharField(_("skrót"), max_length=20, blank=True)
    kind = models.CharField(_("rodzaj"), max_length=30, choices=UnitKind, default=UnitKind.DEPARTMENT)
    kind_label = models.CharField(_("rodzaj w źródle"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("jednostka nadrzędna"),
    )
    address = models.CharField(_("adres"), max_length=300, blank=True)
    phones = models.JSONField(_("telefony"), default=list, blank=True)
    emails = models.JSONField(_("adresy e-mail"), default=list, blank=True)
    active_from = PartialDateField(_("działa od"))
    active_to = PartialDateField(_("działała do"))
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("następca")
    )
    runs = models.JSONField(_("prowadzi"), default=list, blank=True)
    note = models.TextField(_("uwagi"), blank=True)
    source = models.CharField(_("źródło"), max_length=500, blank=True)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("jednostka miejska")
        verbose_name_plural = _("jednostki miejskie")
        ordering = ["name"]

    def __str__(self):
        return self.name


class UnitName(models.Model):
    """A name a unit had for a time."""

    unit = models.ForeignKey(
        OrganizationalUnit, models.CASCADE, related_name="names", verbose_name=_("jednostka")
    )
    name = models.CharField(_("nazwa"), max_length=250)
    valid_from = PartialDateField(_("od"))
    valid_to = PartialDateField(_("do"))

    class Meta:
        verbose_name = _("nazwa jednostki")
        verbose_name_plural = _("nazwy jednostek")
        ordering = ["valid_from", "pk"]

    def __str__(self):
        return self.name


class District(models.Model):
    """One of the city's districts; ``outline`` is a GeoJSON geometry for overview maps."""

    number = models.PositiveSmallIntegerField(_("numer"), unique=True)
    name = models.CharField(_("nazwa"), max_length=80)
    full_name = models.CharField(_("pełna nazwa"), max_length=120)
    residents = models.PositiveIntegerField(_("mieszkańcy"), null=True, blank=True)
    residents_as_of = PartialDateField(_("stan na"))
    area_ha = models.DecimalField(
        _("powierzchnia (ha)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    localities = models.JSONField(_("miejscowości i osiedla"), default=list, blank=True)
    localities_source = models.CharField(_("źródło listy osiedli"), max_length=300, blank=True)
    office_address = models.CharField(_("adres biura rady"), max_length=200, blank=True)
    website = models.CharField(_("strona"), max_length=200, blank=True)
    boundary_resolution = models.CharField(_("uchwała o granicach"), max_length=200, blank=True)
    outline = models.JSONField(_("obrys (GeoJSON)"), null=True, blank=True)
    source = models.CharField(_("źródło"), max_length=500, blank=True)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True)

    class Meta:
        verbose_name = _("dzielnica")
        verbose_name_plural = _("dzielnice")
        ordering = ["number"]

    def __str__(self):
        return self.full_name

    @property
    def roman(self) -> str:
        return roman(self.number)


class TaskSphere(models.Model):
    """A sphere of public tasks, art. 4(1) of the Act; the list is statutory and changes."""

    statutory_no = models.CharField(_("punkt art. 4 ust. 1"), max_length=6, unique=True)
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)
    code = models.CharField(_("oznaczenie"), max_length=40, unique=True)
    label = models.CharField(_("nazwa"), max_length=250, blank=True)
    note = models.TextField(_("uwagi"), blank=True)
    valid_from = models.DateField(_("od"), null=True, blank=True)
    valid_to = models.DateField(_("do"), null=True, blank=True)
    was_seen_in_notice = models.BooleanField(_("widziana w ogłoszeniach miasta"), default=False)
    range_quotes = models.JSONField(_("przywoływane zakresy punktów"), default=list, blank=True)
    source = models.CharField(_("źródło"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("sfera zadań publicznych")
        verbose_name_plural = _("sfery zadań publicznych")
        ordering = ["position", "statutory_no"]

    def __str__(self):
        return self.label or f"art. 4 ust. 1 pkt {self.statutory_no}"


class Branch(models.Model):
    """The city's own grouping of spheres [branża] (R-ORG-22)."""

    code = models.SlugField(_("oznaczenie"), unique=True)
    label = models.CharField(_("nazwa"), max_length=120)
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)
    spheres = models.ManyToManyField(TaskSphere, blank=True, related_name="branches", verbose_name=_("sfery"))

    class Meta:
        verbose_name = _("branża")
        verbose_name_plural = _("branże")
        ordering = ["position"]

    def __str__(self):
        return self.label


class RoleGrant(models.Model):
    """A role given to a person, in one unit or (for citywide roles) in the whole city."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_grants", verbose_name=_("osoba")
    )
    role = models.CharField(_("rola"), max_length=30, choices=Role)
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_grants",
        verbose_name=_("jednostka"),
    )
    valid_until = models.DateField(_("ważna do"), null=True, blank=True)

    class Meta:
        verbose_name = _("rola w urzędzie")
        verbose_name_plural = _("role w urzędzie")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"], nulls_distinct=False, name="role_granted_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} – {self.unit or _('całe miasto')}"

    def clean(self):
        if self.role and not DUTIES[Role(self.role)].is_citywide and self.unit_id is None:
            raise ValidationError(
                {"unit": _("Jednostka: wskaż jednostkę, ta rola działa w jednej jednostce.")}
            )
