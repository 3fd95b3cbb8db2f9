"""Words for offers in templates: ``{% load offers %}``."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.common.templatetags.portal import state_tag

from ..enums import OfferState
from ..law import offers as law

register = template.Library()

LOOKS = {
    OfferState.DRAFT: "draft",
    OfferState.SUBMITTED: "ok",
    OfferState.WITHDRAWN: "off",
    OfferState.CORRECTION_REQUESTED: "alert",
    OfferState.REVISION_REQUESTED: "alert",
    OfferState.FORMALLY_REJECTED: "error",
    OfferState.RESIGNED: "off",
    OfferState.AWARDED: "ok",
    OfferState.CONTRACTED: "done",
}


@register.simple_tag
def offer_tag(offer) -> SafeString:
    """The state of an offer as a tag."""
    return state_tag(LOOKS.get(OfferState(offer.state), "review"), offer.get_state_display())


@register.filter
def exact(moment) -> str:
    """To the second, with the zone."""
    return law.exact(moment)


@register.filter
def offer_title(offer) -> str:
    return offer.title or _("Oferta bez tytułu")


@register.filter
def turn(offer) -> str:
    """Whose turn it is, in words; a draft may wait for a partner."""
    if offer.is_writable and any(partner.is_waiting for partner in offer.partners.all()):
        return _("partner odpowiada na zaproszenie do oferty")
    return str(offer.state_table.turns.get(offer.state, ""))
