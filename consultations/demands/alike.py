"""Which other demands say the same."""

from .. import law
from ..models import Postulate

MOST_COMPARED = 3000
MOST_SHOWN = 8


def alike(demand: Postulate) -> list[tuple[Postulate, int]]:
    """Main demands most like this one, best first, with how alike they are; one query, the newest compared.

    A row of a table that is not public yet can be merged only inside it.
    """
    rows = Postulate.objects.published() if demand.is_public else demand.meeting.postulates
    others = rows.filter(merged_into=None).exclude(pk=demand.pk)
    newest = others.order_by("-pk").only("postulate", "organisation_name", "meeting_on")[:MOST_COMPARED]
    scored = [(other, law.how_alike(demand.postulate, other.postulate)) for other in newest]
    close = [pair for pair in scored if pair[1] >= law.ALIKE_FROM]
    return sorted(close, key=lambda pair: -pair[1])[:MOST_SHOWN]
