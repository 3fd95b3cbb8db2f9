"""What is done with programmes."""

from core.documents import search

from .models import Programme


def publish_in_search(programme: Programme) -> None:
    """Puts the programme into the search index."""
    search.put(programme, **search_arguments(programme))


def search_arguments(programme: Programme) -> dict:
    tasks = programme.planes.values_list("name", "main_goal", "actions__text", "actions__tasks__text")
    return {
        "kind": "programme",
        "title": programme.title,
        "lead": programme.get_kind_display(),
        "text": " ".join([programme.notes, *(part or "" for row in tasks for part in row)]),
        "url": programme.get_absolute_url(),
    }
