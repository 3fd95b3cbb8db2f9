"""Celery leaves of consultations."""

from celery import shared_task

from core.common.clock import now

from . import actions, papers
from .queries.report import for_report, for_report_draft, reported_stages


@shared_task
def follow_the_clock() -> int:
    """Writes down what the clock has opened and closed; gives how many."""
    at = now()
    return actions.open_due(at) + actions.close_due(at) + actions.close_unsupported(at)


@shared_task
def forget_senders() -> int:
    """Deletes names and addresses of senders once their time after the report is over; gives how many."""
    actions.forget_originals(at=now())
    return actions.forget_senders(at=now())


@shared_task
def make_report_file(consultation_pk: int, kind: str, stage_pk: int | None = None) -> int:
    """Makes one file of a long report and keeps it; gives its size, 0 when there is no such report any more."""
    if stage_pk is not None:
        stage = reported_stages().filter(pk=stage_pk, consultation=consultation_pk).first()
        return len(papers.file_of(stage.consultation, kind, stage=stage, is_worker=True)) if stage else 0
    own = {"pk": consultation_pk}
    consultation = for_report().filter(**own).first() or for_report_draft().filter(**own).first()
    return len(papers.file_of(consultation, kind, is_worker=True)) if consultation else 0


@shared_task
def remind_of_meetings() -> int:
    """Writes a day before to everybody with a place at a meeting or a duty; gives how many."""
    return actions.remind_of_meetings(at=now())


@shared_task
def forget_sign_ups() -> int:
    """Deletes data of people who signed up for meetings that are long over; gives how many."""
    return actions.forget_sign_ups(at=now())


@shared_task
def forget_supporters() -> int:
    """Deletes names and addresses of those who supported requests, once their time is over; gives how many."""
    return actions.forget_supporters(now())
