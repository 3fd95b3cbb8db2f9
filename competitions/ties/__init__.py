"""What ties calls, offers and committees to organisations and to people."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import Tie

from .moving import move_candidates, move_members, move_offers, move_partners
from .people import PEOPLE

SIGNED = _(
    "podpisane oświadczenie zostaje, jak było; bramka czyta je tak, jakby wskazywało wpis, który został"
)

ORGANIZATION_TIES = (
    Tie("competitions.Award", "organization"),
    Tie("competitions.Offer", "organization", move_offers),
    Tie("competitions.OfferPartner", "organization", move_partners),
    Tie("competitions.SavedSearch", "organization"),
    Tie("competitions.CommitteeCandidate", "naming_organization"),
    Tie(
        "competitions.CommitteeCandidate_organizations",
        "organization",
        move_candidates,
        label=_("organizacje kandydatów do komisji"),
    ),
    Tie("competitions.CommitteeMember", "naming_organization"),
    Tie(
        "competitions.CommitteeMember_organizations",
        "organization",
        move_members,
        label=_("organizacje osób w komisji"),
    ),
    Tie("competitions.DeclaredConflict", "organization", stays=SIGNED),
    Tie(
        "competitions.AccessRefusal",
        "organization",
        stays=_("zapis, dlaczego bramka zamknęła oferty; nie można go zmienić"),
    ),
)

__all__ = ["ORGANIZATION_TIES", "PEOPLE"]
