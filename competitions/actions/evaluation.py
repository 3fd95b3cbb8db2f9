"""After the intake: judging, deciding, publishing the choice, and what follows it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.documents import search
from core.documents.enums import Purpose
from core.legal import audit
from core.legal.rules import require
from core.legal.workflow import MoveRefused, advance
from core.notifications.reminders import drop_reminders

from .. import emails, permissions
from ..enums import BEFORE_NOTICE, EVALUATED, EntryStatus, Outcome, State
from ..models import Call, CallResult
from ..models.legal_facts import publications_of
from ..queries import committee as queries_committee
from ..queries import find_organization, search_arguments
from .committee import releasing
from .formal.card import ensure_card
from .schedule import set_status


@transaction.atomic
def begin_formal_evaluation(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """Offers are checked against the card of the call, which is copied from the default one now at the latest."""
    ensure_card(call, by=by, at=at)
    return advance(call, State.FORMAL_EVALUATION, by=by, at=at, reason=reason)


def request_corrections(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """Organisations are asked to complete their offers."""
    return advance(call, State.CORRECTIONS, by=by, at=at, reason=reason)


def begin_merit_evaluation(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """The committee judges what is left. Raises LawBreached while an offer is undecided, or when none is left."""
    return advance(call, State.MERIT_EVALUATION, by=by, at=at, reason=reason)


@transaction.atomic
def record_committee_opinion(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """The committee has given its opinion.

    Offers judged in the portal need signed cards, second looks, a meeting with a quorum and a proposal before it.
    """
    is_judged_here = queries_committee.is_judged_here(call)
    if is_judged_here:
        require(releasing.opinion_breaches(call))
    moved = advance(call, State.COMMITTEE_OPINION, by=by, at=at, reason=reason)
    if is_judged_here:
        releasing.close_scoring(call, by=by, at=at)
    return moved


@transaction.atomic
def record_decision(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """The authority has chosen the offers; nobody outside sees it before the results are published."""
    moved = advance(call, State.DECIDED, by=by, at=at, reason=reason)
    if queries_committee.is_judged_here(call):
        releasing.prepare_results(call)
    return moved


@transaction.atomic
def open_results(call: Call, *, by: Any, at: datetime) -> CallResult:
    """The place where the results are written down while the call is evaluated. Raises MoveRefused otherwise."""
    if call.state not in EVALUATED or (by is not None and not permissions.may_run(by, call)):
        raise MoveRefused(f"results of {call}")
    result, was_made = CallResult.objects.get_or_create(call=call)
    if was_made:
        audit.record(call, _("Rozpoczęcie wpisywania wyników"), by=by, at=at)
    return result


@transaction.atomic
def publish_results(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """Publishes the choice, once it is complete, within the pool and in three places (R-CALL-37, 38, 41).

    Raises LawBreached, also when the call has to be cancelled instead (R-CALL-40).
    """
    is_judged_here = queries_committee.is_judged_here(call)
    if is_judged_here:
        require(releasing.release_breaches(call))
    advance(call, State.RESULTS_PUBLISHED, by=by, at=at, reason=reason)
    if is_judged_here:
        releasing.release(call, by=by, at=at)
    result = CallResult.objects.get(call=call)
    published = publications_of(call).get(Purpose.RESULTS, {})
    result.published_on = max(published.values(), default=local_day(at))
    _complete(result)
    _touch(call, at)
    emails.tell_results(call)
    return call


def _complete(result: CallResult) -> None:
    """Counts and the mean, where nobody has typed them; awards are linked to the registry by name."""
    awards = list(result.awards.all())
    scores = [award.score for award in awards if award.score is not None]
    if result.funded is None:
        result.funded = sum(award.outcome == Outcome.AWARDED for award in awards)
    if result.mean_score is None and scores:
        result.mean_score = (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal("0.01"))
    result.save()
    for award in awards:
        if award.organization_id is None and (found := find_organization(award.organization_name)):
            award.organization = found
            award.save(update_fields=["organization"])


@transaction.atomic
def cancel(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """Cancels a call (art. 18a, or on a reserved ground), or gives up one that was never announced.

    Raises LawBreached without a reason, without the three publications, or without a ground.
    """
    was_announced = call.state not in BEFORE_NOTICE
    advance(call, State.CANCELLED, by=by, at=at, reason=reason)
    drop_reminders(call)
    if was_announced:
        _touch(call, at)
        emails.tell_cancelled(call, reason)
    else:
        set_status(call, EntryStatus.WITHDRAWN, by=by, at=at, reason=reason)
    return call


def begin_contracting(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """Contracts are being signed."""
    return advance(call, State.CONTRACTING, by=by, at=at, reason=reason)


def begin_tasks(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """All contracts are signed and the tasks go on."""
    return advance(call, State.IN_PROGRESS, by=by, at=at, reason=reason)


def begin_reporting(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """The tasks are over and reports are due."""
    return advance(call, State.REPORTING, by=by, at=at, reason=reason)


def settle(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """All reports are accepted."""
    return advance(call, State.SETTLED, by=by, at=at, reason=reason)


def archive(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """The matter is closed; the page stays under its address with an archive badge."""
    return advance(call, State.ARCHIVED, by=by, at=at, reason=reason)


def _touch(call: Call, at: datetime) -> None:
    call.updated_at = at
    call.save(update_fields=["updated_at"])
    search.put(call, **search_arguments(call))
