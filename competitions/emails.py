"""Letters about calls: to whom, which template, which facts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.common.sites import absolute
from core.notifications import outbox
from core.notifications.follows import followers_of
from core.notifications.letters import compose
from core.notifications.preferences import kind_of, settings_url, unsubscribe_url, willing

from .models import (
    Call,
    CallQuestion,
    CallResult,
    CallScheduleEntry,
    CallVersion,
    DraftRemark,
    DraftReview,
    SavedSearch,
)
from .reminders import NEWS, SEARCH

REMARK = "call_draft_remark"


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
    recipients = list(willing(people, NEWS))
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


# --- drafts ---------------------------------------------------------------------------------------


def send_draft(review: DraftReview, people: Mapping[str, str]) -> int:
    """The draft, to people of dialogue bodies (e-mail → why); each address once, whatever is chosen again."""
    return outbox.enqueue_many(
        {
            "key": f"draft:{review.pk}:sent:{email}",
            "to": email,
            "template": "competitions/emails/draft",
            "context": {"review": review, "why": why},
            "kind": REMARK,
        }
        for email, why in people.items()
    )


def tell_remark_received(remark: DraftRemark) -> None:
    """The number and the private link, to whoever gave an address."""
    _tell_sender(remark, "received", "draft_received")


def tell_remark_answered(remark: DraftRemark) -> None:
    """The office's position, to the same."""
    _tell_sender(remark, "answered", "draft_answered")


def _tell_sender(remark: DraftRemark, word: str, template: str) -> None:
    if remark.email:
        outbox.enqueue(
            key=f"draft-remark:{remark.pk}:{word}",
            to=remark.email,
            template=f"competitions/emails/{template}",
            context={
                "remark": remark,
                "review": remark.review,
                "why": _("podano ten adres przy uwadze do szkicu konkursu"),
            },
            kind=REMARK,
        )


# --- saved searches -------------------------------------------------------------------------------


def tell_search(search: SavedSearch, calls: Sequence[Call], at: datetime) -> bool:
    """New calls that fit a saved search, with the address that stops it in one click; whether a letter was put."""
    people = get_user_model().objects.filter(pk=search.user_id)
    if not willing(people, SEARCH).exists():
        return False
    stop = absolute(reverse("competitions:stop_search", args=[search.token]))
    facts = {
        "search": search,
        "calls": calls,
        "why": _("zapisane wyszukiwanie „%(name)s”") % {"name": search.name},
        "settings_url": absolute(reverse("competitions:searches")),
    }
    letter = outbox.enqueue(
        key=f"call-search:{search.pk}:{at:%Y%m%d%H%M%S}",
        to=search.user.email,
        template="competitions/emails/search",
        context=facts,
        kind=SEARCH,
        unsubscribe_url=stop,
    )
    return letter is not None
