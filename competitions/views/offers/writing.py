"""One step of the form: shown, saved by its button or by the script, rows added and moved."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts import kept_form
from core.common import formats
from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from ...actions import offers as actions
from ...law import offers as law
from ...models import CallPart, OfferConflict
from ..offers import reading
from .room import BLANK, Room

NEXT = "next"
WRITER = "competitions.offer.writer"
WRITER_AGE_S = 60 * 60 * 24 * 14


def _room_of_step(request: HttpRequest, pk: int, key: str) -> Room:
    if key not in law.template.BY_KEY:
        raise Http404(_("Oferta nie ma takiej części."))
    return Room(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return _logged_out(request)
    room = _room_of_step(request, pk, key)
    if not room.may_write_part(key):
        return redirect("competitions:offer", pk)
    if request.method == "POST":
        return _saved(request, room, key)
    return render(request, "competitions/offers/section.html", _context(room, key))


def _logged_out(request: HttpRequest) -> HttpResponse:
    """The session has ended while somebody wrote: the text waits until the same person has logged in again."""
    form = kept_form.read(request)
    writer = writer_of(request.POST.get("writer", ""))
    if form is None or writer is None:
        return redirect_to_login(request.get_full_path())
    kept_form.keep(request, replace(form, user=writer))
    return redirect_to_login(reverse("kept_form"))


def writer_of(signed: str) -> int | None:
    """Whose page it was; only the portal itself can have written it there."""
    try:
        return int(signing.loads(signed, salt=WRITER, max_age=WRITER_AGE_S))
    except (signing.BadSignature, ValueError):
        return None


def _saved(request: HttpRequest, room: Room, key: str) -> HttpResponse:
    """Saves and goes on; when that is impossible, the same page with everything that was typed."""
    act = request.POST.get("act", "")
    content = reading.read_section(key, request.POST, room.stored(key))
    if act and act != NEXT:
        content = reading.with_row_act(
            key, content, act, request.POST.get("add_group", ""), request.POST.get("add_action", "")
        )
    try:
        saved = _save(request, room, key, content)
    except LawBreached as refused:
        context = _context(room, key, content=law.clean_section(key, content))
        refusals = [str(breach.message) for breach in refused.breaches]
        return render(request, "competitions/offers/section.html", {**context, "refusals": refusals})
    if saved.conflicts:
        messages.warning(request, _("Ktoś zmienił te same pola. Zachowaliśmy oba teksty, wybierz jeden."))
    elif saved.was_merged:
        messages.info(request, _("Ktoś inny też zapisał ten krok. Połączyliśmy obie zmiany."))
    return redirect(_address_after(room, key, act, saved))


def _save(request: HttpRequest, room: Room, key: str, content: dict[str, Any]) -> actions.Saved:
    number = request.POST.get("edit_number", "")
    try:
        return actions.save_section(
            room.offer,
            key=key,
            content=content,
            edit_number=int(number) if number.isascii() and number.isdigit() else 0,
            by=request.user,
            at=now(),
            part=_part(request, room),
        )
    except MoveRefused as refused:
        raise Http404 from refused


def _part(request: HttpRequest, room: Room) -> CallPart | None:
    wanted = request.POST.get("part", "")
    return next((part for part in room.offer.call.parts.all() if str(part.pk) == wanted), None)


def _address_after(room: Room, key: str, act: str, saved: actions.Saved) -> str:
    here = room.url_of(key)
    if saved.conflicts:
        return f"{here}#wybor"
    if act == "add":
        table = law.template.BY_KEY[key].table
        added = saved.section.content[table.name][-1]["id"] if table else ""
        return f"{here}#wiersz-{added}"
    if act.startswith(reading.MOVES):
        return f"{here}#wiersz-{act.partition(':')[2]}"
    if act != NEXT:
        return f"{here}?zapisano=1"
    keys = [step.key for step in room.steps()]
    place = keys.index(key) + 1 if key in keys else len(keys)
    home = "competitions:supplement" if room.is_supplementing else "competitions:offer"
    return room.url_of(keys[place]) if place < len(keys) else reverse(home, args=[room.offer.pk])


def _context(room: Room, key: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    stored = room.sections.get(key)
    is_untouched = stored is None or stored.edit_number == 0
    mine = [] if is_untouched else room.breaches_of(key)
    told = [breach for breach in mine if breach.rule != BLANK]
    kept = content if content is not None else stored.content if stored else {}
    shown = reading.Shown(key, kept, room.facts, [breach for breach in told if not breach.is_warning])
    fields, rows = shown.fields(), shown.rows()
    known = {field.address: field.id for field in _inputs(fields, rows)}
    steps = room.steps(key)
    place = next((n for n, step in enumerate(steps) if step.key == key), 0)
    return {
        **room.context(key),
        "section": law.template.BY_KEY[key],
        "writer": signing.dumps(room.user.pk, salt=WRITER),
        "stored": stored,
        "fields": fields,
        "rows": rows,
        "blank_row": shown.blank_row() if shown.section.table and not shown.section.table.is_fixed else None,
        "found": [(known.get(b.field, ""), str(b.message)) for b in told if not b.is_warning],
        "warnings": [str(b.message) for b in told if b.is_warning],
        "blank_count": sum(breach.rule == BLANK for breach in room.breaches_of(key)),
        "sums": reading.sums(room.facts) if key in ("costs", "sources", "split") else None,
        "conflicts": _conflicts(room, key, kept),
        "comments": list(room.offer.comments.filter(key=key).select_related("by", "resolved_by")),
        "profile": room.offer.organization if key == "applicant" else None,
        "parts": list(room.offer.call.parts.all()) if key == "task" else [],
        "previous": steps[place - 1] if place else None,
        "step_number": place + 1,
        "has_many_years": room.facts.content.task.year_count > 1,
    }


def _inputs(fields: list[reading.Field], rows: list[reading.Row]) -> list[reading.Field]:
    return [*fields, *(field for row in rows for field in [*row.fields, *row.years])]


def _conflicts(room: Room, key: str, content: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "row": conflict,
            "label": reading.label_of(key, conflict.address, content),
            "stored": law.answer_at(content, conflict.address),
        }
        for conflict in room.offer.conflicts.filter(key=key).select_related("by")
    ]


@login_required
@require_POST
def settle(request: HttpRequest, pk: int, conflict: int) -> HttpResponse:
    """One of two texts is chosen."""
    room = Room(request, pk)
    row = get_object_or_404(
        OfferConflict.objects.select_related("offer__call"), pk=conflict, offer=room.offer
    )
    room.need_writable(row.key)
    actions.settle_conflict(row, takes_other=request.POST.get("choice") == "other", by=request.user, at=now())
    messages.success(request, _("Zapisano wybrany tekst."))
    return redirect(room.url_of(row.key))


# --- the script -----------------------------------------------------------------------------------


@login_required
@require_POST
def autosave(request: HttpRequest, pk: int, key: str) -> JsonResponse:
    """The same save for the script, which goes on with the number it gets; refusals are words, not faults."""
    room = _room_of_step(request, pk, key)
    room.need_writable(key)
    content = reading.read_section(key, request.POST, room.stored(key))
    try:
        saved = _save(request, room, key, content)
    except LawBreached as refused:
        return JsonResponse({"refused": [str(breach.message) for breach in refused.breaches]}, status=409)
    fresh = Room(request, pk)
    answer = {
        "number": saved.section.edit_number,
        "saved": _("Zapisano o %(hour)s") % {"hour": formats.hour(saved.section.saved_at)},
        "present": fresh.present(),
        "conflicts": len(saved.conflicts),
        "warnings": [str(b.message) for b in fresh.breaches_of(key) if b.rule != BLANK],
    }
    return JsonResponse({**answer, **_others(fresh, key, content, saved)})


def _others(room: Room, key: str, sent: dict[str, Any], saved: actions.Saved) -> dict[str, Any]:
    """What other people changed, for the page to take in: values of inputs, and rows it does not have yet."""
    if not saved.was_merged:
        return {}
    shown = reading.Shown(key, saved.section.content, room.facts, [])
    rows = shown.rows()
    table = law.template.BY_KEY[key].table
    sent_ids = (
        {str(row.get("id") or row.get("organization_id")) for row in sent.get(table.name, [])}
        if table
        else set()
    )
    return {
        "merged": _("Ktoś inny też zapisał ten krok. Połączyliśmy obie zmiany."),
        "fields": {field.name: field.shown for field in _inputs(shown.fields(), rows)},
        "order": [row.id for row in rows],
        "rows": {row.id: _row_html(room, key, row) for row in rows if row.id not in sent_ids},
    }


def _row_html(room: Room, key: str, row: reading.Row) -> str:
    facts = {"row": row, "section": law.template.BY_KEY[key], "offer": room.offer}
    return render_to_string("competitions/offers/parts/row.html", facts)
