"""Files of an offer, with the annexes of the call as a list to tick off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.common.clock import now
from core.documents.models import Attachment
from core.legal.rules import LawBreached

from ...actions import offers as actions
from ...forms.offers import AnnexForm
from .room import Room


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def annexes(request: HttpRequest, pk: int) -> HttpResponse:
    room = Room(request, pk)
    required = [str(name) for name in room.offer.call.attachments_required or []]
    form = AnnexForm(required_files=required)
    if request.method == "POST":
        room.need_writable("attachments")
        act, __, target = request.POST.get("act", "").partition(":")
        if act == "remove":
            return _removed(request, room, target)
        if act in ("waive", "unwaive"):
            actions.waive_annex(
                room.offer, name=target, does_not_apply=act == "waive", by=request.user, at=now()
            )
            return redirect("competitions:offer_annexes", pk)
        form = AnnexForm(request.POST, request.FILES, required_files=required)
        if form.is_valid() and _added(request, room, form):
            messages.success(request, _("Dodano plik."))
            return redirect("competitions:offer_annexes", pk)
    return render(request, "competitions/offers/annexes.html", _context(room, form, required))


def _context(room: Room, form: AnnexForm, required: list[str]) -> dict[str, Any]:
    files = list(Attachment.objects.of(room.offer).current())
    titles = {file.title for file in files}
    checklist = [
        {"name": name, "is_there": name[:200] in titles, "is_waived": name in room.offer.waived_files}
        for name in required
    ]
    return room.context("attachments", form=form, files=files, checklist=checklist)


def _added(request: HttpRequest, room: Room, form: AnnexForm) -> bool:
    data = form.cleaned_data
    try:
        actions.add_annex(room.offer, data["upload"], title=data["title"], by=request.user, at=now())
    except LawBreached as refused:
        form.add_error("upload", str(refused.breaches[0].message))
    except ValidationError as refused:
        form.add_error("upload", refused)
    return form.is_valid()


def _removed(request: HttpRequest, room: Room, target: str) -> HttpResponse:
    pk = int(target) if target.isascii() and target.isdigit() else 0
    file = get_object_or_404(Attachment.objects.of(room.offer).current(), pk=pk)
    actions.remove_annex(room.offer, file, by=request.user, at=now())
    messages.success(request, _("Usunięto plik z oferty."))
    return redirect("competitions:offer_annexes", room.offer.pk)
