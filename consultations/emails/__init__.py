"""Letters of consultations: to senders of remarks and to followers."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower

from core.common.clock import today
from core.common.sites import absolute
from core.notifications.follows import followers_of
from core.notifications.outbox import enqueue, enqueue_many
from core.notifications.preferences import kind_of, reachable, settings_url, unsubscribe_url

from ..models import Consultation, Extension, SignUp, Submission
from ..reminders import NEWS

FOLDER = "consultations/emails"


def tell_received(submission: Submission) -> None:
    """The receipt with the number and the private link, once per submission (R-CNS-15)."""
    if submission.email:
        enqueue(
            key=f"consultation-receipt:{submission.pk}",
            to=submission.email,
            template=f"{FOLDER}/receipt",
            context=_about_submission(submission),
            kind="consultation_receipt",
        )


def tell_link(submission: Submission, *, slot: int) -> None:
    """The private link once more, for who lost the receipt; at most once in a slot of time."""
    enqueue(
        key=f"consultation-link:{submission.pk}:{slot}",
        to=submission.email,
        template=f"{FOLDER}/link",
        context=_about_submission(submission),
        kind="consultation_receipt",
    )


def tell_announced(consultation: Consultation) -> None:
    _tell_followers(consultation, "announced", key=f"consultation-announced:{consultation.pk}")


def tell_extended(consultation: Consultation, extension: Extension) -> None:
    """The new end and the reason, to followers, to who has sent remarks, and to who will come to a meeting."""
    key = f"consultation-extended:{extension.pk}"
    taking_part = _taking_part(consultation)
    enqueue_many(
        {
            "key": f"{key}:{kind}:{source}",
            "to": address,
            "template": f"{FOLDER}/extended",
            "context": {**_about(consultation), "extension": extension},
            "kind": kind,
            "batch": key,
        }
        for address, (kind, source) in taking_part.items()
    )
    _tell_followers(consultation, "extended", key=key, told=taking_part, extension=extension)


def extension_readers(consultation: Consultation) -> int:
    """How many people an extension would tell."""
    people = reachable(followers_of(consultation)).values_list(Lower("email"), flat=True)
    return len({*_taking_part(consultation), *people})


def _taking_part(consultation: Consultation) -> dict[str, tuple[str, int]]:
    """Addresses of who has sent remarks or signed up for a date to come, with the kind of letter and the record."""
    coming = SignUp.objects.valid().filter(
        date__form__consultation=consultation, date__cancelled_at=None, date__starts_on__gte=today()
    )
    sources = {"consultation_sign_up": coming, "consultation_extended": consultation.submissions.valid()}
    return {
        email.lower(): (kind, pk)
        for kind, found in sources.items()
        for pk, email in found.exclude(email="").order_by("-pk").values_list("pk", "email")
    }


def tell_report(consultation: Consultation) -> None:
    """To everybody who has sent remarks, and to followers (R-CNS-20)."""
    enqueue_many(_to_senders(consultation, "report", only_if_asked=False))
    told = consultation.submissions.valid()
    _tell_followers(consultation, "report_followers", key=f"consultation-report:{consultation.pk}", told=told)


def tell_outcome(consultation: Consultation) -> None:
    enqueue_many(_to_senders(consultation, "outcome"))
    asked = consultation.submissions.valid().filter(wants_report=True)
    _tell_followers(
        consultation, "outcome_followers", key=f"consultation-outcome:{consultation.pk}", told=asked
    )


def tell_cancelled(consultation: Consultation) -> None:
    """To followers and to everybody who has sent remarks."""
    enqueue_many(_to_senders(consultation, "cancelled", only_if_asked=False))
    told = consultation.submissions.valid()
    _tell_followers(
        consultation, "cancelled_followers", key=f"consultation-cancelled:{consultation.pk}", told=told
    )


def _about(consultation: Consultation) -> dict[str, Any]:
    return {"consultation": consultation, "url": absolute(consultation.get_absolute_url())}


def _about_submission(submission: Submission) -> dict[str, Any]:
    return {
        **_about(submission.consultation),
        "submission": submission,
        "remarks": list(submission.remarks.valid().order_by("number")),
        "private_url": absolute(submission.get_private_url()),
    }


def _to_senders(
    consultation: Consultation, template: str, *, only_if_asked: bool = True
) -> Iterator[dict[str, Any]]:
    rows = consultation.submissions.valid().exclude(email="")
    if only_if_asked:
        rows = rows.filter(wants_report=True)
    for submission in rows.select_related("consultation").iterator(chunk_size=500):
        yield {
            "key": f"consultation-{template}-sender:{submission.pk}",
            "to": submission.email,
            "template": f"{FOLDER}/{template}",
            "context": {
                **_about(consultation),
                "submission": submission,
                "private_url": absolute(submission.get_private_url()),
            },
            "kind": f"consultation_{template}",
            "batch": f"consultation-{template}:{consultation.pk}",
        }


def _tell_followers(
    consultation: Consultation,
    template: str,
    *,
    key: str,
    told: QuerySet[Submission] | Iterable[str] = (),
    **more: Any,
) -> None:
    """To followers, but for those who got the letter as senders (``told``)."""
    people = reachable(followers_of(consultation)).order_by("pk")
    addresses = told.values_list(Lower("email")) if isinstance(told, QuerySet) else list(told)
    people = people.alias(address=Lower("email")).exclude(address__in=addresses)
    enqueue_many(
        {
            "key": f"{key}:{person.pk}",
            "to": person.email,
            "template": f"{FOLDER}/{template}",
            "context": {
                **_about(consultation),
                **more,
                "why": kind_of(NEWS).why,
                "settings_url": settings_url(),
                "user": person,
            },
            "kind": NEWS,
            "batch": key,
            "unsubscribe_url": unsubscribe_url(person, NEWS),
        }
        for person in people.iterator(chunk_size=500)
    )
