"""What a paper of an offer is printed from: a version that was filed, or the draft as it stands."""

from typing import Any

from core.documents.models import Attachment

from ..models import Offer, OfferVersion


def content_of(offer: Offer, version: OfferVersion | None) -> dict[str, Any]:
    """The content of a version; of a draft what its sections hold now."""
    return version.content if version else draft_content(offer)


def draft_content(offer: Offer) -> dict[str, Any]:
    """The draft in the shape of a version (not kept anywhere)."""
    call = offer.call
    files = Attachment.objects.of(offer).current()
    return {
        "schema": 1,
        "call": {
            "number": call.number,
            "title": call.title,
            "sphere": call.sphere_label,
            "authority": call.authority,
        },
        "applicants": [party_of(organization, role) for organization, role in _parties(offer)],
        "sections": {row.key: row.content for row in offer.sections.all()},
        "attachments": [{"name": f.original_name, "size": f.size, "sha256": f.sha256} for f in files],
    }


def _parties(offer: Offer) -> list[tuple[Any, str]]:
    partners = offer.partners.filter(accepted_at__isnull=False, left_at=None).select_related("organization")
    return [(offer.organization, "leader"), *((partner.organization, "partner") for partner in partners)]


def party_of(organization: Any, role: str) -> dict[str, Any]:
    """Part II.1 of one offeror, from its profile."""
    other = " ".join(filter(None, [organization.register_name, organization.register_number]))
    place = " ".join(filter(None, [organization.postal_code, organization.locality]))
    return {
        "organization_id": organization.pk,
        "role": role,
        "name": organization.name,
        "legal_form": organization.legal_form_label or organization.get_legal_form_display(),
        "register": f"KRS {organization.krs}" if organization.krs else other,
        "seat": ", ".join(filter(None, [organization.address, place])),
        "website": organization.website,
        "correspondence_address": organization.correspondence_address,
        "email": organization.email,
        "phone": organization.phone,
    }


def newest_version(offer: Offer) -> OfferVersion | None:
    return offer.versions.order_by("-number").first()
