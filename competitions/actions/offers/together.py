"""Filing for an organisation that several people represent together, and helpers let into one offer (R-WEB-14)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.legal.rules import Breach, LawBreached, require
from organizations.actions.representation import register_act, required_for, start_act
from organizations.matters import register_matter
from organizations.models import RepresentationAct

from ... import law, permissions
from ...enums import VersionKind
from ...models import Offer, OfferVersion
from ...models.offer_facts import deadline_at
from .access import check, locked
from .filing import (
    FILE_OFFER,
    draft_checksum,
    file_offer,
    make_statements,
    seen_breaches,
    together_breaches,
)

# So much of the checksum of the draft stands in the act: people agree to this text and to no other.
SHOWN = 16
# Consents are taken to the end of the last minute of the intake, and that minute is the one shown.
LAST = timedelta(microseconds=1)


def ask_to_file(
    offer: Offer, *, by: Any, at: datetime, statements: Iterable[str] = (), seen: str = ""
) -> OfferVersion | RepresentationAct:
    """What the button »Złóż ofertę« does: files, or asks the others for their consent where they act together.

    The act ends with the intake or its round; the last consent files by its own moment. A second request of the
    one who asked gives the same act. Raises as ``file_offer`` does.
    """
    if required_for(offer.organization, FILE_OFFER) < 2:
        return file_offer(offer, by=by, at=at, statements=statements, seen=seen)
    return _ask(offer, by=by, at=at, statements=statements, seen=seen)


@transaction.atomic
def _ask(
    offer: Offer, *, by: Any, at: datetime, statements: Iterable[str], seen: str
) -> OfferVersion | RepresentationAct:
    row = locked(offer)
    check(permissions.may_file, by, row)
    if row.is_filed:
        return row.versions.filter(kind=VersionKind.FILED).latest("number")
    asked = waiting_act(row)
    if asked and by is not None and asked.started_by_id == by.pk and _is_about(asked, row):
        return asked
    require(seen_breaches(row, seen))
    if not permissions.may_start_filing(by, row):
        raise LawBreached(together_breaches(row, by, at))
    make_statements(row, statements, by, at)
    require([b for b in law.offers.filing_breaches(row.facts(at)) if not b.is_warning])
    end = _end(row, at)
    return start_act(
        row,
        kind=FILE_OFFER,
        organization=row.organization,
        summary=_("%(offer)s. Konkurs: %(call)s. Suma kontrolna szkicu: %(sum)s")
        % {"offer": str(row)[:600], "call": str(row.call)[:600], "sum": draft_checksum(row)[:SHOWN]},
        by=by,
        at=at,
        until=law.closes_at(end) - LAST if end else None,
    )


def _end(row: Offer, at: datetime) -> datetime | None:
    """The last minute in which consents still count: of the round that is on, else of the intake."""
    deadline = deadline_at(row.call, at)
    return row.call.intake_by(at, deadline).cutoff or deadline


def _is_about(act: RepresentationAct, row: Offer) -> bool:
    """Whether the draft is still the one that people were asked to agree to."""
    return draft_checksum(row)[:SHOWN] in act.summary


def _file(act: RepresentationAct, *, by: Any, at: datetime) -> None:
    row = locked(Offer.objects.get(pk=act.subject_id))
    if not _is_about(act, row):
        message = _("Oferta zmieniła się po rozpoczęciu tej czynności. Wycofaj ją i złóż ofertę od nowa.")
        raise LawBreached([Breach("R-WEB-14", message)])
    made = row.sections.get(key="declarations").content.get("statements", {})
    file_offer(row, by=by, at=at, statements=[name for name, is_made in made.items() if is_made])


def waiting_act(offer: Offer) -> RepresentationAct | None:
    """The filing that waits for consents, if there is one; asked only where several represent together."""
    if required_for(offer.organization, FILE_OFFER) < 2:
        return None
    return RepresentationAct.objects.waiting().of(offer).filter(kind=FILE_OFFER).first()


register_act(
    FILE_OFFER,
    label=gettext_lazy("Złożenie oferty"),
    carry_out=_file,
    address=lambda act: reverse("competitions:offer", args=[act.subject_id]),
)
register_matter(
    Offer,
    label=gettext_lazy("Oferta w konkursie"),
    of_organization=Offer.objects.worked_on,
    author="started_by",
    address=lambda offer: reverse("competitions:offer", args=[offer.pk]),
)
