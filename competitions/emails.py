"""Letters about calls: to whom, which template, which facts."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.notifications import outbox
from core.notifications.follows import followers_of
from core.notifications.letters import compose
from core.notifications.preferences import kind_of, reachable, settings_url, unsubscribe_url

from .models import Call, CallQuestion, CallResult, CallScheduleEntry, CallVersion
from .reminders import NEWS


def tell_announced(call: Call) -> int:
    """Those who waited for it: followers of the schedule entry and of the previous edition."""
    followed = list(CallScheduleEntry.objects.filter(call=call))
    followed += [call.previous_edition] if call.previous_edition else []
    ids = {user.pk for obj in followed for user in followers_of(obj)}
    people = get_user_model().objects.filter(pk__in=ids)
    why = _("obserwujesz plan albo poprzednią edycję tego konkursu")
    return _tell(people, f"call:{call.pk}:announced", "announced", {"call": call, "why": why})


def tell_changed(call: Call, version: CallVersion) -> int:
    """Followers, of a change of the notice."""
    context = {"call": call, "version": version, "is_moved": "offers_due_at" in version.changes}
    return _tell(followers_of(call), f"call:{call.pk}:version:{version.number}", "changed", context)


def tell_results(call: Call) -> int:
    """Followers, of the results."""
    result = CallResult.objects.get(call=call)
    return _tell(followers_of(call), f"call:{call.pk}:results", "results", {"call": call, "result": result})


def tell_cancelled(call: Call, reason: str) -> int:
    """Followers, of the cancellation and its reason."""
    return _tell(
        followers_of(call), f"call:{call.pk}:cancelled", "cancelled", {"call": call, "reason": reason}
    )


def tell_answered(question: CallQuestion) -> int:
    """The person who asked."""
    people = get_user_model().objects.filter(pk=question.asked_by_id)
    key = f"call:{question.call_id}:question:{question.pk}:{question.answered_at:%Y%m%d%H%M%S}"
    why = _("zadano z tego konta pytanie o konkurs")
    return _tell(people, key, "answered", {"call": question.call, "question": question, "why": why})


def _tell(people: QuerySet, key: str, template: str, context: dict[str, Any]) -> int:
    """One letter to each who wants such letters, rendered once; gives how many."""
    kind = kind_of(NEWS)
    facts = {"why": kind.why, "settings_url": settings_url(), **context}
    recipients = list(reachable(people))
    if not recipients:
        return 0
    composed = compose(f"competitions/emails/{template}", facts, unsubscribe_url="")
    return outbox.enqueue_many(
        {
            "key": f"{key}:{user.pk}",
            "to": user.email,
            "composed": composed,
            "kind": NEWS,
            "unsubscribe_url": unsubscribe_url(user, NEWS),
        }
        for user in recipients
    )
