"""Letters of the answers: to authors, and to units that are asked for a position."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from core.common.sites import absolute
from core.notifications.outbox import enqueue, enqueue_many

from ..models import Assignment, Redaction, Remark, Submission
from ..permissions import managers_of_units
from .reach import digest

FOLDER = "consultations/emails"


def tell_answered(remarks: Iterable[Remark], *, at: datetime) -> None:
    """One letter to each author, with the positions that have just become public."""
    enqueue_many(_answers(remarks, at, "answered"))


def tell_changed(remarks: Iterable[Remark], *, why: str, at: datetime) -> None:
    """One letter to each author, with the public positions that are now others, and why."""
    enqueue_many(_answers(remarks, at, "answer_changed", why=why.strip()))


def _answers(remarks: Iterable[Remark], at: datetime, template: str, **more: Any) -> Iterator[dict[str, Any]]:
    by_submission: dict[Submission, list[Remark]] = defaultdict(list)
    for remark in remarks:
        if remark.submission.email and not remark.submission.withdrawn_at:
            by_submission[remark.submission].append(remark)
    for submission, rows in by_submission.items():
        ordered = sorted(rows, key=lambda row: row.number)
        numbers = "-".join(str(row.number) for row in ordered)
        yield {
            "key": f"consultation-{template}:{submission.pk}:{at:%Y%m%d%H%M%S%f}:{numbers}"[:200],
            "to": submission.email,
            "template": f"{FOLDER}/{template}",
            "context": {**_about(ordered[0]), "submission": submission, "remarks": ordered, **more},
            "kind": "consultation_answer",
            "batch": f"consultation-{template}:{ordered[0].consultation_id}",
        }


def tell_covered(redaction: Redaction) -> None:
    """To the author: words were covered, why, and how many. The words themselves are not in the letter."""
    remark = redaction.remark
    _tell_author(remark, "covered", key=f"consultation-covered:{redaction.pk}", redaction=redaction)


def tell_hidden(remark: Remark, *, at: datetime) -> None:
    """To the author: the remark is not shown, with the reason; it is answered all the same."""
    _tell_author(remark, "hidden", key=f"consultation-hidden:{remark.pk}:{at:%Y%m%d%H%M%S}")


def _tell_author(remark: Remark, template: str, *, key: str, **more: Any) -> None:
    if remark.submission.email and not remark.submission.withdrawn_at:
        enqueue(
            key=key,
            to=remark.submission.email,
            template=f"{FOLDER}/{template}",
            context={**_about(remark), "submission": remark.submission, "remark": remark, **more},
            kind="consultation_answer",
        )


def tell_assigned(assignment: Assignment, count: int) -> None:
    """To the unit: which remarks, by when, where to answer."""
    _tell_unit(assignment, "assigned", absolute(assignment.get_desk_url()), count=count)


def tell_called_off(assignment: Assignment) -> None:
    """To the unit: its position is not needed any more. The page of the desk is closed to it from now on."""
    _tell_unit(assignment, "assignment_called_off", absolute(assignment.consultation.get_absolute_url()))


def _tell_unit(assignment: Assignment, template: str, url: str, **more: Any) -> None:
    """To those who run consultations in the unit; where nobody does, to the unit's own address."""
    people = sorted(managers_of_units().filter(unit=assignment.unit).values_list("user__email", flat=True))
    enqueue_many(
        {
            "key": f"consultation-{template}:{assignment.pk}:{digest(address)}",
            "to": address,
            "template": f"{FOLDER}/{template}",
            "context": {
                "assignment": assignment,
                "consultation": assignment.consultation,
                "url": url,
                **more,
            },
            "kind": "consultation_assigned",
        }
        for address in people or assignment.unit.emails[:1]
    )


def _about(remark: Remark) -> dict[str, Any]:
    consultation, submission = remark.consultation, remark.submission
    return {
        "consultation": consultation,
        "url": absolute(consultation.get_absolute_url()),
        "private_url": absolute(submission.get_private_url()),
    }
