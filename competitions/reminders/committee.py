"""The date by which a member has to finish its cards: seven, three and one day before."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.clock import now
from core.notifications.letters import Letter
from core.notifications.models import Reminder
from core.notifications.reminders import drop_reminders, register, set_countdown

from ..models import Committee, CommitteeMember

SCORES = "committee_scores"


def set_scores_due(member: CommitteeMember, committee: Committee) -> None:
    """Sets or moves a member's reminders; without a date, or with all cards signed, takes them back."""
    is_waiting = member.cards.valid().filter(signed_at__isnull=True).exists()
    if committee.scores_due_at is None or committee.scores_due_at <= now() or not is_waiting:
        drop_scores_due(member)
        return
    set_countdown(member, kind=SCORES, user=member.user, deadline=committee.scores_due_at, days=(7, 3, 1))


def drop_scores_due(member: CommitteeMember) -> None:
    drop_reminders(member, kind=SCORES)


def scores_letter(reminder: Reminder) -> Letter | None:
    """The letter before the end of scoring; none for who has left or signed everything."""
    member: Any = reminder.about
    waiting = member.cards.valid().filter(signed_at__isnull=True).count()
    if member.removed_at or not waiting:
        return None
    context = {
        "member": member,
        "committee": member.committee,
        "call": member.committee.call,
        "waiting": waiting,
    }
    return Letter("competitions/emails/committee_scores", context)


register(
    SCORES,
    scores_letter,
    label=_("Termin oceny ofert w komisji"),
    why=_("oceniasz oferty w komisji konkursowej"),
    hint=_("7 dni, 3 dni i 1 dzień przed końcem oceny, gdy masz niepodpisane karty"),
)
