"""What the page of a notice reckons: the checklist, the days of the law, what a later end means."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common import formats
from core.common.clock import now, today
from core.legal.workflow import breaches_of

from .. import law
from ..emails import extension_readers
from ..enums import State
from ..models import Consultation, report_due
from ..workflow import CONSULTATION


def checklist_of(obj: Consultation) -> list[tuple[Any, list]]:
    """What still stands against announcing, by parts of the standard (R-CNS-24)."""
    move = CONSULTATION.move(State.PLANNED, State.ANNOUNCED)
    return law.checklist(breaches_of(obj, move, now())) if move else []


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
