"""What a change of a public profile means for everybody: the search index and the counts of the filters."""

from core.documents import search

from ..models import Organization
from ..queries import forget_counts, search_entry


def show(organization: Organization) -> None:
    """Puts a public profile into the index as it is now; one that is not public is taken out."""
    if organization.is_public:
        search.put(**search_entry(organization))
    else:
        search.remove(organization)
    forget_counts()
