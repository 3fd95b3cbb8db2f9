"""Sending remarks, and changing or withdrawing them (R-CNS-13 to 15)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.documents.actions import Upload, remove_attachment
from core.documents.models import Attachment
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import emails, law
from ..enums import Channel, Regime, RespondentType, State
from ..law.texts import length_breaches, text_hash
from ..models import Consultation, Remark, Submission
from ..permissions import may_answer
from .document import place_remarks
from .participation import keep_files
from .sent import RemarkText, Sender

MAX_REMARKS = 50
# After the end a form sent late is still kept, until the report is out.
TAKES_LATE = (State.CLOSED, State.ANALYSIS)


@transaction.atomic
def file_submission(
    consultation: Consultation,
    *,
    sender: Sender,
    remarks: Sequence[RemarkText],
    by: Any = None,
    at: datetime,
    form_key: UUID | None = None,
    files: Sequence[Upload] = (),
) -> Submission:
    """Takes a form of the portal: number, receipt by mail; after the end it is kept and marked late.

    ``by`` is the person logged in, or None. The same ``form_key`` again gives the same submission.
    Raises LawBreached when the consultation takes no remarks (before its start, after the report,
    called off) or R-CNS-13 or 14 is not kept, ``core.documents.checks.Refused`` for a file.
    """
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if form_key and (known := Submission.objects.filter(form_key=form_key, consultation=locked).first()):
        return known
    state = locked.state_at(at)
    if not locked.accepts_remarks or state not in (State.OPEN, *TAKES_LATE):
        raise LawBreached([Breach("R-CNS-15", _("Te konsultacje nie przyjmują teraz uwag."))])
    require(_breaches(locked, sender, remarks))
    submission = _store(locked, sender, remarks, at=at, channel=Channel.WEB, form_key=form_key, user=by)
    keep_files(submission, files, by=by, at=at)
    audit.record(
        submission,
        _("Złożenie uwag"),
        by=by,
        at=at,
        after={"number": submission.number, "remarks": len(remarks)},
    )
    emails.tell_received(submission)
    return submission


@transaction.atomic
def enter_submission(
    consultation: Consultation,
    *,
    sender: Sender,
    remarks: Sequence[RemarkText],
    channel: str,
    received_at: datetime,
    by: Any,
    at: datetime,
    form_key: UUID | None = None,
    files: Sequence[Upload] = (),
) -> Submission:
    """Registers remarks that came on paper, by mail, by phone or at a meeting; late by the day they came.

    The same ``form_key`` again gives the same submission.
    Raises LawBreached (R-CNS-12, 13, and 14 but for the e-mail, which paper need not carry).
    """
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not may_answer(by, locked):
        raise MoveRefused("may_answer")
    if form_key and (known := locked.submissions.filter(form_key=form_key).first()):
        return known
    is_early = locked.starts_at is not None and received_at < locked.starts_at
    if locked.state_at(at) not in (State.OPEN, *TAKES_LATE) or received_at > at or is_early:
        raise LawBreached(
            [
                Breach(
                    "R-CNS-12",
                    _("Data wpływu: wpisz chwilę z czasu konsultacji, nie przyszłą."),
                    "received_at",
                )
            ]
        )
    found = [b for b in _breaches(locked, sender, remarks) if b.field != "email"]
    require([*found, *law.channel_breaches(channel, local_day(received_at))])
    submission = _store(
        locked, sender, remarks, at=received_at, channel=channel, form_key=form_key, entered_by=by
    )
    keep_files(submission, files, by=by, at=at)
    after = {"number": submission.number, "channel": channel, "remarks": len(remarks)}
    audit.record(submission, _("Wpisanie uwag przez urząd"), by=by, at=at, after=after)
    emails.tell_received(submission)
    return submission


def _breaches(consultation: Consultation, sender: Sender, remarks: Sequence[RemarkText]) -> list[Breach]:
    found = law.identity_breaches(
        consultation.regimes or [Regime.RESIDENTS],
        respondent_type=sender.respondent_type,
        name=sender.name,
        organisation=sender.organisation_name,
        email=sender.email,
    )
    found += text_breaches(remarks)
    if len(remarks) > MAX_REMARKS:
        found.append(
            Breach(
                "R-CNS-13",
                _("Uwagi: wyślij najwyżej %(n)d naraz. Resztę wyślij w drugim zgłoszeniu.")
                % {"n": MAX_REMARKS},
            )
        )
    return found


def _store(
    consultation: Consultation,
    sender: Sender,
    remarks: Sequence[RemarkText],
    *,
    at: datetime,
    channel: str,
    **more: Any,
) -> Submission:
    """The rows; the consultation is locked, so numbers follow each other."""
    serial = (consultation.submissions.aggregate(last=Max("serial"))["last"] or 0) + 1
    number = law.receipt_number(
        consultation.number or consultation.pk, consultation.number_year or local_day(at).year, serial
    )
    submission = Submission.objects.create(
        consultation=consultation,
        serial=serial,
        number=number,
        received_at=at,
        channel=channel,
        is_late=law.is_late(at, consultation.ends_at),
        respondent_type=sender.respondent_type,
        name=sender.name,
        email=sender.email,
        organisation_name=""
        if sender.respondent_type == RespondentType.RESIDENT
        else sender.organisation_name,
        organization=sender.organization,
        district=sender.district,
        may_publish_name=sender.may_publish_name,
        wants_report=sender.wants_report,
        wants_survey=sender.wants_survey,
        **more,
    )
    _add_remarks(submission, remarks)
    return submission


def _add_remarks(submission: Submission, remarks: Iterable[RemarkText]) -> None:
    last = submission.consultation.remarks.aggregate(last=Max("number"))["last"] or 0
    Remark.objects.bulk_create(
        Remark(
            consultation=submission.consultation,
            submission=submission,
            number=number,
            text_hash=text_hash(remark.proposed_wording),
            **remark.texts,
        )
        for number, remark in enumerate(remarks, start=last + 1)
    )
    place_remarks(submission)


def text_breaches(remarks: Sequence[RemarkText]) -> list[Breach]:
    rows = [remark.texts for remark in remarks]
    return law.remark_breaches(rows) + length_breaches(rows)


# --- by the private link ----------------------------------------------------------------------------


@transaction.atomic
def edit_submission(
    submission: Submission,
    *,
    remarks: Sequence[RemarkText],
    at: datetime,
    seen_at: datetime | None = None,
    by: Any = None,
) -> Submission:
    """Changes, adds and takes back remarks of one's own submission, until the end of the consultation.

    A remark that the office has answered, or covered words in, stays as it is. ``seen_at`` is the ``edited_at`` that
    the form was filled from: a change made meanwhile in another window is not overwritten.
    Raises LawBreached.
    """
    locked = _editable(submission, at)
    if locked.edited_at != seen_at:
        raise LawBreached(
            [Breach("R-CNS-15", _("To zgłoszenie zmieniono w innym oknie. Otwórz je jeszcze raz."))]
        )
    require(text_breaches(remarks))
    present = {remark.pk: remark for remark in locked.remarks.editable().select_for_update()}
    wanted = {remark.remark_id: remark for remark in remarks if remark.remark_id in present}
    before = {remark.number: _texts(remark) for remark in present.values()}
    for pk, remark in present.items():
        if pk in wanted:
            if _texts(remark) != wanted[pk].texts:  # a position to other words is approved once more
                remark.approved_at = remark.approved_by = None
            for name, text in wanted[pk].texts.items():
                setattr(remark, name, text)
            remark.text_hash = text_hash(remark.proposed_wording)
            remark.point = None  # found anew by what the form says now
            names = ["text_hash", "point", *wanted[pk].texts, "approved_at", "approved_by"]
            remark.save(update_fields=names)
        else:
            remark.withdrawn_at = at
            remark.save(update_fields=["withdrawn_at"])
    _add_remarks(locked, [remark for remark in remarks if remark.remark_id is None])
    locked.edited_at = at
    locked.save(update_fields=["edited_at"])
    after = {remark.number: _texts(remark) for remark in locked.remarks.editable()}
    audit.record(
        locked, _("Poprawienie uwag przez nadawcę"), by=by, at=at, after=_what_changed(before, after)
    )
    return locked


def _what_changed(before: dict[int, dict[str, str]], after: dict[int, dict[str, str]]) -> dict[str, Any]:
    """Numbers of the remarks changed, added and taken back: the log keeps no words that the sender may take back."""
    changed = [number for number in before.keys() & after.keys() if before[number] != after[number]]
    found = {
        _("poprawione uwagi"): sorted(changed),
        _("dopisane uwagi"): sorted(after.keys() - before.keys()),
        _("wycofane uwagi"): sorted(before.keys() - after.keys()),
    }
    return {str(name): numbers for name, numbers in found.items() if numbers}


@transaction.atomic
def withdraw_submission(submission: Submission, *, at: datetime, by: Any = None) -> None:
    """Takes the whole submission back, until the end of the consultation. Raises LawBreached."""
    locked = _editable(submission, at)
    if locked.remarks.answered().exists():
        raise LawBreached(
            [
                Breach(
                    "R-CNS-15",
                    _("Urząd odpowiedział już na Twoją uwagę, dlatego zgłoszenia nie można wycofać."),
                )
            ]
        )
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    locked.remarks.valid().update(withdrawn_at=at)
    audit.record(locked, _("Wycofanie uwag przez nadawcę"), by=by, at=at, after={"number": locked.number})


@transaction.atomic
def add_files(submission: Submission, files: Sequence[Upload], *, at: datetime, by: Any = None) -> Submission:
    """Adds files to one's own submission, until the end. Raises LawBreached and ``core.documents.checks.Refused``."""
    locked = _editable(submission, at)
    keep_files(locked, files, by=by, at=at)
    return locked


@transaction.atomic
def drop_file(submission: Submission, attachment: Attachment, *, at: datetime, by: Any = None) -> None:
    """Takes a file off one's own submission, until the end. Raises LawBreached."""
    _editable(submission, at)
    remove_attachment(attachment, by=by, at=at)


def _editable(submission: Submission, at: datetime) -> Submission:
    consultation = Consultation.objects.select_for_update().get(pk=submission.consultation_id)
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    locked.consultation = consultation
    is_open = consultation.state_at(at) == State.OPEN and law.may_edit(
        at, consultation.starts_at, consultation.ends_at
    )
    if locked.withdrawn_at or locked.is_late or not is_open:
        raise LawBreached([Breach("R-CNS-15", _("Uwagi można zmieniać tylko do końca konsultacji."))])
    return locked


def _texts(remark: Remark) -> dict[str, str]:
    return {
        name: getattr(remark, name)
        for name in ("part", "current_wording", "proposed_wording", "justification")
    }
