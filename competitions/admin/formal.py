"""The card of formal check and the request to supplement, as pages of the desk."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import now
from core.common.form_fields import MomentField
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from ..actions import formal
from ..actions.formal.card import OPEN_CARD
from ..actions.formal.supplements import usual_due
from ..enums import FormalMark, OfferState
from ..law.formal_hints import Hint, hints
from ..law.offers import template
from ..models import CallFormalItem, FormalAnswer, Offer
from ..models.formal_facts import hint_facts_of
from ..permissions import may_check, may_run_offer

LONGEST_NOTE = 2000


@dataclass
class Row:
    """One item of the card as the page shows it; ``conflict`` is what somebody else has saved meanwhile."""

    item: CallFormalItem
    answer: FormalAnswer | None
    hint: Hint | None
    mark: str
    note: str
    conflict: FormalAnswer | None = None

    @property
    def read_number(self) -> int:
        stored = self.conflict or self.answer
        return stored.edit_number if stored else 0

    @property
    def was(self) -> str:
        """What the page shows as stored: tells a row that was changed here from one that was not."""
        stored = self.conflict or self.answer
        return f"{stored.mark}|{stored.note}" if stored else "|"


class RequestForm(forms.Form):
    """What to do for each lack, which parts to open, until when."""

    def __init__(self, *args, offer: Offer, lacking: list[CallFormalItem], **kwargs):
        super().__init__(*args, **kwargs)
        for item in lacking:
            self.fields[f"what_{item.pk}"] = forms.CharField(
                label=item.text, max_length=2000, help_text=_("Co dokładnie organizacja ma zrobić."),
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        parts = [(s.key, f"{s.part}. {s.title}") for s in template.SECTIONS]
        self.fields["sections"] = forms.MultipleChoiceField(
            label=_("Części oferty do zmiany"), choices=[*parts, ("attachments", _("Załączniki"))],
            widget=forms.CheckboxSelectMultiple, required=False,
            help_text=_("Tylko te części organizacja będzie mogła zmienić."),
        )  # fmt: skip
        self.fields["message"] = forms.CharField(
            label=_("Dodatkowe wyjaśnienie"),
            max_length=4000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["due_at"] = MomentField(
            label=_("Termin uzupełnienia"), initial=usual_due(offer.call, now()),
            help_text=_("Ostatnia minuta, w której można złożyć uzupełnienie. Domyślnie tyle dni, ile ustalono w konkursie."),
        )  # fmt: skip


class FormalPages:
    """Put before the ModelAdmin of offers: »karta« and »wezwanie« below the page of an offer."""

    def formal_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/karta/", wrap(self.card_view), name="competitions_offer_card"),
            path("<int:pk>/wezwanie/", wrap(self.request_view), name="competitions_offer_request"),
        ]

    def formal_pages(self, request: HttpRequest, offer: Offer) -> list[dict[str, Any]]:
        """Buttons of the offer's page that lead here."""
        pages = [
            {
                "label": _("Karta oceny formalnej"),
                "url": reverse("admin:competitions_offer_card", args=[offer.pk]),
            }
        ]
        if offer.state == OfferState.SUBMITTED and may_run_offer(request.user, offer):
            url = reverse("admin:competitions_offer_request", args=[offer.pk])
            pages.append({"label": _("Wezwij do uzupełnienia"), "url": url})
        return pages

    def _offer(self, request: HttpRequest, pk: int) -> Offer:
        offer = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, offer):
            raise PermissionDenied
        return offer

    def _page(self, request: HttpRequest, offer: Offer, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "original": offer}

    # --- the card -----------------------------------------------------------------------------

    @csrf_protect_m
    def card_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The card: the portal proposes, the clerk marks; a row alone is saved by the script."""
        offer = self._offer(request, pk)
        may_write = offer.state in OPEN_CARD and may_check(request.user, offer)
        items = list(offer.call.formal_items.all())
        rows = _rows(offer, items)
        if request.method == "POST":
            if not may_write:
                raise PermissionDenied
            if row := next((r for r in rows if str(r.item.pk) == request.POST.get("row", "")), None):
                return _row_answer(request, offer, row)
            if _saved(request, offer, rows):
                messages.success(request, _("Zapisano kartę."))
                return redirect("admin:competitions_offer_card", pk)
            messages.warning(
                request, _("Ktoś inny zapisał te same punkty. Wybierz w nich odpowiedź jeszcze raz.")
            )
        done = sum(bool(row.answer and row.answer.mark) for row in rows)
        context = {
            **self._page(request, offer, _("Karta oceny formalnej")),
            "rows": rows,
            "marks": FormalMark.choices,
            "may_write": may_write,
            "done": done,
            "offered_moves": self.offered_moves(request, offer),
            "offered_acts": [
                a for a in self.offered_acts(request, offer) if not a["url"].endswith("/karta/")
            ],
        }
        return render(request, "competitions/admin/offers/card.html", context)

    # --- the request --------------------------------------------------------------------------

    @csrf_protect_m
    def request_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What exactly to supplement, in which parts, until when."""
        offer = self._offer(request, pk)
        if not may_run_offer(request.user, offer):
            raise PermissionDenied
        if offer.state != OfferState.SUBMITTED:
            self.message_user(
                request,
                _("Tę ofertę można wezwać do uzupełnienia tylko raz, przed rozstrzygnięciem."),
                messages.ERROR,
            )
            return redirect("admin:competitions_offer_change", pk)
        lacking = _lacking(offer)
        form = RequestForm(request.POST or None, offer=offer, lacking=lacking)
        if request.method == "POST" and form.is_valid() and _sent(request, offer, lacking, form):
            self.message_user(request, _("Wysłano wezwanie do uzupełnienia."), messages.SUCCESS)
            return redirect("admin:competitions_offer_change", pk)
        context = {
            **self._page(request, offer, _("Wezwij do uzupełnienia")),
            "form": form,
            "lacking": lacking,
        }
        return render(request, "competitions/admin/offers/request.html", context)


