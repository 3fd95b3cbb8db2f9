"""Columns of the programmes given away."""

from django.utils.translation import gettext_lazy as _

from core.common.exports import Column

COLUMNS = [
    Column("id", _("Numer w portalu"), lambda p: p.pk, "Stały numer wpisu"),
    Column("title", _("Tytuł"), lambda p: p.title, ""),
    Column("kind", _("Rodzaj"), lambda p: p.get_kind_display(), ""),
    Column("period_from", _("Od"), lambda p: p.period_from, "Rok, miesiąc albo dzień"),
    Column("period_to", _("Do"), lambda p: p.period_to, "Rok, miesiąc albo dzień"),
    Column("resolution", _("Uchwała"), lambda p: p.resolution, ""),
    Column("adopted_on", _("Uchwalono"), lambda p: p.adopted_on, ""),
    Column("comments_count", _("Uwagi w konsultacjach"), lambda p: p.comments_count, "Puste, gdy nieznane"),
    Column("source", _("Źródło"), lambda p: p.source, ""),
]
