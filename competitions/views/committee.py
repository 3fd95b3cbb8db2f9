"""The desk of a committee's member: the declaration, the offers, the cards. What is closed answers 404."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.common import formats
from core.common.clock import local, now
from core.documents.queries import attachments_of
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from organizations.models import Organization

from .. import law
from ..actions import committee as actions
from ..actions.committee.declaring import BEFORE_LIST
from ..enums import State
from ..forms.committee import CardForm, DeclarationForm, plain
from ..models import CommitteeCandidate, CommitteeMember, Offer, ScoreCard
from ..queries import committee as queries
from .reading import parts_of


def seat_or_404(request: HttpRequest, pk: int) -> CommitteeMember:
    """The person's own seat in this committee; nobody else learns that the committee exists."""
    return get_object_or_404(queries.seats_of(request.user), committee=pk)


@login_required
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All committees of the person, and its applications to the pool."""
    seats = list(queries.seats_of(request.user))
    cards: dict[int, list[ScoreCard]] = {seat.pk: [] for seat in seats}
    for card in ScoreCard.objects.valid().filter(member__in=seats):
        cards[card.member_id].append(card)
    rows = [
        {
            "seat": seat,
            "all": len(cards[seat.pk]),
            "signed": sum(card.signed_at is not None for card in cards[seat.pk]),
        }
        for seat in seats
    ]
    has_applied = CommitteeCandidate.objects.of_person(request.user).exists()
    return render(request, "competitions/committee/home.html", {"rows": rows, "has_applied": has_applied})


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """One committee: what to do first, my offers with progress, meetings."""
    member = seat_or_404(request, pk)
    committee, call = member.committee, member.committee.call
    access = queries.access_of(member)
    offers = list(queries.offers_for(call, access).order_by("number", "pk"))
    open_ids = {offer.pk for offer in offers}
    cards = [card for card in queries.cards_of(member) if card.offer_id in open_ids]
    by_offer = {card.offer_id: card for card in cards}
    context = {
        "member": member,
        "committee": committee,
        "call": call,
        "access": access,
        "is_list_known": call.state not in BEFORE_LIST,
        "blocks": _block_words(access),
        "rows": [{"offer": offer, "card": by_offer.get(offer.pk)} for offer in offers],
        "signed": sum(card.signed_at is not None for card in cards),
        "all": len(cards),
        "meetings": list(committee.meetings.all()),
        "is_scoring": call.state == State.MERIT_EVALUATION,
    }
    return render(request, "competitions/committee/desk.html", context)


def _block_words(access: law.Access) -> list[str]:
    """The reasons, each once. A person learns only of organisations it is tied to itself."""
    ids = {block.organization for block in access.blocks}
    names = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name"))
    return sorted({queries.block_words(block, names) for block in access.blocks})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    member = seat_or_404(request, pk)
    call = member.committee.call
    if call.state in BEFORE_LIST:
        messages.info(request, _("Lista oferentów będzie znana po końcu naboru. Wtedy złożysz oświadczenie."))
        return redirect("committee:desk", pk=pk)
    listed = list(queries.organizations_in(call))
    form = DeclarationForm(request.POST or None, organizations=listed)
    if request.method == "POST" and form.is_valid():
        access = _declared(request, member, form)
        if access is not None:
            _say_what_is_open(request, access)
            return redirect("committee:desk", pk=pk)
    context = {"member": member, "call": call, "committee": member.committee, "form": form}
    return render(request, "competitions/committee/declare.html", context)


def _declared(request: HttpRequest, member: CommitteeMember, form: DeclarationForm) -> law.Access | None:
    try:
        return actions.declare(
            member,
            conflicts=form.conflicts(),
            is_confirmed=form.cleaned_data["is_confirmed"],
            by=request.user,
            at=now(),
        )
    except LawBreached as refused:
        add_breaches(form, refused.breaches)
        return None


def _say_what_is_open(request: HttpRequest, access: law.Access) -> None:
    if access.is_blocked:
        messages.warning(request, _("Zapisano oświadczenie. Nie będziesz oceniać ofert w tym konkursie."))
    elif access.blocks:
        messages.warning(request, _("Zapisano oświadczenie. Część konkursu jest dla Ciebie zamknięta."))
    else:
        messages.success(request, _("Zapisano oświadczenie. Możesz czytać oferty."))


@login_required
@never_cache
@require_safe
def offer(request: HttpRequest, pk: int, offer_pk: int) -> HttpResponse:
    """An offer to read, for a member who has no card for it."""
    member = seat_or_404(request, pk)
    open_offers = queries.offers_for(member.committee.call, queries.access_of(member))
    found = get_object_or_404(open_offers, pk=offer_pk)
    context = {"member": member, "call": member.committee.call, **reading_context(found)}
    return render(request, "competitions/committee/offer.html", context)


def reading_context(found: Offer) -> dict[str, Any]:
    version = found.versions.order_by("number").last()
    return {
        "offer": found,
        "parts": parts_of(version.content) if version else [],
        "version": version,
        "files": attachments_of([found])[found.pk],
    }


# --- the card -------------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Reading and scoring on one page; a script saves in the background what the button saves too."""
    found = _card_or_404(request, pk)
    committee = found.member.committee
    criteria = queries.criteria_of(committee.call)
    form = CardForm(
        request.POST if request.method == "POST" else None,
        card=found,
        criteria=criteria,
        least=committee.least_justification,
    )
    if request.method == "POST":
        answer = _posted(request, found, form)
        if answer is not None:
            return answer
        found.refresh_from_db()
    context = {
        "card": found,
        "committee": committee,
        "call": committee.call,
        "form": form,
        "has_errors": bool(form.errors),
        "most": queries.most_points(criteria),
        "may_write": committee.call.state == State.MERIT_EVALUATION,
        "changes": list(found.changes.select_related("criterion")),
        "next_card": _next(found),
        **reading_context(found.offer),
    }
    return render(request, "competitions/committee/card.html", context)


