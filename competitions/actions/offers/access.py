"""Who may do what with an offer, said the same way in every action; the row is locked meanwhile."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from ...models import Offer

_FOR_ACTION = ("call", "part", "organization__dossier")


def check(predicate: Callable[..., bool], by: Any, subject: Any, **words: Any) -> None:
    """Raises MoveRefused for a person who may not; the portal itself (None) may do anything."""
    if by is not None and not predicate(by, subject, **words):
        raise MoveRefused(f"{predicate.__name__}: {subject.pk}")


def locked(offer: Offer) -> Offer:
    """The offer as it is now; nobody else changes it until the transaction ends."""
    rows = Offer.objects.select_related(*_FOR_ACTION).select_for_update(of=("self",))
    return rows.get(pk=offer.pk)


def locked_writable(offer: Offer, key: str = "") -> Offer:
    """The same for a change of a part. Raises LawBreached once it has been filed and the part is not open again."""
    row = locked(offer)
    if not row.opens(key):
        message = _("Ta oferta jest już złożona. Żeby ją zmienić, najpierw ją wycofaj (do końca naboru).")
        raise LawBreached([Breach("R-CALL-22", message)])
    return row
