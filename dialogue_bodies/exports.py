"""Columns of dialogue bodies and meetings given away."""

from django.utils.translation import gettext_lazy as _

from core.common.exports import Column

COLUMNS = [
    Column("id", _("Numer w portalu"), lambda b: b.pk, "Stały numer wpisu"),
    Column("name", _("Nazwa"), lambda b: b.name, ""),
    Column("kind", _("Rodzaj"), lambda b: b.get_kind_display(), ""),
    Column("state", _("Stan"), lambda b: b.get_state_display(), ""),
    Column("field", _("Dziedzina"), lambda b: b.field, ""),
    Column("unit", _("Komórka"), lambda b: str(b.unit or b.unit_label), ""),
    Column("legal_act", _("Akt powołania"), lambda b: b.legal_act, ""),
    Column("founded_on", _("Powstało"), lambda b: b.founded_on, "Rok, miesiąc albo dzień"),
    Column(
        "member_organizations",
        _("Liczba organizacji"),
        lambda b: b.member_organizations_count,
        "Puste, gdy nieznana",
    ),
    Column("source", _("Źródło"), lambda b: b.source, ""),
]
