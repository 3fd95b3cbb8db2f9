"""Making the Informator for print: once a day, by a worker, through the storage API."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import local_day
from core.documents.pdf import render_pdf

from ..enums import OfferKind
from ..models import Booklet, ResidentOffer

KEPT_FOR = timedelta(days=1)
MOST_OFFERS = 5_000
SECONDS = 120


def refresh_booklet(*, at: datetime) -> Booklet | None:
    """A new edition when the last one is older than a day; the old ones are deleted."""
    newest = Booklet.objects.first()
    return make_booklet(at=at) if newest is None or newest.made_at <= at - KEPT_FOR else None


def make_booklet(*, at: datetime) -> Booklet:
    """Sets all public offers, by kind. Raises PdfFailed."""
    offers = list(_offers())
    title = str(_("Informator NGO"))
    day = local_day(at)
    data = {
        "under": _("Co organizacje robią dla mieszkanek i mieszkańców. Stan na %(day)s.")
        % {"day": formats.day(day)},
        "contents": _("Spis treści"),
        "sections": _sections(offers),
    }
    pdf = render_pdf("organizations/informator.typ", data, title=title, on=day, seconds=SECONDS)
    with transaction.atomic():
        old = list(Booklet.objects.all())
        made = Booklet(size=len(pdf), offers=len(offers), made_at=at)
        made.file.save(f"informator-ngo-{at:%Y%m%d%H%M%S}.pdf", ContentFile(pdf), save=False)
        made.save()
        for edition in old:
            edition.delete()
            _delete_after_commit(edition)
    return made


def _offers() -> Iterator[ResidentOffer]:
    rows = ResidentOffer.objects.published().select_related("organization__district")
    yield from rows.order_by("kind", "organization__sort_name", "position", "pk")[:MOST_OFFERS]


def _sections(offers: list[ResidentOffer]) -> list[dict[str, Any]]:
    found = []
    for kind in OfferKind:
        own = [_entry(offer) for offer in offers if offer.kind == kind]
        if own:
            found.append({"title": kind.label, "offers": own})
    return found


def _entry(offer: ResidentOffer) -> dict[str, Any]:
    organization = offer.organization
    district = organization.district
    place = offer.place or (f"{district.roman} {district.name}" if district else organization.locality)
    contact = ", ".join(filter(None, [organization.phone, organization.email, organization.website]))
    return {
        "title": offer.title,
        "organization": organization.name,
        "description": offer.description,
        "facts": [
            (_("Kiedy"), offer.when),
            (_("Gdzie"), place),
            (_("Koszt"), {True: _("bezpłatnie"), False: _("odpłatnie"), None: ""}[offer.is_free]),
            (
                _("Zapisy"),
                {True: _("trzeba się zapisać"), False: _("bez zapisów"), None: ""}[offer.requires_booking],
            ),
            (_("Dostępność"), ", ".join(organization.seat_labels)),
            (_("Kontakt"), contact),
        ],
    }


def _delete_after_commit(edition: Booklet) -> None:
    storage, name = edition.file.storage, str(edition.file.name)
    transaction.on_commit(lambda: storage.delete(name))
