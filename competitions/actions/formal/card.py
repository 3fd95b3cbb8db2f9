"""The card of formal check: its items for a call, and the marks on one offer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from ... import permissions
from ...enums import FormalMark, OfferState
from ...models import Call, CallFormalItem, FormalAnswer, FormalItemTemplate, FormalTerms, Offer

# While the office decides: before it, the offer is the organisation's; after it, the card is closed.
OPEN_CARD = (OfferState.SUBMITTED, OfferState.CORRECTED)
COPIED = ("text", "is_correctable", "hint", "position")


class AnswerConflict(Exception):
    """Somebody else has saved this item since the page was opened; carries what is stored now."""

    def __init__(self, stored: FormalAnswer):
        self.stored = stored
        super().__init__(str(stored.item_id))


@transaction.atomic
def ensure_card(call: Call, *, by: Any, at: datetime) -> list[CallFormalItem]:
    """The items of the call's card; the first time they are copied from the default list of the office."""
    Call.objects.select_for_update().get(pk=call.pk)
    items = list(CallFormalItem.objects.filter(call=call))
    if items:
        return items
    defaults = FormalItemTemplate.objects.filter(is_active=True)
    CallFormalItem.objects.bulk_create(
        CallFormalItem(call=call, **{name: getattr(row, name) for name in COPIED}) for row in defaults
    )
    items = list(CallFormalItem.objects.filter(call=call))
    audit.record(
        call, _("Karta oceny formalnej z listy wzorcowej"), by=by, at=at, after={"items": len(items)}
    )
    return items


@transaction.atomic
def save_card(
    call: Call,
    items: Sequence[CallFormalItem],
    *,
    removed: Sequence[CallFormalItem] = (),
    correction_days: int | None = None,
    by: Any,
    at: datetime,
) -> None:
    """Keeps the office's own card of a call. Raises LawBreached once marks stand on an item to be changed."""
    if by is not None and not permissions.may_prepare(by, call):
        raise MoveRefused("may_prepare")
    Call.objects.select_for_update().get(pk=call.pk)
    before = _shown(call)
    marked = set(
        FormalAnswer.objects.filter(item__call=call).exclude(mark="").values_list("item_id", flat=True)
    )
    stored = {item.pk: item for item in CallFormalItem.objects.filter(call=call)}
    for item in [*items, *removed]:
        if item.pk in marked and (item in removed or _means_other(item, stored[item.pk])):
            raise LawBreached([_is_marked(stored[item.pk])])
    for item in removed:
        item.delete()
    for item in items:
        item.call = call
        item.save()
    FormalTerms.objects.update_or_create(call=call, defaults={"correction_days": correction_days})
    old, new = audit.changes(before, _shown(call))
    if new:
        audit.record(call, _("Zmiana karty oceny formalnej"), by=by, at=at, before=old, after=new)


def _means_other(item: CallFormalItem, stored: CallFormalItem) -> bool:
    return (item.text, item.is_correctable) != (stored.text, stored.is_correctable)


def _is_marked(item: CallFormalItem) -> Breach:
    message = _(
        "Karta oceny: punkt „%(text)s” ma już odpowiedzi w ofertach. Dodaj nowy, zamiast go zmieniać."
    )
    return Breach("R-CALL-23", message % {"text": item.text})


def _shown(call: Call) -> dict[str, Any]:
    rows = CallFormalItem.objects.filter(call=call)
    days = FormalTerms.objects.filter(call=call).values_list("correction_days", flat=True).first()
    return {"items": [f"{row.text} ({int(row.is_correctable)})" for row in rows], "correction_days": days}


@transaction.atomic
def save_answer(
    offer: Offer,
    item: CallFormalItem,
    *,
    mark: str,
    note: str = "",
    read_number: int = 0,
    by: Any,
    at: datetime,
) -> FormalAnswer:
    """One item of the card, saved as typed.

    ``read_number`` is the edit number that the page showed. Raises AnswerConflict when somebody else has saved
    something different since, MoveRefused when the card is closed or not this person's, ValueError for a mark
    that there is not and an item of another call.
    """
    locked = Offer.objects.select_for_update().get(pk=offer.pk)
    if locked.state not in OPEN_CARD or (by is not None and not permissions.may_check(by, locked)):
        raise MoveRefused("may_check")
    if item.call_id != locked.call_id or mark not in ("", *FormalMark.values):
        raise ValueError(f"no such item or mark: {item.pk}, {mark}")
    answer = FormalAnswer.objects.filter(offer=locked, item=item).select_related("saved_by").first()
    answer = answer or FormalAnswer(offer=locked, item=item, saved_at=at)
    if (answer.mark, answer.note) == (mark, note):
        return answer
    if answer.edit_number != read_number:
        raise AnswerConflict(answer)
    before = {"mark": answer.mark, "note": answer.note}
    answer.mark, answer.note, answer.saved_by, answer.saved_at = mark, note, by, at
    answer.edit_number += 1
    answer.save()
    audit.record(
        locked,
        _("Karta formalna: %(item)s") % {"item": item.text[:50]},
        by=by,
        at=at,
        before=before,
        after={"mark": mark, "note": note},
    )
    return answer
