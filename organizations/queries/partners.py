"""What organisations seek and offer, counted for other rooms."""

from collections.abc import Iterable
from datetime import date

from ..models import PartnerNotice


def partner_notices(spheres: Iterable[str], on: date) -> int:
    """How many notices of the partner finder are current in any of the spheres (points of art. 4(1))."""
    return PartnerNotice.objects.published(on).filter(sphere__statutory_no__in=list(spheres)).count()
