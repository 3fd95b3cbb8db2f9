"""Consultations for tests, brought to their state by the real actions."""

import itertools
from datetime import date, datetime, time, timedelta
from typing import Any

from consultations import actions
from consultations.actions import RemarkText, Sender
from consultations.enums import (
    Channel,
    FormKind,
    Kind,
    PositionCode,
    Regime,
    RespondentType,
    StageKind,
    State,
)
from consultations.models import (
    Consultation,
    ConsultationForm,
    ConsultationStage,
    Postulate,
    Remark,
    Submission,
)
from consultations.models.date_lines import DateLine
from core.accounts.models import User
from core.accounts.roles import Role
from core.city.models import OrganizationalUnit
from core.common.clock import at_local, local_day, now
from tests.factories.accounts import official, unit

_numbers = itertools.count(1)
REASON = "Zmieniamy, bo prosili o to mieszkańcy."
POSITION = "Uwaga zostanie uwzględniona w projekcie."


def manager(of: OrganizationalUnit | None = None, **fields) -> User:
    """An official who runs consultations of a unit."""
    return official(Role.CONSULTATION_MANAGER, of, **fields)


def office(name: str) -> OrganizationalUnit:
    """A unit with somebody who answers in the portal."""
    of = unit(name)
    manager(of)
    return of


def draft(
    *, by: User | None = None, at: datetime | None = None, is_complete: bool = True, **fields: Any
) -> Consultation:
    """A draft that can be announced: it starts in ten days and lasts 25; ``fields`` override."""
    moment = at or now()
    starts_on = fields.pop("starts_on", local_day(moment) + timedelta(days=10))
    n = next(_numbers)
    values = {
        "title": f"Zasady próbne {n}",
        "regimes": [Regime.RESIDENTS.value],
        "kind": Kind.RESOLUTION,
        "subject": "Pytamy o zasady korzystania z sal.",
        "plain_summary": "Chcemy wiedzieć, kiedy potrzebujesz sali.",
        "legal_bases": ["uchwała RMK nr CXI/2904/18"],
        "contact_email": "konsultacje@example.org",
        "addressees": "mieszkanki i mieszkańcy",
        "is_citywide": True,
        "what_next": "Radni zdecydują we wrześniu.",
        "starts_on": starts_on,
        "ends_on": starts_on and starts_on + timedelta(days=25),
        **fields,
    }
    values.setdefault("unit", unit())
    consultation = actions.save_consultation(Consultation(**values), by=by, at=moment)
    if is_complete:
        complete(consultation)
    return consultation


def complete(consultation: Consultation) -> None:
    """The parts that a notice needs: a stage, three forms with an evening meeting, a document."""
    ConsultationStage.objects.create(consultation=consultation, kind=StageKind.ASSUMPTIONS)
    meeting(consultation, consultation.starts_on + timedelta(days=5))
    ConsultationForm.objects.create(consultation=consultation, kind=FormKind.CONSULTATION_FORM, position=2)
    ConsultationForm.objects.create(consultation=consultation, kind=FormKind.SURVEY, position=3)
    points = [
        ("§3", True, "Zadania"),
        ("3.1", False, "Miasto udostępnia sale."),
        ("3.2", False, "Sale są bezpłatne."),
    ]
    actions.set_points(consultation, points)


def meeting(
    consultation: Consultation, on: date, *, hour: time = time(17), **fields: Any
) -> ConsultationForm:
    values = {
        "kind": FormKind.OPEN_MEETING,
        "place": "ul. Próbna 1",
        "is_step_free": True,
        "has_induction_loop": False,
        "has_sign_language": True,
        **fields,
    }
    form = ConsultationForm.objects.create(consultation=consultation, **values)
    actions.set_dates(form, [DateLine(starts_on=on, from_hour=hour, to_hour=time(hour.hour + 2))])
    return form


def consultation(state: State = State.OPEN, *, at: datetime | None = None, **fields: Any) -> Consultation:
    """A consultation that has come to a state at this moment, through every step before it."""
    moment = at or now()
    days_ago = {State.DRAFT: 0, State.PLANNED: 0, State.ANNOUNCED: 0, State.OPEN: 15}.get(state, 40)
    begun = at_local(local_day(moment) - timedelta(days=days_ago), time(9))
    steps = {
        State.PLANNED: [actions.plan],
        State.ANNOUNCED: [actions.plan, actions.announce],
    }
    made = draft(at=begun, **fields)
    for step in steps.get(state, [] if state == State.DRAFT else steps[State.ANNOUNCED]):
        step(made, by=None, at=begun)
    if state in (State.DRAFT, State.PLANNED, State.ANNOUNCED):
        return made
    if state == State.CANCELLED:
        return actions.cancel(made, by=None, at=moment, reason=REASON)
    return _after_opening(made, state, moment)


def _after_opening(made: Consultation, state: State, moment: datetime) -> Consultation:
    actions.open_due(moment)
    actions.close_due(moment)
    made.refresh_from_db()
    if state in (State.OPEN, State.CLOSED):
        return made
    actions.start_analysis(made, by=None, at=moment)
    if state == State.ANALYSIS:
        return made
    write_report(made)
    actions.publish_report(made, by=None, at=moment)
    if state == State.REPORT_PUBLISHED:
        return made
    made.outcome = "Radni przyjęli uchwałę z czterema zmianami."
    actions.save_consultation(made, by=None, at=moment, reason=REASON)
    actions.publish_outcome(made, by=None, at=moment)
    return actions.archive(made, by=None, at=moment) if state == State.ARCHIVED else made


def write_report(made: Consultation) -> None:
    made.report.conclusions = "<p>Najwięcej uwag dotyczyło godzin.</p>"
    actions.save_report(made.report, by=None, at=now())


def sender(respondent_type: str = RespondentType.RESIDENT, **fields: Any) -> Sender:
    n = next(_numbers)
    values = {"name": "Zenobia Sekretna", "email": f"zenobia{n}@prywatny.example", **fields}
    if respondent_type != RespondentType.RESIDENT:
        values.setdefault("organisation_name", "Fundacja Próbna")
    return Sender(respondent_type=respondent_type, **values)


def submission(
    of: Consultation,
    *,
    remarks: int = 1,
    at: datetime | None = None,
    who: Sender | None = None,
    part: str = "3.1",
) -> Submission:
    """Remarks sent through the form of the portal."""
    texts = [
        RemarkText(proposed_wording=f"Sale także w niedziele, uwaga {n}.", part=part)
        for n in range(1, remarks + 1)
    ]
    return actions.file_submission(of, sender=who or sender(), remarks=texts, at=at or now())


def entry(
    of: Consultation, *, by: User, at: datetime | None = None, channel: str = Channel.PAPER
) -> Submission:
    """Remarks that an official registered from paper."""
    moment = at or now()
    texts = [RemarkText(proposed_wording="Proszę o sale bliżej tramwaju.")]
    return actions.enter_submission(
        of, sender=sender(email=""), remarks=texts, channel=channel, received_at=moment, by=by, at=moment
    )


def answer(
    remark: Remark, code: str = PositionCode.ACCEPTED, position: str = POSITION, **fields: Any
) -> None:
    actions.answer_remarks([remark], code=code, position=position, by=None, at=now(), **fields)


def postulate(**fields: Any) -> Postulate:
    values = {
        "organisation_name": "Fundacja Próbna",
        "postulate": "Więcej sal dla organizacji.",
        "lp": next(_numbers),
        **fields,
    }
    return actions.save_postulate(Postulate(**values), by=None, at=now())