def _card_or_404(request: HttpRequest, pk: int) -> ScoreCard:
    rows = ScoreCard.objects.valid().select_related(
        "member__committee__call", "offer__organization", "offer__part"
    )
    seats = queries.seats_of(request.user)
    found = get_object_or_404(rows.prefetch_related("scores"), pk=pk, member__in=seats)
    if not queries.access_of(found.member).is_open_to(found.offer.part_id):
        raise Http404
    return found


def _next(found: ScoreCard) -> ScoreCard | None:
    waiting = queries.cards_of(found.member).filter(signed_at__isnull=True).exclude(pk=found.pk)
    return waiting.first()


def _posted(request: HttpRequest, found: ScoreCard, form: CardForm) -> HttpResponse | None:
    """Saves, and signs if asked; None when the form has to be shown again with what is wrong."""
    is_quiet = request.headers.get("X-Autosave") == "1"
    form.is_valid()
    try:
        if found.signed_at:
            return None if is_quiet else _changed(request, found, form)
        faults = actions.save_card(found, form.typed(), by=request.user, at=now())
        add_breaches(form, faults)
        if is_quiet:
            return _saved_quietly(found, form)
        if form.errors:
            return None
        if "sign" in request.POST:
            actions.sign_card(found, by=request.user, at=now())
            messages.success(request, _("Podpisano kartę: %(total)s pkt.") % {"total": _total(found)})
            following = _next(found)
            return (
                redirect("committee:card", pk=following.pk)
                if following
                else redirect("committee:desk", pk=found.member.committee_id)
            )
        messages.success(request, _("Zapisano kartę. Możesz wrócić do niej później."))
        return redirect("committee:card", pk=found.pk)
    except LawBreached as refused:
        add_breaches(form, refused.breaches)
    except MoveRefused:
        form.add_error(None, _("Tej karty nie można już zmienić: ocena się zakończyła albo cofnięto dostęp."))
        if is_quiet:
            return JsonResponse({"errors": form.errors.get_json_data()}, status=409)
    return None


def _total(found: ScoreCard) -> str:
    found.refresh_from_db(fields=["total"])
    return plain(found.total)


def _saved_quietly(found: ScoreCard, form: CardForm) -> JsonResponse:
    at = formats.hour(local(now()))
    errors = {name: [str(error) for error in found_errors] for name, found_errors in form.errors.items()}
    return JsonResponse(
        {"total": _total(found), "saved": _("Zapisano o %(hour)s") % {"hour": at}, "errors": errors}
    )


def _changed(request: HttpRequest, found: ScoreCard, form: CardForm) -> HttpResponse | None:
    if form.errors:
        return None
    reason = form.cleaned_data.get("reason", "")
    actions.change_card(found, form.typed(), reason=reason, by=request.user, at=now())
    messages.success(
        request, _("Zmieniono podpisaną ocenę. Zmiana i jej powód będą publiczne razem z wynikami.")
    )
    return redirect("committee:card", pk=found.pk)


def add_breaches(form: Any, breaches: Any) -> None:
    """The law's answers beside the fields they speak of."""
    for breach in breaches:
        name = breach.field if breach.field in form.fields else None
        if name is None and breach.field.startswith("points_"):
            name = _first_sub(form, breach.field)
        if name not in form.errors:
            form.add_error(name, str(breach.message))


def _first_sub(form: Any, name: str) -> str | None:
    """A criterion with sub-criteria has no field of its own: the first of its parts shows what is wrong."""
    wanted = name.removeprefix("points_")
    one = next((c for c in getattr(form, "criteria", []) if str(c.pk) == wanted), None)
    return f"sub_{one.subs.all()[0].pk}" if one and one.subs.all() else None
