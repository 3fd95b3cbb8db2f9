"""What the page of a notice reckons: the checklist, the days of the law, what a later end means."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common import formats
from core.common.clock import now, today
from core.legal.rules import Breach
from core.legal.workflow import breaches_of

from .. import law
from ..emails import extension_readers
from ..enums import BEFORE_NOTICE, State
from ..models import Consultation, report_due
from ..workflow import CONSULTATION


def checklist_of(obj: Consultation) -> dict[str, Any]:
    """What still stands against announcing, by parts of the standard (R-CNS-24), and how much of it has to be done."""
    move = CONSULTATION.move(State.PLANNED, State.ANNOUNCED)
    if obj.state not in BEFORE_NOTICE or move is None:
        return {}
    found = breaches_of(obj, move, now())
    advised = sum(breach.is_warning for breach in found)
    return {"checklist": law.checklist(found), "needed": len(found) - advised, "advised": advised}


def in_short(breaches: list[Breach]) -> list[Breach]:
    """For the button »Ogłoś«: the checklist beside it says the same at length."""
    needed = sum(not breach.is_warning for breach in breaches)
    text = _("Do uzupełnienia: %(n)d. Zobacz listę sprawdzającą obok.") % {"n": needed}
    return [Breach("", text)] if needed else []


def after_extension(obj: Consultation, new_end: date) -> str:
    """What follows from a later end, told before anybody is: how much longer, the report, the letters."""
    text = _(
        "Konsultacje potrwają do %(end)s, dłużej o %(days)s. Raport najpóźniej: %(report)s. Wiadomość dostanie "
        "%(people)s. Tej zmiany nie da się cofnąć: jeśli się zgadza, naciśnij „Przedłuż” jeszcze raz."
    )
    return text % {
        "end": formats.day(new_end),
        "days": formats.counted((new_end - obj.ends_on).days, str(_("dzień|dni|dni"))),
        "report": formats.day(report_due(new_end, obj.stages.count())),
        "people": formats.counted(extension_readers(obj), str(_("osoba|osoby|osób"))),
    }


def computed_dates(obj: Consultation) -> list[tuple[str, str]]:
    """What the law makes of the dates: campaign, earliest end, report."""
    if obj.starts_on is None or obj.is_imported:
        return []
    parameters = obj.parameters
    campaign = law.latest_campaign_start(obj.starts_on, campaign_days=parameters.campaign_days)
    found = [
        (_("Zapowiedz najpóźniej"), formats.day_with_weekday(campaign)),
        (
            _("Najwcześniejszy koniec"),
            formats.day_with_weekday(law.earliest_end(obj.starts_on, obj.regimes, parameters)),
        ),
    ]
    if obj.ends_on:
        due = report_due(obj.ends_on, obj.stages.count())
        found.append((_("Raport najpóźniej"), formats.day_with_weekday(due)))
        if (late := law.days_late(due, today(), obj.report_published_on)) and obj.is_ended:
            found.append((_("Opóźnienie raportu"), formats.counted(late, str(_("dzień|dni|dni")))))
    return found


def report_clock(obj: Consultation) -> str:
    """For the list: when the report came, when it is due, or how late it is."""
    if obj.report_published_on:
        return formats.day(obj.report_published_on)
    due = obj.report_due_with(obj.stages.count()) if obj.is_ended and not obj.is_imported else None
    if due is None:
        return "–"
    if late := law.days_late(due, today(), None):
        return _("opóźniony o %(days)s") % {"days": formats.counted(late, str(_("dzień|dni|dni")))}
    return _("do %(day)s") % {"day": formats.day(due)}
