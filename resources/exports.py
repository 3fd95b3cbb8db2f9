"""Columns of the resources given away."""

from django.utils.translation import gettext_lazy as _

from core.common.exports import Column

COLUMNS = [
    Column("id", _("Numer w portalu"), lambda r: r.pk, "Stały numer wpisu"),
    Column("name", _("Nazwa"), lambda r: r.name, ""),
    Column("kind", _("Rodzaj"), lambda r: r.get_kind_display(), ""),
    Column("owner_unit", _("Właściciel"), lambda r: str(r.owner_unit or ""), ""),
    Column("operator", _("Prowadzący"), lambda r: r.operator, ""),
    Column("address", _("Adres"), lambda r: r.address, ""),
    Column("district", _("Dzielnica"), lambda r: str(r.district or ""), ""),
    Column("area_m2", _("Powierzchnia (m²)"), lambda r: r.area_m2, "Puste, gdy nieznana"),
    Column("capacity", _("Liczba miejsc"), lambda r: r.capacity, "Puste, gdy nieznana"),
    Column("equipment", _("Wyposażenie"), lambda r: r.equipment, ""),
    Column("fee", _("Opłata"), lambda r: r.fee, ""),
    Column("booking", _("Rezerwacja"), lambda r: r.booking, ""),
    Column("source", _("Źródło"), lambda r: r.source, ""),
]
