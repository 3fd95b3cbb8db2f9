"""What the desk shows of a committee: people with their access, offers with their cards, what is still missing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.common import formats
from organizations.models import Organization

from .. import law
from ..actions.committee.releasing import opinion_breaches
from ..enums import State
from ..models import Committee, CommitteeMember, Offer
from ..queries import committee as queries
from ..queries.conflicts import without_conflicts
from .panels import Item


@dataclass(frozen=True)
class Person:
    """One member on the desk: state of the declaration, why access is closed, how far the cards are."""

    member: CommitteeMember
    key: str
    words: str
    reasons: list[str]
    signed: int
    cards: int


def panel_of(committee: Committee, user: Any) -> dict[str, Any]:
    """People, offers that no conflict keeps from the reader, and the list to tick off before the next step."""
    members = queries.sitting(committee)
    accesses = queries.accesses_of(members, committee.call)
    names = _names(accesses)
    most = queries.most_points(queries.criteria_of(committee.call))
    standings = queries.standings_of(committee, most)
    offers = without_conflicts(Offer.objects.filter(call=committee.call_id), user)
    is_open = set(offers.values_list("pk", flat=True))
    shown = [one for one in standings if one.offer.pk in is_open]
    return {
        "people": [_person(member, accesses[member.pk], names, standings) for member in members],
        "gone": list(committee.members.filter(removed_at__isnull=False)),
        "standings": shown,
        "most": most,
        "checklist": checklist(committee),
        "meetings": list(committee.meetings.prefetch_related("present")),
        "has_minutes": len(shown) == len(standings),
        "has_ranking": len(shown) == len(standings) and any(one.mean is not None for one in standings),
        "draws": list(committee.draws.all()),
    }


def _names(accesses: dict[int, law.Access]) -> dict[int, str]:
    ids = {block.organization for access in accesses.values() for block in access.blocks}
    return dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name"))


def _person(member, access: law.Access, names: dict[int, str], standings) -> Person:
    own = [card for one in standings for card in one.offer.valid_cards if card.member_id == member.pk]
    key, words = _standing(member, access)
    reasons = sorted({queries.block_words(block, names) for block in access.blocks})
    return Person(member, key, words, reasons, sum(card.signed_at is not None for card in own), len(own))


def _standing(member: CommitteeMember, access: law.Access) -> tuple[str, str]:
    if access.is_blocked:
        return "error", _("wyłączona: zastąp tę osobę")
    if not access.is_declared:
        return "waiting", _("czeka na oświadczenie")
    return ("partly", _("część konkursu zamknięta")) if access.blocks else ("ok", _("może oceniać"))


def checklist(committee: Committee) -> list[Item]:
    """Before the appointment what the composition lacks, later what the opinion still waits for."""
    if committee.appointed_at is None:
        breaches = queries.composition_breaches(committee)
        whole = Item(_("Skład komisji jest zgodny z ustawą"), not breaches)
        return [whole, *(Item(str(breach.message), False) for breach in breaches)]
    if committee.call.state != State.MERIT_EVALUATION:
        return [Item(_("Komisja powołana %(day)s") % {"day": formats.day(committee.appointed_at)}, True)]
    breaches = opinion_breaches(committee.call)
    whole = Item(_("Można zapisać opinię komisji"), not breaches)
    return [whole, *(Item(str(breach.message), False) for breach in breaches)]
