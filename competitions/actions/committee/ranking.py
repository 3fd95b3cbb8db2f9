"""The proposal: what each offer gets, within the pool (R-CALL-41)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.formats import zloty
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from ... import law
from ...enums import State
from ...models import AwardProposal, Committee
from ...queries import committee as queries
from .appointing import check


@transaction.atomic
def save_proposal(
    committee: Committee, rows: Iterable[law.Ranked], *, reason: str, by: Any, at: datetime
) -> list[AwardProposal]:
    """Saves what is proposed for every judged offer; after the opinion the authority may depart from it, with a reason.

    Raises LawBreached when anything exceeds the pool, is below the threshold, or a tie is left without a reason.
    """
    check(committee, by)
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    call = committee.call
    if call.state not in (State.MERIT_EVALUATION, State.COMMITTEE_OPINION):
        raise MoveRefused("save_proposal")
    typed = {row.offer: row for row in rows}
    known = queries.ranked(call)
    if missing := [one for one in known if one.offer not in typed]:
        names = ", ".join(one.name for one in missing)
        raise LawBreached(
            [Breach("R-CALL-41", _("Brakuje propozycji dla ofert: %(names)s.") % {"names": names})]
        )
    whole = [_with_facts(one, typed[one.offer]) for one in known]
    require(law.proposal_breaches(whole, queries.pool_of(call), minimum=call.minimum_score))
    before = {row.offer_id: row for row in AwardProposal.objects.filter(offer__call=call)}
    has_changed = any(_differs(before.get(one.offer), one) for one in whole)
    if call.state == State.COMMITTEE_OPINION and has_changed and not reason.strip():
        message = _("napisz, dlaczego decyzja różni się od propozycji komisji")
        raise LawBreached([Breach("R-CALL-37", message, "reason")])
    saved = [_save(one, by, at) for one in whole]
    committee.proposal_reason = reason.strip()
    committee.save(update_fields=["proposal_reason"])
    audit.record(
        committee,
        _("Propozycja podziału dotacji"),
        by=by,
        at=at,
        before={str(pk): _words(row) for pk, row in before.items()},
        after={str(row.offer_id): _words(row) for row in saved},
        reason=reason,
    )
    return saved


def _with_facts(known: law.Ranked, typed: law.Ranked) -> law.Ranked:
    """What was typed, with the mean and the request as the database knows them."""
    return law.Ranked(
        known.offer,
        known.mean,
        known.requested,
        known.part,
        typed.outcome,
        typed.amount,
        typed.by_year,
        typed.tie_reason,
        known.name,
    )


def _save(one: law.Ranked, by: Any, at: datetime) -> AwardProposal:
    values = {
        "mean": one.mean,
        "outcome": one.outcome,
        "amount": one.amount,
        "by_year": {str(year): str(amount) for year, amount in one.by_year.items()},
        "tie_reason": one.tie_reason,
        "saved_at": at,
        "saved_by": by,
    }
    return AwardProposal.objects.update_or_create(offer_id=one.offer, defaults=values)[0]


def _differs(row: AwardProposal | None, one: law.Ranked) -> bool:
    return row is None or (row.outcome, row.amount) != (one.outcome, one.amount)


def _words(row: AwardProposal) -> str:
    return ", ".join(filter(None, (row.get_outcome_display(), zloty(row.amount))))
