"""Letters of the registry: to who registers, to who acts for an organisation."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.clock import today
from core.common.sites import absolute
from core.notifications.outbox import enqueue

from .models import IdentityRevision, Mandate, Organization, PartnerNotice

FOLDER = "organizations/emails"
_REGISTERED = _("zgłoszono tę organizację z Twojego konta")
_ACTS = _("działasz w imieniu tej organizacji")
_ASKED = _("poproszono z Twojego konta o dostęp do tej organizacji")


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
            {**_about(organization), "why": _ACTS},
        )


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
    context = {**_about(mandate.organization), "mandate": mandate, "why": _ASKED}
    _send(f"mandate:{mandate.pk}:{template}", mandate.user, template, context)


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
