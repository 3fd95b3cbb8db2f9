"""What organisations seek and offer, for other rooms."""

from datetime import date

from django.db.models import QuerySet

from ..models import PartnerNotice


def partner_notices(on: date) -> QuerySet[PartnerNotice]:
    """The current notices of the partner finder; each has one sphere."""
    return PartnerNotice.objects.published(on).order_by()
