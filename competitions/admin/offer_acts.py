"""Buttons of a call about its offers: signed confirmations, the committee and its card, an intake without offers."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.common.clock import now

from ..actions import committee as committee_actions
from ..actions.offers import record_confirmation
from ..enums import EVALUATED, Origin
from ..models import Call
from ..permissions import may_prepare, may_run
from ..queries.committee import has_choice
from .acts import Act
from .forms import CardForm, ConfirmationForm


def confirm_offer(request: HttpRequest, call: Call, form: ConfirmationForm) -> Call:
    data = form.cleaned_data
    offer = form.offer_of(call, request.user)
    record_confirmation(offer, way=data["way"], on=data["on"], by=request.user, at=now())
    return call


def open_committee(request: HttpRequest, call: Call, _form: Any) -> Any:
    return committee_actions.open_committee(call, by=request.user, at=now())


def use_card(request: HttpRequest, call: Call, form: CardForm) -> Call:
    data = form.cleaned_data
    committee_actions.use_default_card(
        call,
        strategic=data["strategic"],
        strategic_points=data["strategic_points"] or 0,
        by=request.user,
        at=now(),
    )
    return call


def no_offers(request: HttpRequest, call: Call, _form: Any) -> Call:
    committee_actions.record_no_offers(call, by=request.user, at=now())
    return call


def has_nothing_to_choose(user: Any, call: Call) -> bool:
    """R-CALL-40: the intake is over, and no filed offer is left."""
    return call.state in EVALUATED and may_run(user, call) and not has_choice(call)


OFFER_ACTS = {
    "potwierdzenie": Act(
        _("Zapisz potwierdzenie oferty"),
        confirm_offer,
        _("Zapisano potwierdzenie."),
        lambda user, call: call.requires_signed_confirmation and call.is_public and may_run(user, call),
        form=ConfirmationForm,
    ),
    "komisja": Act(
        _("Komisja i ocena"),
        open_committee,
        _("Otwarto pulpit komisji."),
        lambda user, call: call.is_public and call.origin == Origin.PORTAL and may_run(user, call),
    ),
    "karta": Act(
        _("Wstaw domyślną kartę oceny"),
        use_card,
        _("Wstawiono domyślną kartę oceny."),
        lambda user, call: call.is_notice_editable and may_prepare(user, call) and not call.criteria.exists(),
        form=CardForm,
    ),
    "brak-ofert": Act(
        _("Zapisz, że nie ma ofert do wyboru"),
        no_offers,
        _("Zapisano. Konkurs trzeba unieważnić: ogłoś to w trzech miejscach."),
        has_nothing_to_choose,
    ),
}
