"""Reads of small grants that have two or more callers."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.common.cooperation import Source, lines
from core.common.dates import SitemapEntry

from .actions import search_arguments
from .exports import COLUMNS
from .models import SmallGrant


def for_list() -> QuerySet[SmallGrant]:
    return SmallGrant.objects.select_related("organization", "unit", "district", "sphere")


def search_entries() -> Iterator[dict]:
    for grant in for_list():
        yield {"obj": grant, **search_arguments(grant)}


def sitemap_entries() -> Iterator[SitemapEntry]:
    for grant in SmallGrant.objects.only("pk", "updated_at", "published_at"):
        yield SitemapEntry(grant.get_absolute_url(), grant.updated_at or grant.published_at)


def export_catalogue() -> list[dict]:
    return [
        {
            "title": "Małe granty",
            "url": "/male-granty/",
            "formats": ["csv", "json", "xlsx"],
            "dictionary": COLUMNS,
        }
    ]


def cooperation_with(organization) -> Iterator[Source]:
    """Small grants of an organisation."""
    yield _granted(Q(organization=organization))


def funded_in(district) -> Iterator[Source]:
    """Small grants for a district, or of organisations seated there."""
    yield _granted(Q(district=district) | Q(organization__district=district))


def _granted(which: Q) -> Source:
    rows = SmallGrant.objects.filter(which, granted_amount__gt=0).order_by("-task_from", "pk")
    shown = lines(
        rows,
        title="title",
        key="pk",
        note="status_label",
        amount="granted_amount",
        on="task_from",
        who="organization_name",
    )
    return Source(_("Małe granty"), shown, lambda key: f"/male-granty/{key}/")
