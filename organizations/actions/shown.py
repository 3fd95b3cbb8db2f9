"""What a change of a public profile means for everybody: the search index and the counts of the filters."""

from django.db.models import prefetch_related_objects

from core.city.models import TaskSphere
from core.documents import search

from ..models import Organization
from ..queries import branch_labels, branches, entry_of, forget_counts, search_entry


def show(organization: Organization) -> None:
    """Puts a public profile into the index as it is now; one that is not public is taken out."""
    if organization.is_public:
        search.put(**search_entry(organization))
    else:
        search.remove(organization)
    forget_counts()


def show_new(organizations: list[Organization], spheres: dict[int, list[TaskSphere]]) -> None:
    """The same for a batch of new public profiles, whose spheres are known; a few queries for all."""
    prefetch_related_objects(organizations, "district")
    entries, known = [], branches()
    for organization in organizations:
        own = spheres[organization.pk]
        labels = branch_labels((sphere.pk for sphere in own), known)
        entries.append(entry_of(organization, own, labels, []))
    search.put_many(entries)
    forget_counts()
