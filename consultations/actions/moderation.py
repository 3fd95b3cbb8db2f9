"""What everybody must not read (R-CNS-14): covering words, hiding a remark, forgetting what was covered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached, require

from .. import law
from ..emails import answers as letters
from ..models import Redaction, Remark, RemarkOriginal
from ..models.consultation import data_over_q
from .answers import locked_remarks

TEXTS = ("part", "current_wording", "proposed_wording", "justification")


@transaction.atomic
def cover_words(remark: Remark, *, fragments: Iterable[str], reason: str, by: Any, at: datetime) -> Redaction:
    """Covers words of a remark with »[…]« on every page and file. The office keeps the remark as it came.

    The log holds where, how many and why, never the words; the author is told. Raises LawBreached.
    """
    (locked,) = locked_remarks([remark], by)
    wanted = list(fragments)
    require(law.covering_breaches([getattr(locked, name) for name in TEXTS], wanted, reason))
    RemarkOriginal.objects.get_or_create(
        remark=locked, defaults={name: getattr(locked, name) for name in TEXTS}
    )
    places, total = [], 0
    for name in TEXTS:
        text, count = law.covered(getattr(locked, name), wanted)
        if count:
            setattr(locked, name, text)
            places.append(name)
            total += count
    locked.save(update_fields=places)
    made = Redaction.objects.create(
        remark=locked, fields=places, count=total, reason=reason, made_at=at, by=by
    )
    audit.record(locked, _("Zakrycie słów w uwadze"), by=by, at=at, after={"count": total, "reason": reason})
    letters.tell_covered(made)
    return made


@transaction.atomic
def hide_remark(remark: Remark, *, reason: str, by: Any, at: datetime) -> None:
    """Takes a remark off the public list (personal data, insults); it stays in the files. Wants a reason.

    A remark that is hidden already stays so, with the reason its author was told.
    """
    if not reason.strip():
        raise LawBreached([Breach("R-CNS-14", _("Powód: napisz, dlaczego ukrywasz uwagę."), "hidden_reason")])
    (locked,) = locked_remarks([remark], by)
    if locked.hidden_at:
        return
    locked.hidden_at, locked.hidden_reason = at, reason.strip()[:300]
    locked.save(update_fields=["hidden_at", "hidden_reason"])
    audit.record(locked, _("Ukrycie uwagi"), by=by, at=at, reason=reason)
    letters.tell_hidden(locked, at=at)


@transaction.atomic
def show_remark(remark: Remark, *, by: Any, at: datetime) -> None:
    """Puts a hidden remark back on the public list; a second time changes nothing."""
    (locked,) = locked_remarks([remark], by)
    if locked.hidden_at is None:
        return
    locked.hidden_at, locked.hidden_reason = None, ""
    locked.save(update_fields=["hidden_at", "hidden_reason"])
    audit.record(locked, _("Przywrócenie uwagi"), by=by, at=at)


@transaction.atomic
def forget_originals(*, at: datetime) -> int:
    """Deletes what was covered when data of senders go (R-WEB-11); gives how many."""
    return RemarkOriginal.objects.filter(data_over_q(at, to="remark__consultation__")).delete()[0]
