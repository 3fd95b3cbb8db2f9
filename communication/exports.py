"""Columns of news given away."""

from django.utils.translation import gettext_lazy as _

from core.common.exports import Column

NEWS_COLUMNS = [
    Column("id", _("Numer w portalu"), lambda n: n.pk, "Stały numer wpisu"),
    Column("title", _("Tytuł"), lambda n: n.title, ""),
    Column("category", _("Rodzaj"), lambda n: n.get_category_display(), ""),
    Column("lead", _("Zapowiedź"), lambda n: n.lead, ""),
    Column(
        "published_on",
        _("Data publikacji"),
        lambda n: n.shown_on,
        "Dzień, miesiąc albo rok; puste, gdy nieznana",
    ),
    Column("event_from", _("Początek wydarzenia"), lambda n: n.event_from, "Rok, miesiąc albo dzień"),
    Column("event_from_hour", _("Godzina początku"), lambda n: n.event_from_hour, ""),
    Column("event_to", _("Koniec wydarzenia"), lambda n: n.event_to, "Rok, miesiąc albo dzień"),
    Column("event_to_hour", _("Godzina końca"), lambda n: n.event_to_hour, ""),
    Column("place", _("Miejsce"), lambda n: n.place, ""),
    Column("branch", _("Branża"), lambda n: str(n.branch or ""), ""),
    Column("district", _("Dzielnica"), lambda n: str(n.district or ""), ""),
    Column("unit", _("Komórka"), lambda n: str(n.unit or ""), ""),
    Column("organization", _("Organizacja"), lambda n: str(n.organization or ""), ""),
    Column(
        "figures",
        _("Liczby"),
        lambda n: "; ".join(f"{label}: {value}" for label, value in n.shown_figures),
        "",
    ),
    Column("is_archival", _("Archiwalna"), lambda n: n.is_archival, ""),
    Column("url", _("Adres"), lambda n: n.get_absolute_url(), "Ścieżka w portalu"),
    Column("source", _("Źródło"), lambda n: n.source, ""),
]
