"""Meetings and duties that people can sign up for."""

import itertools
from datetime import date, time, timedelta
from typing import Any

from consultations import actions
from consultations.actions import Attendee
from consultations.enums import FormKind
from consultations.models import Consultation, FormDate, SignUp
from consultations.models.date_lines import DateLine
from core.common.clock import now, today
from tests.factories import consultations as make

_numbers = itertools.count(1)


def date_of(consultation: Consultation, *, on: date | None = None, **fields: Any) -> FormDate:
    """A date of a meeting with sign-ups, 17:00–19:00, in a week."""
    form = make.meeting(consultation, on or today() + timedelta(days=7), takes_sign_ups=True, **fields)
    return form.dates.get()


def duty_of(consultation: Consultation, *, minutes: int = 20, **fields: Any) -> FormDate:
    """A duty 14:00–15:00, cut into talks."""
    form = make.meeting(
        consultation,
        today() + timedelta(days=7),
        kind=FormKind.EXPERT_DUTY,
        takes_sign_ups=True,
        slot_minutes=minutes,
        **fields,
    )
    actions.set_dates(
        form, [DateLine(starts_on=today() + timedelta(days=7), from_hour=time(14), to_hour=time(15))]
    )
    return form.dates.get()


def attendee(**fields: Any) -> Attendee:
    n = next(_numbers)
    return Attendee(**{"name": f"Zenobia Sekretna {n}", "email": f"sekretna{n}@prywatny.example", **fields})


def signed_up(date: FormDate, *, at=None, **fields: Any) -> SignUp:
    return actions.sign_up(date, who=attendee(**fields), at=at or now())
