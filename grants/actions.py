"""What is done with small grants."""

from core.documents import search

from .models import SmallGrant


def publish_in_search(grant: SmallGrant) -> None:
    """Puts the grant into the search index."""
    search.put(grant, **search_arguments(grant))


def search_arguments(grant: SmallGrant) -> dict:
    return {
        "kind": "grant",
        "title": grant.title,
        "lead": grant.description,
        "text": " ".join([grant.organization_name, grant.legal_basis, grant.place]),
        "url": grant.get_absolute_url(),
        "unit": grant.unit,
    }
