"""Columns of small grants given away."""

from django.utils.translation import gettext_lazy as _

from core.common.exports import Column

COLUMNS = [
    Column("id", _("Numer w portalu"), lambda g: g.pk, "Stały numer wpisu"),
    Column("kind", _("Rodzaj"), lambda g: g.get_kind_display(), ""),
    Column("title", _("Tytuł"), lambda g: g.title, ""),
    Column("organization", _("Organizacja"), lambda g: g.organization_name, ""),
    Column(
        "organization_id", _("Numer organizacji"), lambda g: g.organization_id, "Numer w bazie organizacji"
    ),
    Column("granted_amount", _("Kwota przyznana"), lambda g: g.granted_amount, "Złote; puste, gdy nieznana"),
    Column("pool", _("Pula"), lambda g: g.pool, "Złote; puste, gdy nieznana"),
    Column("task_from", _("Zadanie od"), lambda g: g.task_from, "Rok, miesiąc albo dzień"),
    Column("task_to", _("Zadanie do"), lambda g: g.task_to, "Rok, miesiąc albo dzień"),
    Column("status", _("Stan"), lambda g: g.status_label, ""),
    Column("source", _("Źródło"), lambda g: g.source, ""),
]
