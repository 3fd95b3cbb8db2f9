"""What a change of a public profile means for everybody: the search index and the counts of the filters."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from core.city.models import TaskSphere
from core.documents import search

from ..models import Organization, ResidentOffer
from ..queries import branch_labels, branches, entry_of, forget_counts, search_entry


def show(organization: Organization) -> None:
    """Puts a public profile into the index as it is now; one that is not public is taken out."""
    if organization.is_public:
        search.put(**search_entry(organization))
    else:
        search.remove(organization)
    forget_counts()


def show_all(organizations: dict[Organization, list[TaskSphere]], *, are_new: bool = False) -> None:
    """The same for a batch of profiles, each with its spheres; a few queries for all."""
    prefetch_related_objects(list(organizations), "district", *([] if are_new else ["offers"]))
    entries, known = [], branches()
    for organization, spheres in organizations.items():
        if organization.is_public:
            labels = branch_labels((sphere.pk for sphere in spheres), known)
            offers: Iterable[ResidentOffer] = [] if are_new else organization.offers.all()
            entries.append(entry_of(organization, spheres, labels, offers))
    search.put_many(entries, are_new=are_new)
    forget_counts()
