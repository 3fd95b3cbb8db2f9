"""Letters of the registry: to who registers, to who acts for an organisation."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common.clock import today
from core.common.dates import Waiting
from core.common.sites import absolute
from core.notifications.outbox import enqueue

from .enums import InvitationState
from .models import (
    IdentityRevision,
    Invitation,
    Mandate,
    MatterAccess,
    Organization,
    PartnerNotice,
    RepresentationAct,
)
from .queries.queue import decision_due_on
from .reminders import confirmation_url

FOLDER = "organizations/emails"
_REGISTERED = _("zgłoszono tę organizację z Twojego konta")
_ACTS = _("działasz w imieniu tej organizacji")
_ASKED = _("poproszono z Twojego konta o dostęp do tej organizacji")
_INVITED = _("ta organizacja zaprosiła Cię do współpracy i podała ten adres")
_HELPS = _("pomagasz tej organizacji w jednej sprawie")


def tell_received(organization: Organization) -> None:
    """The receipt of what was sent to the office."""
    _tell_registrant(organization, "received", key=f"{organization.submitted_at:%Y%m%dT%H%M%S}")


def tell_returned(organization: Organization, reason: str, at: datetime) -> None:
    _tell_registrant(organization, "returned", key=f"{at:%Y%m%dT%H%M%S}", reason=reason)


def tell_verified(organization: Organization) -> None:
    _tell_registrant(organization, "verified", key=f"{organization.verified_at:%Y%m%dT%H%M%S}")


def tell_stale(organization: Organization) -> None:
    """To everybody who acts for the organisation: the data count as unconfirmed from today."""
    for mandate in Mandate.objects.in_force(today()).filter(organization=organization).select_related("user"):
        _send(
            f"organization:{organization.pk}:stale:{mandate.user_id}:{organization.confirmed_at:%Y%m%d}",
            mandate.user,
            "stale",
            {
                **_about(organization),
                "confirmation_url": confirmation_url(organization, mandate.user),
                "why": _ACTS,
            },
        )


def tell_dissolved(organization: Organization, matters: list[Waiting]) -> None:
    """To everybody who acted for the organisation: their rights end, and which matters are still open."""
    people = Mandate.objects.in_force(today()).filter(organization=organization).select_related("user")
    for user in {mandate.user for mandate in people}:
        context = {**_about(organization), "matters": matters, "why": _ACTS}
        _send(f"organization:{organization.pk}:dissolved:{user.pk}", user, "dissolved", context)


def tell_without_representative(mandate: Mandate) -> None:
    """To the organisation's own address and to all others who act for it: nobody may represent it on the portal."""
    organization = mandate.organization
    others = Mandate.objects.in_force(today()).filter(organization=organization).exclude(user=mandate.user_id)
    addresses = set(others.values_list("user__email", flat=True)) | set(filter(None, [organization.email]))
    for address in sorted(addresses):
        enqueue(
            key=f"mandate:{mandate.pk}:last:{address}"[:200],
            to=address,
            template=f"{FOLDER}/without_representative",
            context={**_about(organization), "why": _ACTS},
            kind="organization_without_representative",
        )


def tell_asked(mandate: Mandate) -> None:
    """The receipt of a request to act for an organisation, or of its completion."""
    due_on = decision_due_on(mandate.waits_since)
    key = f"mandate:{mandate.pk}:asked:{(mandate.state_since or mandate.requested_at):%Y%m%dT%H%M%S}"
    _send(key, mandate.user, "asked", {**_of_mandate(mandate), "due_on": due_on})


def tell_mandate_returned(mandate: Mandate, reason: str) -> None:
    key = f"mandate:{mandate.pk}:returned:{mandate.state_since:%Y%m%dT%H%M%S}"
    _send(key, mandate.user, "mandate_returned", {**_of_mandate(mandate), "reason": reason})


def tell_granted(mandate: Mandate) -> None:
    _tell_person(mandate, "granted")


def tell_refused(mandate: Mandate) -> None:
    _tell_person(mandate, "refused")


def tell_revoked(mandate: Mandate) -> None:
    _tell_person(mandate, "revoked")


def tell_revision_decided(revision: IdentityRevision) -> None:
    """To who proposed the change: whether it was made, and why not."""
    if revision.proposed_by:
        context = {**_about(revision.organization), "revision": revision, "why": _ACTS}
        _send(f"organization:revision:{revision.pk}", revision.proposed_by, "revision", context)


# --- several who represent ---------------------------------------------------------------------------------


def tell_act_started(act: RepresentationAct) -> None:
    """To every other representative: an act waits for their consent."""
    _tell_representatives(act, "act_started", but=act.started_by_id)


def tell_act_agreed(act: RepresentationAct) -> None:
    """To all who represent: enough have agreed, it is done."""
    _tell_representatives(act, "act_agreed")


