"""A formal check in the demo: one offer to be supplemented, one supplemented, one correct, one rejected, one that waits."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from competitions import actions
from competitions.actions import formal
from competitions.enums import FormalMark
from competitions.models import Call, CallFormalItem, Offer, RejectionReason

from .offers import save


def check(call: Call, *, by: Any, moment: Callable[..., datetime]) -> None:
    """The clerk checks the offers of a call whose intake ended some days ago; ``moment`` counts days from today."""
    actions.begin_formal_evaluation(call, by=by, at=moment(-5))
    own, correct, supplemented, rejected, _waiting = (
        Offer.objects.filed().filter(call=call).order_by("number")
    )
    _mark(correct, by=by, at=moment(-4))
    formal.accept_offer(correct, by=by, at=moment(-4, 10))
    _mark(rejected, "sferze", by=by, at=moment(-4, 11))
    formal.reject_offer(
        rejected,
        code=RejectionReason.objects.get(code="F06"),
        explanation="Statut nie mówi o działalności w sferze tego konkursu.",
        by=by,
        at=moment(-4, 12),
    )
    _ask(supplemented, "Opisz salę, w której odbędą się zajęcia.", by=by, at=moment(-3))
    content = supplemented.sections.get(key="capacity").content
    save(supplemented, "capacity", {**content, "material": "Sala 80 m² z windą i toaletą dla osób na wózkach."}, by=None, at=moment(-2))  # fmt: skip
    formal.file_supplement(Offer.objects.get(pk=supplemented.pk), by=None, at=moment(-2, 13))
    _ask(own, "Napisz, z jakich narzędzi i z jakiego lokalu skorzystacie.", by=by, at=moment(-1))


def _mark(offer: Offer, *lacking: str, by: Any, at: datetime) -> None:
    for item in CallFormalItem.objects.filter(call=offer.call):
        mark = FormalMark.NO if any(word in item.text for word in lacking) else FormalMark.YES
        formal.save_answer(offer, item, mark=mark, by=by, at=at)


def _ask(offer: Offer, what: str, *, by: Any, at: datetime) -> None:
    _mark(offer, "kompletna", by=by, at=at)
    item = CallFormalItem.objects.get(call=offer.call, text__contains="kompletna")
    formal.request_correction(
        offer,
        items={item: what},
        sections=["capacity"],
        opens_attachments=True,
        message="Prosimy o uzupełnienie jednego punktu.",
        by=by,
        at=at,
    )