def _rows(offer: Offer, items: list[CallFormalItem]) -> list[Row]:
    answers = {a.item_id: a for a in offer.formal_answers.select_related("saved_by")}
    told = hints(hint_facts_of(offer))
    return [
        Row(item, answer, told.get(item.hint), answer.mark if answer else "", answer.note if answer else "")
        for item in items
        for answer in [answers.get(item.pk)]
    ]


def _typed(request: HttpRequest, row: Row) -> tuple[str, str, int]:
    """Mark, note and the number that the page had."""
    pk = row.item.pk
    mark = request.POST.get(f"mark-{pk}", "")
    note = request.POST.get(f"note-{pk}", "").replace("\r\n", "\n").strip()[:LONGEST_NOTE]
    number = request.POST.get(f"read-{pk}", "0")
    return (
        mark if mark in FormalMark.values else "",
        note,
        int(number) if number.isascii() and number.isdigit() else 0,
    )


def _save(request: HttpRequest, offer: Offer, row: Row) -> FormalAnswer:
    row.mark, row.note, number = _typed(request, row)
    return formal.save_answer(
        offer, row.item, mark=row.mark, note=row.note, read_number=number, by=request.user, at=now()
    )


def _saved(request: HttpRequest, offer: Offer, rows: list[Row]) -> bool:
    """Whether every row that was changed here could be saved; the others keep what was typed, beside what is stored."""
    for row in rows:
        mark, note, _number = _typed(request, row)
        was = request.POST.get(f"was-{row.item.pk}", "|").replace("\r\n", "\n")
        if f"{mark}|{note}" == was:
            continue  # not touched on this page: what others saved stays
        try:
            row.answer = _save(request, offer, row)
        except formal.AnswerConflict as conflict:
            row.conflict = conflict.stored
        except MoveRefused as refused:
            raise PermissionDenied from refused
    return not any(row.conflict for row in rows)


def _row_answer(request: HttpRequest, offer: Offer, row: Row) -> JsonResponse:
    """One row for the script: the number it goes on with, or what somebody else has saved."""
    try:
        answer = _save(request, offer, row)
    except formal.AnswerConflict as conflict:
        stored = conflict.stored
        return JsonResponse({"conflict": conflict_words(stored), "number": stored.edit_number}, status=409)
    except MoveRefused as refused:
        raise PermissionDenied from refused
    words = _("zapisano o %(hour)s") % {"hour": formats.hour(answer.saved_at)}
    return JsonResponse({"number": answer.edit_number, "saved": words, "was": f"{answer.mark}|{answer.note}"})


def conflict_words(stored: FormalAnswer) -> str:
    values = {
        "who": str(stored.saved_by or _("ktoś inny")),
        "hour": formats.hour(stored.saved_at),
        "mark": stored.get_mark_display() or _("bez odpowiedzi"),
        "note": f", „{stored.note}”" if stored.note else "",
    }
    words = _(
        "%(who)s, %(hour)s: %(mark)s%(note)s. Twoja odpowiedź nie jest jeszcze zapisana; zapisz ją, jeśli ma zostać."
    )
    return words % values


def _lacking(offer: Offer) -> list[CallFormalItem]:
    marked = offer.formal_answers.filter(mark=FormalMark.NO, item__is_correctable=True).values("item")
    return list(CallFormalItem.objects.filter(pk__in=marked))


def _sent(request: HttpRequest, offer: Offer, lacking: list[CallFormalItem], form: RequestForm) -> bool:
    data = form.cleaned_data
    try:
        formal.request_correction(
            offer,
            items={item: data[f"what_{item.pk}"] for item in lacking},
            sections=[key for key in data["sections"] if key != "attachments"],
            opens_attachments="attachments" in data["sections"],
            message=data["message"],
            due_at=data["due_at"],
            by=request.user,
            at=now(),
        )
    except LawBreached as refused:
        for breach in refused.breaches:
            form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
        return False
    except MoveRefused:
        form.add_error(None, _("Tej czynności nie można już wykonać: sprawa jest w innym stanie."))
        return False
    return True
