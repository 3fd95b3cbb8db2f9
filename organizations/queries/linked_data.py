"""A profile as schema.org says it, for search engines: only what the page shows."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from core.common.sites import absolute

from ..models import Organization

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(organization: Organization) -> SafeString:
    """JSON-LD that cannot end its own script element."""
    text = json.dumps(described(organization), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped in the line above


def described(organization: Organization) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": organization.address,
        "postalCode": organization.postal_code,
        "addressLocality": organization.locality,
        "addressCountry": "PL",
    }
    found = {
        "@context": "https://schema.org",
        "@type": "NGO",
        "name": organization.name,
        "alternateName": organization.short_name,
        "url": absolute(organization.get_absolute_url()),
        "description": organization.mission,
        "email": organization.email,
        "telephone": organization.phone,
        "taxID": organization.nip,
        "foundingDate": organization.founded,
        "sameAs": [address for address in [organization.website_url, *organization.social_media] if address],
        "address": {name: value for name, value in address.items() if value},
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in (("KRS", organization.krs), ("REGON", organization.regon))
            if value
        ],
    }
    return {name: value for name, value in found.items() if value}
