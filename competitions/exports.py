"""Columns of calls and of the schedule, as they are given away."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.clock import now
from core.common.exports import Column
from core.common.sites import absolute

from .enums import Outcome
from .models import Award, Call, CallScheduleEntry


def _due(call: Call) -> datetime | str | None:
    """A moment; only the day when the hour is not known."""
    if call.offers_due_at is None or call.has_due_hour:
        return call.offers_due_at
    return call.offers_due_at.date().isoformat()


def _result(name: str):
    return lambda call: (
        getattr(getattr(call, "result", None), name, None) if _has_public_results(call) else None
    )


def _has_public_results(call: Call) -> bool:
    return getattr(call, "result", None) is not None and call.shows_results


COLUMNS = [
    Column("id", _("Numer w portalu"), lambda c: c.pk, _("Stały numer wpisu")),
    Column(
        "number",
        _("Numer konkursu"),
        lambda c: c.number,
        _("Nadany przy ogłoszeniu; puste w danych archiwalnych"),
    ),
    Column("title", _("Tytuł"), lambda c: c.title, _("Tytuł zadania publicznego")),
    Column(
        "phase",
        _("Etap"),
        lambda c: c.phase(now()).label,
        _("Nabór trwa, w ocenie, rozstrzygnięte, unieważnione, archiwalne"),
    ),
    Column("state", _("Stan"), lambda c: c.get_state_display(), _("Dokładny stan sprawy")),
    Column("mode", _("Tryb"), lambda c: c.mode_name, _("Procedura, w której przyznaje się pieniądze")),
    Column("form", _("Forma"), lambda c: c.get_form_display(), _("Wsparcie, powierzenie albo nieznana")),
    Column("authority", _("Organ ogłaszający"), lambda c: c.authority, ""),
    Column("unit", _("Komórka realizująca"), lambda c: str(c.unit) if c.unit else "", ""),
    Column("units", _("Wszystkie komórki"), lambda c: [str(u) for u in c.units.all()], ""),
    Column(
        "spheres",
        _("Sfery (art. 4 ust. 1)"),
        lambda c: [s.statutory_no for s in c.spheres.all()],
        _("Punkty ustawy"),
    ),
    Column("sphere_label", _("Sfera słowami ogłoszenia"), lambda c: c.sphere_label, ""),
    Column(
        "announced_on", _("Ogłoszono"), lambda c: c.announced_on, _("Dzień ostatniej z trzech publikacji")
    ),
    Column("offers_due_at", _("Termin składania ofert"), _due, _("Moment, a gdy godzina nieznana, dzień")),
    Column("task_from", _("Realizacja od"), lambda c: c.task_from, _("Rok, miesiąc albo dzień")),
    Column("task_to", _("Realizacja do"), lambda c: c.task_to, _("Rok, miesiąc albo dzień")),
    Column("place", _("Miejsce"), lambda c: c.place, ""),
    Column("budget_total", _("Pula środków (zł)"), lambda c: c.budget_total, _("Puste, gdy nieznana")),
    Column("is_budget_approximate", _("Kwota przybliżona"), lambda c: c.is_budget_approximate, ""),
    Column("min_grant", _("Najniższa dotacja (zł)"), lambda c: c.min_grant, ""),
    Column("max_grant", _("Najwyższa dotacja (zł)"), lambda c: c.max_grant, ""),
    Column(
        "min_own_contribution_percent",
        _("Wkład własny (%)"),
        lambda c: c.min_own_contribution_percent,
        _("Co najmniej"),
    ),
    Column(
        "max_cofinancing_percent", _("Udział dotacji (%)"), lambda c: c.max_cofinancing_percent, _("Najwyżej")
    ),
    Column("offers_submitted", _("Złożone oferty"), _result("offers_submitted"), _("Po ogłoszeniu wyników")),
    Column("funded", _("Przyznane dotacje"), _result("funded"), _("Po ogłoszeniu wyników")),
    Column("results_on", _("Ogłoszono wyniki"), _result("published_on"), ""),
    Column("url", _("Adres"), lambda c: absolute(c.get_absolute_url()), _("Strona konkursu w portalu")),
    Column(
        "source", _("Źródło"), lambda c: c.source, _("Dla danych archiwalnych: strona, z której pochodzą")
    ),
]


def _number(row: Any) -> str:
    return row.offer.number if row.offer_id else ""


def _organization_code(row: Award) -> str:
    """The identifier of org-id.guide: PL-KRS with the number, when the organisation has one."""
    krs = row.organization.krs if row.organization else ""
    return f"PL-KRS-{krs}" if krs else ""


def _organization_address(row: Award) -> str:
    return (
        absolute(row.organization.get_absolute_url())
        if row.organization and row.organization.is_public
        else ""
    )


# Names of fields follow the 360Giving standard where it has one, so that tools for grants data read them.
AWARD_COLUMNS = [
    Column("id", _("Numer wpisu"), lambda a: f"krakow-ngo-{a.pk}", _("Stały numer, 360Giving: Identifier")),
    Column("offer_number", _("Numer oferty"), _number, _("Puste w danych archiwalnych")),
    Column("call", _("Konkurs"), lambda a: a.result.call.title, _("360Giving: Grant Programme")),
    Column("call_number", _("Numer konkursu"), lambda a: a.result.call.number, ""),
    Column(
        "recipientOrganization:0:id",
        _("Identyfikator organizacji"),
        _organization_code,
        _("PL-KRS i numer KRS, gdy organizacja jest w bazie; 360Giving: Recipient Org Identifier"),
    ),
    Column(
        "organization", _("Organizacja"), lambda a: a.organization_name, _("360Giving: Recipient Org Name")
    ),
    Column(
        "organization_url", _("Profil organizacji"), _organization_address, _("Strona w bazie organizacji")
    ),
    Column("title", _("Tytuł oferty"), lambda a: a.title, _("360Giving: Title")),
    Column(
        "part",
        _("Część konkursu"),
        lambda a: str(a.offer.part) if a.offer and a.offer.part else "",
        "",
    ),
    Column("score", _("Punkty"), lambda a: a.score, _("Średnia ocen komisji")),
    Column(
        "requested", _("Wnioskowano (zł)"), lambda a: a.requested_amount, _("360Giving: Amount Applied For")
    ),
    Column(
        "amount",
        _("Przyznano (zł)"),
        lambda a: a.amount if a.outcome == Outcome.AWARDED else None,
        _("360Giving: Amount Awarded"),
    ),
    Column("currency", _("Waluta"), lambda _a: "PLN", _("360Giving: Currency")),
    Column("outcome", _("Rozstrzygnięcie"), lambda a: a.get_outcome_display(), ""),
    Column("award_date", _("Ogłoszono wyniki"), lambda a: a.result.published_on, _("360Giving: Award Date")),
    Column("ordinance", _("Numer zarządzenia"), lambda a: a.result.ordinance_number, ""),
    Column("contract_number", _("Numer umowy"), lambda a: a.contract_number, ""),
    Column(
        "fundingOrganization:0:name",
        _("Kto przyznał"),
        lambda a: a.result.call.authority,
        _("360Giving: Funding Org Name"),
    ),
]

REJECTED_COLUMNS = [
    Column("rejected_number", _("Numer oferty"), _number, _("Oferta odrzucona z przyczyn formalnych")),
    Column("rejected_organization", _("Organizacja"), lambda r: r.organization_name, ""),
    Column("rejected_title", _("Tytuł oferty"), lambda r: r.title, ""),
    Column("reason_code", _("Kod powodu"), lambda r: r.reason_code, ""),
    Column("reason", _("Powód odrzucenia"), lambda r: r.reason, ""),
]

SCHEDULE_COLUMNS = [
    Column("id", _("Numer wpisu"), lambda e: e.pk, _("Stały numer wpisu")),
    Column("title", _("Tytuł"), lambda e: e.title, ""),
    Column("unit", _("Jednostka"), lambda e: str(e.unit), ""),
    Column(
        "spheres",
        _("Sfery (art. 4 ust. 1)"),
        lambda e: [s.statutory_no for s in e.spheres.all()],
        _("Punkty ustawy"),
    ),
    Column("form", _("Planowana forma"), lambda e: e.get_planned_form_display(), ""),
    Column("amount", _("Planowana kwota (zł)"), lambda e: e.planned_amount, _("Puste, gdy nieznana")),
    Column(
        "month", _("Planowany miesiąc ogłoszenia"), lambda e: e.planned_month, _("Rok i miesiąc albo sam rok")
    ),
    Column("task_from", _("Realizacja od"), lambda e: e.task_from, ""),
    Column("task_to", _("Realizacja do"), lambda e: e.task_to, ""),
    Column("status", _("Stan"), lambda e: e.get_status_display(), _("Planowany, ogłoszony, wycofany")),
    Column("contact", _("Kontakt"), lambda e: e.contact, ""),
    Column("call", _("Ogłoszony konkurs"), lambda e: _call_address(e), _("Adres strony konkursu")),
]


def _call_address(entry: CallScheduleEntry) -> str:
    return absolute(entry.call.get_absolute_url()) if entry.call and entry.call.is_public else ""


def awards_of(call: Call) -> Any:
    rows = Award.objects.filter(result__call=call)
    return rows.select_related("result__call", "organization", "offer__part")
