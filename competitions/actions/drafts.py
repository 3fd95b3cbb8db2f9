"""A draft is put up for remarks; anybody writes, the office answers each (R-CALL-09)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.common.sanitize import strip_controls
from core.common.slugs import slug_for
from core.legal import audit, parameters
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused
from core.notifications.audiences import recipients

from .. import emails, law, permissions
from ..models import Call, DraftParagraph, DraftRemark, DraftReview
from ..notice import paragraphs_of
from .versions import notice_of


@transaction.atomic
def open_review(
    call: Call, *, opens_at: datetime, closes_at: datetime, intro: str = "", by: Any, at: datetime
) -> DraftReview:
    """Puts the draft up as it stands, paragraph by paragraph; later edits do not change what is shown.

    Raises LawBreached (already announced, empty, too short a time) and MoveRefused.
    """
    locked = Call.objects.select_for_update().get(pk=call.pk)
    _may(permissions.may_run, by, locked)
    paragraphs = paragraphs_of(notice_of(locked))
    require(
        law.review_breaches(
            opens_at=opens_at,
            closes_at=closes_at,
            at=at,
            days=parameters.days("call_draft_review", on=local_day(at)),
            is_draft=locked.is_notice_editable,
            has_text=bool(paragraphs),
        )
    )
    review = DraftReview(
        call=locked, title=locked.title, intro=intro, opens_at=opens_at, closes_at=closes_at, created_by=by
    )
    review.slug = slug_for(DraftReview, locked.title)
    review.save()
    DraftParagraph.objects.bulk_create(
        DraftParagraph(review=review, number=number, section=section[:200], text=text)
        for number, (section, text) in enumerate(paragraphs, start=1)
    )
    audit.record(locked, _("Szkic poddany pod uwagi"), by=by, at=at, after={"closes_at": closes_at})
    return review


@transaction.atomic
def prolong_review(
    review: DraftReview, *, closes_at: datetime, reason: str, by: Any, at: datetime
) -> DraftReview:
    """Gives more time, never less, with a reason."""
    _may(permissions.may_run, by, review.call)
    if closes_at <= max(review.closes_at, at):
        raise LawBreached(
            [Breach("R-CALL-09", _("Uwagi do: wpisz dzień późniejszy niż dotychczasowy."), "closes_at")]
        )
    before, review.closes_at = review.closes_at, closes_at
    review.save(update_fields=["closes_at"])
    audit.record(
        review.call, _("Dłuższy czas na uwagi do szkicu"), by=by, at=at, reason=reason,
        before={"closes_at": before}, after={"closes_at": closes_at},
    )  # fmt: skip
    return review


@transaction.atomic
def summarise_review(review: DraftReview, *, summary: str, by: Any, at: datetime) -> DraftReview:
    """What the office makes of the remarks as a whole; shown above the answers."""
    _may(permissions.may_prepare, by, review.call)
    review.summary = strip_controls(summary).strip()
    review.save(update_fields=["summary"])
    audit.record(
        review.call, _("Podsumowanie uwag do szkicu"), by=by, at=at, after={"summary": review.summary}
    )
    return review


@transaction.atomic
def send_review(review: DraftReview, *, audience: str, keys: Iterable[str], by: Any, at: datetime) -> int:
    """Writes to the bodies chosen (their secretaries and members with an account); gives how many letters.

    The room that keeps the bodies says who is reached (``core.notifications.audiences``).
    """
    _may(permissions.may_run, by, review.call)
    found = recipients(audience, keys)
    if not found.people:
        raise LawBreached(
            [Breach("R-CALL-09", _("Wybrane ciała dialogu nie mają adresów w portalu."), "bodies")]
        )
    sent = emails.send_draft(review, found.people)
    review.sent_to = sorted({*review.sent_to, *found.names})
    review.save(update_fields=["sent_to"])
    audit.record(
        review.call,
        _("Szkic wysłany do ciał dialogu"),
        by=by,
        at=at,
        after={"bodies": found.names, "letters": sent},
    )
    return sent


@transaction.atomic
def file_remark(
    review: DraftReview,
    *,
    text: str,
    paragraph: DraftParagraph | None = None,
    organization_name: str = "",
    email: str = "",
    form_key: UUID | None = None,
    at: datetime,
) -> DraftRemark:
    """Takes a remark of anybody: number, receipt, a letter when an address is given. The same ``form_key`` again
    gives the same remark. Raises LawBreached outside the dates and for an empty text."""
    locked = DraftReview.objects.select_for_update().select_related("call").get(pk=review.pk)
    if form_key and (known := DraftRemark.objects.filter(form_key=form_key, review=locked).first()):
        return known
    text = strip_controls(text).strip()
    require(
        law.remark_breaches(
            text=text,
            opens_at=locked.opens_at,
            closes_at=locked.closes_at,
            at=at,
            is_draft=locked.call.is_notice_editable,
        )
    )
    serial = (locked.remarks.aggregate(last=Max("serial"))["last"] or 0) + 1
    remark = DraftRemark.objects.create(
        review=locked,
        paragraph=paragraph,
        serial=serial,
        receipt=law.receipt_number(locked.pk, local_day(at).year, serial),
        form_key=form_key,
        text=text,
        organization_name=strip_controls(organization_name).strip(),
        email=email,
        received_at=at,
    )
    emails.tell_remark_received(remark)
    return remark


@transaction.atomic
def answer_remark(remark: DraftRemark, *, position: str, answer: str, by: Any, at: datetime) -> DraftRemark:
    """The office's position and its reason, public at once; the sender is told if an address is known."""
    _may(permissions.may_prepare, by, remark.review.call)
    if not position or not answer.strip():
        raise LawBreached(
            [Breach("R-CALL-09", _("Odpowiedź: wybierz stanowisko i napisz, dlaczego."), "answer")]
        )
    is_first = remark.answered_at is None
    remark.position, remark.answer = position, strip_controls(answer).strip()
    remark.answered_by, remark.answered_at, remark.is_hidden = by, at, False
    remark.save()
    audit.record(
        remark.review.call, _("Odpowiedź na uwagę do szkicu"), by=by, at=at,
        after={"receipt": remark.receipt, "position": position, "answer": remark.answer},
    )  # fmt: skip
    if is_first:
        emails.tell_remark_answered(remark)
    return remark


@transaction.atomic
def hide_remark(remark: DraftRemark, *, reason: str, by: Any, at: datetime) -> DraftRemark:
    """Takes a remark off the page (it names people, insults, has nothing to do with the draft), with a reason."""
    _may(permissions.may_prepare, by, remark.review.call)
    if not reason.strip():
        raise LawBreached(
            [Breach("R-CALL-09", _("Powód: napisz, dlaczego nie publikujesz uwagi."), "reason")]
        )
    remark.is_hidden, remark.hidden_reason = True, reason.strip()[:300]
    remark.save(update_fields=["is_hidden", "hidden_reason"])
    audit.record(
        remark.review.call, _("Uwaga do szkicu bez publikacji"), by=by, at=at, reason=reason,
        after={"receipt": remark.receipt},
    )  # fmt: skip
    return remark


def _may(predicate: Any, by: Any, call: Call) -> None:
    if by is not None and not predicate(by, call):
        raise MoveRefused(f"{predicate.__name__}: {call}")
