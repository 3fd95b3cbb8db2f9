"""Which other demands say the same."""

from django.db.models import QuerySet

from .. import law
from ..filters import words_q
from ..models import Postulate

MOST_COMPARED = 3000
MOST_SHOWN = 8
MOST_FOUND = 20


def alike(demand: Postulate) -> list[tuple[Postulate, int]]:
    """Main demands most like this one, best first, with how alike they are; one query, the newest compared."""
    newest = (
        others_of(demand).order_by("-pk").only("postulate", "organisation_name", "meeting_on")[:MOST_COMPARED]
    )
    scored = [(other, law.how_alike(demand.postulate, other.postulate)) for other in newest]
    close = [pair for pair in scored if pair[1] >= law.ALIKE_FROM]
    return sorted(close, key=lambda pair: -pair[1])[:MOST_SHOWN]


def by_words(demand: Postulate, words: str) -> list[Postulate]:
    """Main demands with all these words, the newest first; none for no words."""
    if not words.strip():
        return []
    found = others_of(demand).filter(words_q(words, "postulate", "justification", "organisation_name"))
    return list(found.order_by("-pk")[:MOST_FOUND])


def others_of(demand: Postulate) -> QuerySet[Postulate]:
    """What it may be merged into: a public one into a public one, a row still secret inside its own table."""
    rows = Postulate.objects.published() if demand.is_public else demand.meeting.postulates
    return rows.filter(merged_into=None).exclude(pk=demand.pk)
