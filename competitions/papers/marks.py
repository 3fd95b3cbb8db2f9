"""How a file that left the portal is known again: the offer, the call, and the edits it was made from."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import Offer

MARK = re.compile(
    r"portal-ngo oferta=(?P<offer>\d{1,12}) konkurs=(?P<call>\d{1,12})(?P<edits>( [a-z]+:\d{1,9})*)"
)


@dataclass(frozen=True)
class Mark:
    """``edits`` are the numbers of the sections when the file was made."""

    offer: int
    call: int
    edits: dict[str, int] = field(default_factory=dict)


def mark_of(offer: Offer) -> str:
    """The words that are put into the properties of a file."""
    edits = "".join(f" {row.key}:{row.edit_number}" for row in offer.sections.all())
    return f"portal-ngo oferta={offer.pk} konkurs={offer.call_id}{edits}"


def read_mark(words: str | None) -> Mark | None:
    found = MARK.search(words or "")
    if not found:
        return None
    edits = dict(pair.split(":") for pair in found["edits"].split())
    return Mark(int(found["offer"]), int(found["call"]), {key: int(n) for key, n in edits.items()})


def require_same_call(mark: Mark | None, offer: Offer) -> Mark:
    """The mark of a file that may be read into the offer. Raises ValidationError with a reason and a way out."""
    if mark is None:
        raise ValidationError(
            _(
                "Plik: to nie jest formularz pobrany z portalu. Pobierz go na tej stronie, wypełnij i dodaj jeszcze raz."
            )
        )
    if mark.call != offer.call_id:
        raise ValidationError(
            _(
                "Plik: formularz pochodzi z innego konkursu. Pobierz formularz tej oferty i przenieś do niego teksty."
            )
        )
    return mark
