"""Who may do what with a profile: the office by role, the organisation's people by mandate."""

from datetime import date

from django.db import models

from core.accounts.queries import has_confirmed_address
from core.accounts.roles import Role
from core.city.scope import has_role
from core.common.clock import today

from . import law
from .enums import OPEN_STATES, PUBLIC_STATES, ActState, MandateRole
from .models import (
    IdentityRevision,
    Invitation,
    Mandate,
    MatterAccess,
    Organization,
    RepresentationAct,
)


def is_registrar(user, organization: Organization | None = None) -> bool:
    """Whether the person keeps the registry for the city."""
    return has_role(user, Role.COORDINATOR)


def holds_mandate(user, organization: Organization, *roles: MandateRole) -> bool:
    """Whether the person holds a mandate in force for the organisation, in one of the roles if any are named."""
    if not user.is_authenticated:
        return False
    held = Mandate.objects.in_force(today()).filter(user=user, organization=organization)
    return (held.filter(role__in=roles) if roles else held).exists()


def is_representative(user, organization: Organization) -> bool:
    return holds_mandate(user, organization, MandateRole.NGO_REPRESENTATIVE)


def is_registrant(user, organization: Organization) -> bool:
    """Whether the person is the one who registers, as long as the profile has not been verified."""
    return (
        organization.state in OPEN_STATES
        and user.is_authenticated
        and organization.registered_by_id == user.pk
    )


def may_submit(user, organization: Organization) -> bool:
    return is_registrant(user, organization) or is_registrar(user)


def may_edit(user, organization: Organization) -> bool:
    """Whether the person may change the profile: registering, or for the organisation once it is public."""
    if organization.state in PUBLIC_STATES:
        return holds_mandate(user, organization) or is_registrar(user)
    return may_submit(user, organization) and organization.state in OPEN_STATES


def may_confirm(user, organization: Organization) -> bool:
    """Whether the person may say that the data are up to date (R-ORG-18)."""
    return organization.state in PUBLIC_STATES and holds_mandate(user, organization)


def may_decide_mandate(user, mandate: Mandate) -> bool:
    """The office decides on every mandate; a representative on the editors of the own organisation."""
    if is_registrar(user):
        return True
    is_editors = mandate.role == MandateRole.NGO_EDITOR
    return is_editors and mandate.user_id != user.pk and is_representative(user, mandate.organization)


def may_see(user, organization: Organization) -> bool:
    """Whether the person may open the profile: everybody when it is public, else who may edit it."""
    return organization.is_public or may_edit(user, organization) or is_registrar(user)


def may_see_people(user, organization: Organization) -> bool:
    """Whether the person may see who acts for the organisation: those who act for it, and the office."""
    return organization.is_public and (holds_mandate(user, organization) or is_registrar(user))


# --- mandates and what they rest on -----------------------------------------------------------------------


def is_asker(user, mandate: Mandate) -> bool:
    return user.is_authenticated and mandate.user_id == user.pk


def may_end_mandate(user, mandate: Mandate) -> bool:
    """People give up their own mandate; else who decides on it."""
    return is_asker(user, mandate) or may_decide_mandate(user, mandate)


def may_read_evidence(user, mandate: Mandate) -> bool:
    """The office, the person, and those who represent the organisation once it is public."""
    if is_asker(user, mandate) or is_registrar(user) or has_role(user, Role.AUDITOR):
        return True
    return mandate.organization.is_public and is_representative(user, mandate.organization)


def may_read_log(user, organization: Organization) -> bool:
    """The organisation's own log is for those who represent it, and for the office."""
    return organization.is_public and (is_representative(user, organization) or is_registrar(user))


# --- acts that need representation ------------------------------------------------------------------------


def may_represent(user, organization: Organization) -> bool:
    """Whether the person may begin and join acts of representation of a public organisation."""
    return organization.is_public and is_representative(user, organization)


def may_consent(user, act: RepresentationAct) -> bool:
    return may_represent(user, act.organization)


def may_withdraw_act(user, act: RepresentationAct) -> bool:
    """Who began it, as long as they still represent the organisation."""
    return user.is_authenticated and act.started_by_id == user.pk and may_consent(user, act)


def may_dissolve(user, organization: Organization) -> bool:
    """The office; or a representative once as many as needed have agreed to it."""
    if is_registrar(user):
        return True
    agreed = RepresentationAct.objects.of(organization).filter(kind=law.DISSOLVE, state=ActState.AGREED)
    return may_represent(user, organization) and agreed.exists()


# --- changes of identity data -----------------------------------------------------------------------------


def is_registrar_of(user, _row: models.Model) -> bool:
    """The same as ``is_registrar`` for rows that belong to an organisation."""
    return is_registrar(user)


def may_withdraw_revision(user, revision: IdentityRevision) -> bool:
    """Whoever may edit the profile for the organisation; the office decides instead."""
    return revision.organization.is_public and holds_mandate(user, revision.organization)


# --- invitations and help in one matter -------------------------------------------------------------------


def may_manage_invitation(user, invitation: Invitation) -> bool:
    return may_represent(user, invitation.organization)


def is_invited(user, invitation: Invitation) -> bool:
    """Whether the account's confirmed address is the one the invitation was sent to."""
    return invitation.organization.is_public and has_confirmed_address(user, invitation.email)


def helps_with(user, subject: models.Model, *, to_edit: bool = False, to_file: bool = False) -> bool:
    """Whether the person is let into this one matter from outside; ``to_edit`` and ``to_file`` ask for more.

    For other rooms: ``may_see = holds_mandate(user, offer.organization) or helps_with(user, offer)``.
    """
    if not user.is_authenticated or not user.is_active or subject.pk is None:
        return False
    held = MatterAccess.objects.of(subject).in_force(today()).filter(user_id=user.pk)
    held = held.filter(organization__state__in=PUBLIC_STATES)
    if to_edit or to_file:
        held = held.filter(may_edit=True)
    return (held.filter(may_file=True) if to_file else held).exists()


def is_last_representative(mandate: Mandate, *, on: date) -> bool:
    """Whether nobody would be left in the portal to represent the organisation."""
    there = Mandate.objects.representatives(on).filter(organization=mandate.organization)
    return there.filter(pk=mandate.pk).exists() and not there.exclude(user=mandate.user).exists()
