"""What is done with resources."""

from core.documents import search

from .models import Resource


def publish_in_search(resource: Resource) -> None:
    """Puts the resource into the search index."""
    search.put(resource, **search_arguments(resource))


def search_arguments(resource: Resource) -> dict:
    return {
        "kind": "resource",
        "title": resource.name,
        "lead": resource.description,
        "text": " ".join(
            [
                resource.get_kind_display(),
                resource.address,
                resource.operator,
                *resource.equipment,
                resource.rules,
            ]
        ),
        "url": resource.get_absolute_url(),
        "unit": resource.owner_unit,
    }