def tell_act_closed(act: RepresentationAct) -> None:
    """To all who represent: it came to nothing, and why."""
    _tell_representatives(act, "act_closed")


def _tell_representatives(act: RepresentationAct, template: str, *, but: int | None = None) -> None:
    organization = act.organization
    context = {
        **_about(organization),
        "act": act,
        "why": _ACTS,
        "act_url": absolute(reverse("organizations:act", args=[organization.slug, act.pk])),
    }
    held = Mandate.objects.representatives(today()).filter(organization=organization)
    for mandate in held.exclude(user_id=but).select_related("user"):
        _send(f"act:{act.pk}:{template}:{mandate.user_id}", mandate.user, template, context)


# --- invitations and help in one matter ---------------------------------------------------------------------


def tell_invited(invitation: Invitation, token: str) -> None:
    """The letter with the link that works once."""
    enqueue(
        key=f"invitation:{invitation.pk}:{invitation.times_sent}",
        to=invitation.email,
        template=f"{FOLDER}/invitation",
        context={
            "invitation": invitation,
            "organization": invitation.organization,
            "link": absolute(reverse("organizations:invitation", args=[token])),
            "why": _INVITED,
        },
        kind="organization_invitation",
    )


def tell_invitation_answered(invitation: Invitation) -> None:
    """To who invited: yes or no."""
    if invitation.invited_by:
        context = {
            **_about(invitation.organization),
            "invitation": invitation,
            "is_accepted": invitation.state == InvitationState.ACCEPTED,
            "why": _ACTS,
        }
        _send(f"invitation:{invitation.pk}:answer", invitation.invited_by, "invitation_answered", context)


def tell_access_granted(access: MatterAccess) -> None:
    _tell_helper(access, "access_granted")


def tell_access_revoked(access: MatterAccess) -> None:
    _tell_helper(access, "access_revoked")


def _tell_helper(access: MatterAccess, template: str) -> None:
    context = {**_about(access.organization), "access": access, "why": _HELPS}
    context["matters_url"] = absolute(reverse("my_matters"))
    _send(f"access:{access.pk}:{template}", access.user, template, context)


# --- the partner finder --------------------------------------------------------------------------------------


def tell_partner(notice: PartnerNotice, *, text: str, organization: Organization, by, at: datetime) -> None:
    """An answer to a notice, to everybody who acts for its organisation; else to its public address."""
    context = {
        **_about(notice.organization),
        "notice": notice,
        "text": text,
        "sender": organization,
        "sender_url": absolute(organization.get_absolute_url()),
        "why": _ACTS,
    }
    for number, address in enumerate(_addresses(notice.organization)):
        enqueue(
            key=f"partner:{notice.pk}:{by.pk}:{at:%Y%m%dT%H%M%S%f}:{number}",
            to=address,
            template=f"{FOLDER}/partner",
            context=context,
            kind="organization_partner",
        )


def tell_withdrawn(notice: PartnerNotice) -> None:
    """To who acts for the organisation: the office has taken its notice down, and why."""
    for number, address in enumerate(_addresses(notice.organization)):
        enqueue(
            key=f"partner:{notice.pk}:withdrawn:{number}",
            to=address,
            template=f"{FOLDER}/notice_withdrawn",
            context={**_about(notice.organization), "notice": notice, "why": _ACTS},
            kind="organization_notice_withdrawn",
        )


def _addresses(organization: Organization) -> list[str]:
    acting = Mandate.objects.in_force(today()).filter(organization=organization)
    found = sorted(set(acting.values_list("user__email", flat=True)))
    return found or [address for address in [organization.email] if address]


def _tell_registrant(organization: Organization, template: str, *, key: str, **facts: Any) -> None:
    if organization.registered_by:
        context = {**_about(organization), **facts, "why": _REGISTERED}
        _send(
            f"organization:{organization.pk}:{template}:{key}", organization.registered_by, template, context
        )


def _tell_person(mandate: Mandate, template: str) -> None:
    _send(f"mandate:{mandate.pk}:{template}", mandate.user, template, _of_mandate(mandate))


def _of_mandate(mandate: Mandate) -> dict[str, Any]:
    claim = absolute(reverse("organizations:request", args=[mandate.pk]))
    return {**_about(mandate.organization), "mandate": mandate, "claim_url": claim, "why": _ASKED}


def _about(organization: Organization) -> dict[str, Any]:
    return {"organization": organization, "url": absolute(organization.get_absolute_url())}


def _send(key: str, user, template: str, context: dict[str, Any]) -> None:
    enqueue(
        key=key,
        to=user.email,
        template=f"{FOLDER}/{template}",
        context=context,
        kind=f"organization_{template}",
    )
