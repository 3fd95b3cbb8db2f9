"""Reads of profiles: for search, sitemap, open data, the start page, and before a second record is made."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg, JSONBAgg
from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from core.city.models import Branch, District, TaskSphere
from core.common.clock import today
from core.common.cooperation import Source, lines
from core.common.dates import SitemapEntry
from core.documents import search
from core.legal import parameters

from .. import law
from ..enums import TargetGroup
from ..exports import COLUMNS, OFFER_COLUMNS, PARTNER_COLUMNS
from ..models import Organization, PartnerNotice, ResidentOffer
from ..models.freshness import CONFIRMATION_PERIOD
from ..models.organization import folded

SEARCH_KIND = "organization"
CACHE_SECONDS = 60


def districts() -> list[District]:
    """Districts by number, without their outlines; one query at most once a minute."""
    return _kept("districts", District.objects.defer("outline", "localities"))


def spheres() -> list[TaskSphere]:
    """Spheres in the order of the Act; one query at most once a minute."""
    return _kept("spheres", TaskSphere.objects.defer("note", "range_quotes"))


def branches() -> list[Branch]:
    """Branches in their order, each with ``gathered``, the keys of its spheres; one query at most once a minute."""
    gathered = ArrayAgg("spheres", filter=Q(spheres__isnull=False), default=[])
    return _kept("branches", Branch.objects.annotate(gathered=gathered).order_by("position"))


def _kept(name: str, rows: QuerySet) -> list:
    key = f"organizations:{name}"
    found = cache.get(key)
    if found is None:
        found = list(rows)
        cache.set(key, found, CACHE_SECONDS)
    return found


def branches_of(organization: Organization) -> list[Branch]:
    """The branches of an organisation, through its spheres (R-ORG-22)."""
    by_code = {branch.code: branch for branch in branches()}
    gathered = [(branch.code, branch.gathered) for branch in branches()]
    own = [sphere.pk for sphere in organization.spheres.all()]
    return [by_code[code] for code in law.branches_of(own, gathered)]


def with_branches() -> QuerySet[TaskSphere]:
    """Spheres, each with ``in_branches``: code, label and position of the branches that gather it."""
    facts = JSONObject(code="branches__code", label="branches__label", position="branches__position")
    gathered = JSONBAgg(facts, filter=Q(branches__isnull=False), default=[])
    return TaskSphere.objects.defer("note", "range_quotes").annotate(in_branches=gathered)


def branches_among(own: Iterable[TaskSphere]) -> list[dict[str, Any]]:
    """The branches of spheres that came ``with_branches``, each once, in their order (R-ORG-22)."""
    found: dict[str, dict[str, Any]] = {}
    gathered: dict[str, list[int]] = {}
    for sphere in own:
        for branch in sphere.in_branches:
            found[branch["code"]] = branch
            gathered.setdefault(branch["code"], []).append(sphere.pk)
    in_order = sorted(gathered.items(), key=lambda pair: found[pair[0]]["position"])
    return [found[code] for code in law.branches_of([sphere.pk for sphere in own], in_order)]


def branch_labels(spheres: Iterable[int], among: Iterable[Branch]) -> list[str]:
    """The branches of spheres by their keys, in words; ``among`` are ``branches()``, read once for a batch."""
    own = set(spheres)
    return [branch.label for branch in among if law.belongs_to_branch(own, branch.gathered)]


def is_unconfirmed(organization: Organization, on: date) -> bool:
    """Whether the data count as unconfirmed on a day, whatever the nightly run has marked (R-ORG-18)."""
    return law.is_stale(organization.confirmed_on, on=on, months=parameters.days(CONFIRMATION_PERIOD, on=on))


def similar_to(name: str, *, limit: int = 5) -> list[Organization]:
    """Public profiles whose names hold the words of a name, in any form; shown before a second record is made."""
    same = Q(folded_name=folded(name))
    found = search.matching(name, SEARCH_KIND)
    if found is not None:
        same |= Q(pk__in=found)
    return list(Organization.objects.published().filter(same).for_list().by_name()[:limit])


def with_number(text: str, *, limit: int = 5) -> list[Organization]:
    """Public profiles with the register number that a text is, however it is written; words ask nothing."""
    meant = law.numbers_meant(text)
    if not meant:
        return []
    rows = Organization.objects.published().with_number(**meant)
    return list(rows.for_list().by_name()[:limit])


def figures() -> dict[str, int]:
    """How many organisations are public, and how many of them offer something to residents; one query."""
    has_offer = Exists(ResidentOffer.objects.filter(organization=OuterRef("pk")))
    return Organization.objects.published().aggregate(
        published=Count("pk"), informator=Count("pk", filter=Q(has_offer))
    )


def search_entry(organization: Organization) -> dict[str, Any]:
    """What the search index holds of a public profile."""
    labels = [branch.label for branch in branches_of(organization)]
    return entry_of(organization, organization.spheres.all(), labels, organization.offers.all())


def entry_of(
    organization: Organization,
    spheres: Iterable[TaskSphere],
    branch_labels: list[str],
    offers: Iterable[ResidentOffer],
) -> dict[str, Any]:
    """The same when spheres, branches and offers are at hand."""
    groups = [TargetGroup(g).label for g in organization.target_groups if g in TargetGroup.values]
    labels = [sphere.label for sphere in spheres]
    parts = [
        organization.short_name,
        organization.form_label,
        organization.full_address,
        organization.district.full_name if organization.district else "",
        *labels,
        *branch_labels,
        *map(str, groups),
        *organization.seat_labels,
        *(f"{offer.title} {offer.description} {offer.place}" for offer in offers),
        organization.networks,
        organization.note,
        *filter(None, [organization.krs, organization.nip, organization.regon]),
        "OPP" if organization.has_opp_status else "",
    ]
    return {
        "obj": organization,
        "kind": SEARCH_KIND,
        "title": organization.name,
        "lead": organization.mission or ", ".join(labels),
        "text": "\n".join(filter(None, parts)),
        "url": organization.get_absolute_url(),
    }


def search_entries() -> Iterator[dict[str, Any]]:
    """Every public profile for the index; memory stays flat."""
    rows = Organization.objects.published().select_related("district").prefetch_related("spheres", "offers")
    for organization in rows.iterator(chunk_size=500):
        yield search_entry(organization)


def sitemap_entries() -> Iterator[SitemapEntry]:
    """Public profiles and the pages of branches; two queries."""
    for slug, changed_at in Organization.objects.published().values_list("slug", "updated_at").iterator():
        yield SitemapEntry(Organization(slug=slug).get_absolute_url(), changed_at)
    for branch in branches():
        yield SitemapEntry(f"/organizacje/branze/{branch.code}/")


def export_catalogue() -> list[dict[str, Any]]:
    formats = ["csv", "json", "xlsx"]
    return [
        {"title": _("Baza organizacji"), "url": "/organizacje/", "formats": formats, "dictionary": COLUMNS},
        {
            "title": _("Informator NGO"),
            "url": "/organizacje/informator/",
            "formats": formats,
            "dictionary": OFFER_COLUMNS,
        },
        {
            "title": _("Szukam partnera"),
            "url": "/organizacje/partnerzy/",
            "formats": formats,
            "dictionary": PARTNER_COLUMNS,
        },
    ]


# --- what a profile shows of rooms, this one included -----------------------------------------------------


def cooperation_with(organization: Organization) -> Iterator[Source]:
    """The notices of the partner finder that an organisation has published."""
    rows = PartnerNotice.objects.published(today()).filter(organization=organization)
    yield Source(
        _("Szuka i oferuje do ofert wspólnych"),
        lines(rows.order_by("-changed_at"), title="title", key="pk", on="changed_at"),
        lambda key: reverse("organizations:partner", args=[key]),
    )
