"""Who may do what with calls."""

from core.accounts.roles import Role
from core.city.scope import has_role
from core.common.clock import today
from organizations.models import Mandate
from organizations.permissions import helps_with, is_representative

from .enums import FILED_STATES
from .queries.conflicts import without_conflicts

EDITORS = (Role.CALL_MANAGER, Role.UNIT_EDITOR)


def may_prepare(user, call) -> bool:
    """Writes and hands in a draft: editors and call managers of the unit, the coordinator."""
    return _has(user, EDITORS, call)


def may_run(user, call) -> bool:
    """Announces, changes, decides, publishes, cancels: the call manager of the unit, the coordinator."""
    return _has(user, (Role.CALL_MANAGER,), call)


def _has(user, roles: tuple[Role, ...], call) -> bool:
    """A call without a unit (only imported ones) belongs to the coordinator."""
    if call.unit_id is None:
        return has_role(user, Role.COORDINATOR)
    return has_role(user, *roles, unit=call.unit_id)


def may_run_offer(user, offer) -> bool:
    """Checks, scores and decides on a filed offer: the call manager of the unit, the coordinator."""
    return may_run(user, offer.call)


def may_file(user, offer) -> bool:
    """Files, withdraws and supplements: who may represent the leader, or whom it has let in to file this offer."""
    return is_representative(user, offer.organization) or helps_with(user, offer, to_file=True)


def may_start_filing(user, offer) -> bool:
    """Begins a filing that others have to agree to: only who represents the leader, no helper."""
    return is_representative(user, offer.organization)


def may_keep_candidate(user, candidate) -> bool:
    """Accepts and refuses applications: for one call who runs it, for the yearly base every call manager."""
    if candidate.call_id is not None:
        return may_run(user, candidate.call)
    return has_role(user, Role.CALL_MANAGER)


def is_candidate(user, candidate) -> bool:
    """The person itself; before it has consented known only by its address."""
    if not user.is_authenticated:
        return False
    if candidate.user_id is not None:
        return candidate.user_id == user.pk
    return candidate.email.casefold() == user.email.casefold()


def may_run_committee(user, committee) -> bool:
    """Appoints, assigns, keeps the minutes, proposes and decides: who runs the call."""
    return may_run(user, committee.call)


def may_check(user, offer) -> bool:
    """Writes the card of formal check: editors and call managers of the unit, the coordinator."""
    return may_prepare(user, offer.call)


def may_read_paper(user, offer) -> bool:
    """Reads the whole offer on paper: who wrote it, at any time; the office of the call once it is filed."""
    if may_read_offer(user, offer):
        return True
    return offer.is_filed and has_role(user, Role.AUDITOR) and not is_kept_from(user, offer)


def may_write(user, offer, *, held=None, helps: bool | None = None, key: str = "") -> bool:
    """Writes the draft, its annexes and comments: people of the leader, of partners that may edit, a helper.

    Everything that lets somebody write an offer is decided here and asked nowhere else. ``held`` are the
    person's organisations and ``helps`` what ``helps_to_write`` said, when the caller has asked for them already. ``key`` is the part meant: of an offer
    that is to be supplemented only some are open.
    """
    mine = organizations_held(user) if held is None else held
    if not offer.opens(key):
        return False
    if mine & set(writing_organizations(offer)):
        return True
    return helps_to_write(user, offer) if helps is None else helps


def helps_to_write(user, offer) -> bool:
    """Whether the person writes the offer from outside."""
    return helps_with(user, offer, to_edit=True)


def writing_organizations(offer) -> list[int]:
    """The leader and the partners that have accepted and may edit."""
    partners = [p for p in offer.partners.all() if p.takes_part and p.accepted_at and p.may_edit]
    return [offer.organization_id, *(partner.organization_id for partner in partners)]


def may_lead(user, offer, *, held=None) -> bool:
    """Invites and removes partners: people of the organisation that leads the offer."""
    mine = organizations_held(user) if held is None else held
    return offer.is_writable and offer.organization_id in mine


def is_of_team(user, offer) -> bool:
    """Reads the draft and the team's comments: people of the leader and of partners that have not gone, helpers."""
    parties = {offer.organization_id, *(p.organization_id for p in offer.partners.all() if p.takes_part)}
    return bool(organizations_held(user) & parties) or helps_with(user, offer)


def may_read_offer(user, offer) -> bool:
    """The team always; officials of the unit (and who evaluates) only what has been filed."""
    if is_of_team(user, offer):
        return True
    return offer.state in FILED_STATES and may_prepare(user, offer.call) and not is_kept_from(user, offer)


def is_kept_from(user, offer) -> bool:
    """Sits in the committee and has a conflict of interests: then the office shows it the offer no more either."""
    return not without_conflicts(type(offer).objects.filter(pk=offer.pk), user).exists()


def may_answer_for(user, partner) -> bool:
    """Accepts or declines, and leaves a joint offer: who may represent the partner."""
    return is_representative(user, partner.organization)


def organizations_held(user) -> set[int]:
    """The organisations the person acts for today."""
    if not user.is_authenticated:
        return set()
    return set(Mandate.objects.in_force(today()).filter(user=user).values_list("organization", flat=True))
