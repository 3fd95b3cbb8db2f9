"""The coordinator's queue: everything that waits in the registry, one after the other, decided on the same page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.roles import Role
from core.city.scope import has_role
from core.common.clock import now
from core.common.form_fields import DayField
from core.documents.queries import attachments_of
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions, law, registers
from ..enums import Register
from ..models import Mandate
from ..permissions import is_registrar
from ..queries.comparison import compare_registration, compare_request, compare_revision
from ..queries.queue import SOURCES, WorkItem, queue_counts, registry_queue, work_item
from . import reasons

PER_PAGE = 50


@dataclass(frozen=True)
class Choice:
    """One decision: its words, the action, whether it wants a reason, and sentences to begin with."""

    verb: Any
    act: Callable[..., Any]
    requires_reason: bool = False
    templates: tuple = ()


def _close(report, *, by, at, reason: str):
    return actions.close_error_report(report, outcome=reason, by=by, at=at)


CHOICES: dict[str, dict[str, Choice]] = {
    "rejestracja": {
        "przyjmij": Choice(gettext_lazy("Zgodne z rejestrem, opublikuj"), actions.verify),
        "zwroc": Choice(gettext_lazy("Zwróć do poprawy"), actions.return_for_correction, True, tuple(reasons.RETURN_PROFILE)),
    },
    "upowaznienie": {
        "przyjmij": Choice(gettext_lazy("Zgodne z rejestrem, nadaj upoważnienie"), actions.grant_mandate),
        "zwroc": Choice(gettext_lazy("Zwróć do uzupełnienia"), actions.return_mandate, True, tuple(reasons.RETURN_CLAIM)),
        "odmow": Choice(gettext_lazy("Odmów"), actions.refuse_mandate, True, tuple(reasons.REFUSE_CLAIM)),
    },
    "zmiana": {
        "przyjmij": Choice(gettext_lazy("Zatwierdź zmianę"), actions.approve_revision),
        "odmow": Choice(gettext_lazy("Odrzuć zmianę"), actions.reject_revision, True, tuple(reasons.REJECT_REVISION)),
    },
    "blad": {"zalatwione": Choice(gettext_lazy("Zapisz, co zrobiono"), _close, True, tuple(reasons.CLOSE_REPORT))},
    "wykreslenie": {
        "rozwiaz": Choice(gettext_lazy("Zapisz rozwiązanie organizacji"), actions.dissolve_struck_off),
        "zostaw": Choice(gettext_lazy("Działa dalej, zostaw wpis"), actions.keep_struck_off, True, tuple(reasons.KEEP_STRUCK_OFF)),
    },
    "pozegnanie": {"przyjmij": Choice(gettext_lazy("Przeczytane"), actions.read_word)},
}  # fmt: skip


class QueueForm(forms.Form):
    """The decision on one item; the reason may begin with a ready sentence."""

    decision = forms.ChoiceField(label=gettext_lazy("Decyzja"), widget=forms.RadioSelect)
    template = forms.ChoiceField(label=gettext_lazy("Gotowe zdanie"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Powód"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "Dopisz własne słowa albo wybierz gotowe zdanie. Zobaczy je osoba, która czeka."
        ),
    )
    valid_until = DayField(
        label=gettext_lazy("Upoważnienie ważne do"),
        required=False,
        help_text=gettext_lazy("Puste: jak w prośbie albo bezterminowo."),
    )

    dissolved_on = DayField(
        label=gettext_lazy("Dzień wykreślenia"),
        required=False,
        help_text=gettext_lazy("Z odpisu z rejestru; tylko gdy zapisujesz rozwiązanie."),
    )

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = CHOICES[kind]
        self.fields["decision"].choices = [(key, choice.verb) for key, choice in self.choices.items()]
        self.fields["decision"].initial = next(iter(self.choices))
        sentences = [str(s) for choice in self.choices.values() for s in choice.templates]
        self.fields["template"].choices = [("", _("bez gotowego zdania")), *((s, s) for s in sentences)]
        if not sentences:
            del self.fields["template"]
        if kind != "upowaznienie":
            del self.fields["valid_until"]
        if kind != "wykreslenie":
            del self.fields["dissolved_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        parts = [data.get("template", ""), (data.get("reason") or "").strip()]
        data["reason"] = " ".join(filter(None, parts))
        choice = self.choices.get(data.get("decision", ""))
        if choice and choice.requires_reason and not data["reason"]:
            self.add_error("reason", _("napisz powód albo wybierz gotowe zdanie"))
        return data


class RegistryQueue:
    """Adds the two pages of the queue to the desk; mixed into the admin of mandates."""

    admin_site: admin.AdminSite

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("kolejka/", view(self.queue_view), name="organizations_queue"),
            path("kolejka/<slug:kind>/<int:pk>/", view(self.item_view), name="organizations_queue_item"),
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """All that waits, the oldest first, with its clock."""
        _refuse_others(request)
        kind = request.GET.get("rodzaj", "")
        kind = kind if kind in SOURCES else ""
        items, counts = registry_queue(kind), queue_counts()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Kolejka rejestru organizacji"),
            "page": Paginator(items, PER_PAGE).get_page(request.GET.get("page")),
            "total": sum(counts.values()),
            "overdue": sum(item.is_overdue for item in items),
            "kinds": [(code, label, counts[code]) for code, (label, *_rest) in SOURCES.items()],
            "kind": kind,
            "first": items[0] if items else None,
        }
        return render(request, "admin/organizations/queue.html", context)

    @csrf_protect_m
    def item_view(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """One item: what to compare, the files, the decision; then the next one opens."""
        _refuse_others(request)
        item = work_item(kind, pk)
        if item is None:
            messages.info(request, _("Ta sprawa jest już rozstrzygnięta."))
            return _to_next(kind)
        may_decide = is_registrar(request.user)
        form = QueueForm(request.POST if request.method == "POST" else None, kind=kind)
        if request.method == "POST":
            if not may_decide:
                raise PermissionDenied
            if form.is_valid() and _decide(request, item, form):
                messages.success(request, _("Zapisano: %(what)s.") % {"what": item.organization})
                return _to_next(kind if request.GET.get("rodzaj") == kind else "")
        elif item.kind in ("upowaznienie", "zmiana"):
            actions.note_opening(item.organization, str(item.label), by=request.user, at=now())
        context = {
            **self.admin_site.each_context(request),
            **_shown(item),
            "form": form,
            "may_decide": may_decide,
        }
        return render(request, "admin/organizations/queue_item.html", context)


def _refuse_others(request: HttpRequest) -> None:
    if not (is_registrar(request.user) or has_role(request.user, Role.AUDITOR)):
        raise PermissionDenied


def _to_next(kind: str) -> HttpResponse:
    """The oldest that still waits; the keyboard goes on where the decision is."""
    items = registry_queue(kind if kind in SOURCES else "")
    if not items:
        return redirect("admin:organizations_queue")
    query = f"?rodzaj={kind}" if kind in SOURCES else ""
    return redirect(f"{items[0].url}{query}#sprawa")


def _decide(request: HttpRequest, item: WorkItem, form: QueueForm) -> bool:
    choice = form.choices[form.cleaned_data["decision"]]
    words: dict[str, Any] = {"by": request.user, "at": now()}
    if choice.act is actions.grant_mandate:
        words["valid_until"] = form.cleaned_data["valid_until"]
    else:
        words["reason"] = form.cleaned_data["reason"]
    if choice.act is actions.dissolve_struck_off:
        words["dissolved_on"] = form.cleaned_data["dissolved_on"]
    if choice.act is actions.approve_revision:
        words["seen_at"] = _seen_at(request)
    try:
        choice.act(item.row, **words)
    except LawBreached as refused:
        for breach in refused.breaches:
            form.add_error(breach.field if breach.field in form.fields else None, law.named(breach))
        return False
    except MoveRefused:
        form.add_error(None, _("Ta sprawa jest już rozstrzygnięta."))
        return False
    return True


def _seen_at(request: HttpRequest):
    try:
        return parse_datetime(request.POST.get("seen_at", ""))
    except ValueError:
        return None


def _shown(item: WorkItem) -> dict[str, Any]:
    """What the page of an item shows beside the decision."""
    compare = {
        "rejestracja": compare_registration,
        "upowaznienie": compare_request,
        "zmiana": compare_revision,
    }
    look = compare.get(item.kind)
    waiting = len(registry_queue())
    return {
        "title": f"{item.label}: {item.organization}",
        "item": item,
        "compared": look(item.row) if look else [],
        "hide_before": item.kind == "rejestracja",
        "is_request": item.kind == "upowaznienie",
        "files": attachments_of([item.row])[item.row.pk] if item.kind == "upowaznienie" else [],
        "rivals": _rivals(item),
        "change_url": _change_url(item),
        "ask_url": _ask_url(item),
        "waiting": waiting,
        "seen_at": item.row.changed_at.isoformat() if item.kind == "zmiana" and item.row.changed_at else "",
    }


def _ask_url(item: WorkItem) -> str:
    """Where the registers are asked about the organisation; empty when there is nothing to ask."""
    row = item.organization
    can_be_asked = any((row.krs, row.nip, row.regon)) and any(map(registers.is_on, Register))
    if item.kind in ("blad", "pozegnanie") or not can_be_asked:
        return ""
    return reverse("admin:organizations_organization_ask_registers", args=[row.pk])


def _change_url(item: WorkItem) -> str:
    """The answer of a register has no page of its own: it stands on that of the profile."""
    row = item.organization if item.kind == "wykreslenie" else item.row
    return reverse(f"admin:organizations_{row._meta.model_name}_change", args=[row.pk])


def _rivals(item: WorkItem) -> list[Mandate]:
    """Other people who ask for the same organisation at the same time."""
    if item.kind != "upowaznienie":
        return []
    others = Mandate.objects.asked().filter(organization=item.organization).exclude(pk=item.row.pk)
    return list(others.select_related("user"))
