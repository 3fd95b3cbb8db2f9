"""Letters that ask organisations and dialogue bodies to take part."""

import hashlib
from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from core.common.sites import absolute
from core.notifications.letters import Composed, compose
from core.notifications.models import OutboxMail
from core.notifications.outbox import enqueue_many
from organizations.models import Organization

from ..models import Consultation, Invitation, InvitationBatch

FOLDER = "consultations/emails"


def send_invitations(
    batch: InvitationBatch, invitations: Iterable[Invitation], *, is_reminder: bool = False
) -> int:
    """To the public address of each organisation; the link is its own, and so is the way out."""
    why = _("organizacja jest w bazie organizacji i nie zrezygnowała z zaproszeń do konsultacji")
    return enqueue_many(
        {
            "key": f"consultation-invitation:{invitation.pk}" + (":reminder" if is_reminder else ""),
            "to": invitation.organization.email,
            "template": f"{FOLDER}/invitation",
            "context": {
                "consultation": batch.consultation,
                "organization": invitation.organization,
                "message": batch.message,
                "is_reminder": is_reminder,
                "url": absolute(invitation.get_private_url()),
                "refuse_url": absolute(refuse_path(invitation)),
                "why": why,
            },
            "kind": "consultation_invitation",
            "batch": f"consultation-invitations:{batch.pk}",
            "unsubscribe_url": absolute(refuse_path(invitation)),
        }
        for invitation in invitations
    )


def invitation_letter(consultation: Consultation, organization: Organization, message: str) -> Composed:
    """The letter as this organisation would get it, for a look before it is sent; its own links come with the sending."""
    own_link = _("(tu będzie odnośnik tej organizacji)")
    context = {
        "consultation": consultation,
        "organization": organization,
        "message": message,
        "is_reminder": False,
        "url": own_link,
        "refuse_url": own_link,
        "why": _("organizacja jest w bazie organizacji i nie zrezygnowała z zaproszeń do konsultacji"),
    }
    return compose(f"{FOLDER}/invitation", context)


def refuse_path(invitation: Invitation) -> str:
    return reverse("consultations:refuse_invitations", args=[invitation.token])


def tell_bodies(consultation: Consultation, people: Mapping[str, str]) -> int:
    """To those reached through dialogue bodies (e-mail → why); each address once. Gives how many are told now."""
    keys = {email: f"consultation-bodies:{consultation.pk}:{digest(email)}" for email in people}
    told = set(OutboxMail.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    return enqueue_many(
        {
            "key": keys[email],
            "to": email,
            "template": f"{FOLDER}/bodies",
            "context": {
                "consultation": consultation,
                "url": absolute(consultation.get_absolute_url()),
                "why": why,
            },
            "kind": "consultation_bodies",
            "batch": f"consultation-bodies:{consultation.pk}",
        }
        for email, why in people.items()
        if keys[email] not in told
    )


def digest(email: str) -> str:
    """An address of any length as a part of a key."""
    return hashlib.sha256(email.casefold().encode()).hexdigest()
