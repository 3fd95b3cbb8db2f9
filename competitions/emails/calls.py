"""Letters about calls: to whom, which template, which facts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common.clock import today
from core.common.sites import absolute
from core.notifications import outbox
from core.notifications.follows import followers_of
from core.notifications.letters import compose
from core.notifications.preferences import kind_of, reachable, settings_url, unsubscribe_url, willing
from organizations.models import Mandate

from ..models import (
    ApplicantLetter,
    Call,
    CallQuestion,
    CallResult,
    CallScheduleEntry,
    CallVersion,
    CorrectionRequest,
    DraftRemark,
    DraftReview,
    Offer,
    OfferPartner,
    OfferVersion,
    RejectionReason,
    SavedSearch,
)
from ..reminders import NEWS, SEARCH, people_of

OFFER_CASE = "offer_case"
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


# --- offers: letters on one's own case, which nobody can switch off --------------------------------


def tell_correction_requested(request: CorrectionRequest) -> int:
    """The request to supplement: what, until when, where."""
    return _tell_offer(
        request.offer, f"correction:{request.pk}:requested", "correction_requested", _asked(request)
    )


def tell_correction_extended(request: CorrectionRequest, reason: str) -> int:
    key = f"correction:{request.pk}:extended:{request.due_at:%Y%m%dT%H%M}"
    return _tell_offer(request.offer, key, "correction_extended", {**_asked(request), "reason": reason})


def tell_supplemented(request: CorrectionRequest) -> int:
    """The receipt of a supplement."""
    return _tell_offer(
        request.offer, f"correction:{request.pk}:filed", "supplemented", {"version": request.version}
    )


def tell_rejected(offer: Offer, code: RejectionReason, explanation: str) -> int:
    context = {"code": code, "explanation": explanation}
    return _tell_offer(offer, f"offer:{offer.pk}:rejected", "formally_rejected", context)


def tell_applicants(letter: ApplicantLetter, offers: list[Offer]) -> int:
    """A letter of the office, once to each person, however many of the offers are theirs; gives how many."""
    people = {user.pk: user for offer in offers for user in people_of(offer)}
    why = _("działasz w imieniu organizacji, która złożyła ofertę w tym konkursie")
    context = {"letter": letter, "call": letter.call, "why": why}
    letters = [
        {
            "key": f"applicant_letter:{letter.pk}:{pk}",
            "to": user.email,
            "template": "competitions/emails/office_letter",
            "context": context,
            "kind": OFFER_CASE,
        }
        for pk, user in people.items()
    ]
    return outbox.enqueue_many(letters) if letters else 0


def _asked(request: CorrectionRequest) -> dict[str, Any]:
    items = list(request.items.select_related("item"))
    return {"request": request, "items": items}


def _tell_offer(offer: Offer, key: str, template: str, context: dict[str, Any]) -> int:
    why = _("działasz w imieniu organizacji, która złożyła tę ofertę")
    facts = {"offer": offer, "call": offer.call, "why": why, **context}
    letters = [
        {
            "key": f"{key}:{user.pk}",
            "to": user.email,
            "template": f"competitions/emails/{template}",
            "context": facts,
            "kind": OFFER_CASE,
        }
        for user in people_of(offer)
    ]
    return outbox.enqueue_many(letters) if letters else 0


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


# --- offers: letters of a matter one has a hand in; they cannot be switched off -----------------------

_TEAM = gettext_lazy("działasz w imieniu organizacji, która składa tę ofertę")


def tell_offer_filed(offer: Offer, version: OfferVersion) -> int:
    """The receipt, to everybody who acts for one of the offerors."""
    key = f"offer:{offer.pk}:filed:{version.number}"
    return _tell_team(offer, people_of(offer), key, "offer_filed", version=version)


def tell_offer_withdrawn(offer: Offer, at: datetime) -> int:
    key = f"offer:{offer.pk}:withdrawn:{at:%Y%m%dT%H%M%S}"
    return _tell_team(offer, people_of(offer), key, "offer_withdrawn", at=at)


def tell_partner_invited(partner: OfferPartner) -> int:
    """Who acts for the invited organisation; only its representatives can answer, the others can tell them."""
    people = _acting_for([partner.organization_id])
    key = f"offer:{partner.offer_id}:invited:{partner.organization_id}:{partner.invited_at:%Y%m%dT%H%M%S}"
    return _tell_team(partner.offer, people, key, "partner_invited", partner=partner)


def tell_partner_answered(partner: OfferPartner, *, accepts: bool) -> int:
    people = _acting_for([partner.offer.organization_id])
    moment = partner.accepted_at or partner.declined_at
    key = f"offer:{partner.offer_id}:answered:{partner.pk}:{moment:%Y%m%dT%H%M%S}"
    return _tell_team(partner.offer, people, key, "partner_answered", partner=partner, accepts=accepts)


def tell_partner_left(partner: OfferPartner, reason: str, at: datetime) -> int:
    """Everybody who stays in the offer, and the organisation that goes."""
    ids = {person.pk for person in [*people_of(partner.offer), *_acting_for([partner.organization_id])]}
    people = list(get_user_model().objects.filter(pk__in=ids))
    key = f"offer:{partner.offer_id}:left:{partner.pk}:{at:%Y%m%dT%H%M%S}"
    return _tell_team(partner.offer, people, key, "partner_left", partner=partner, reason=reason)


def _acting_for(organizations: list[int]) -> list:
    held = Mandate.objects.in_force(today()).filter(organization__in=organizations)
    return list(get_user_model().objects.filter(pk__in=held.values("user"), is_active=True))


def _tell_team(offer: Offer, people: list, key: str, template: str, **facts: Any) -> int:
    if not people:
        return 0
    context = {"offer": offer, "call": offer.call, "why": _TEAM, **facts}
    composed = compose(f"competitions/emails/{template}", context)
    return outbox.enqueue_many(
        {"key": f"{key}:{person.pk}", "to": person.email, "composed": composed, "kind": "offer"}
        for person in people
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
