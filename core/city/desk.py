"""The officials' desk: the admin base that every app uses.

A desk page is scoped to the official's own units, offers the moves of the state table as buttons,
shows the history, writes every change to the audit log, and never lets a state be typed.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.common.admin_lists import OfferedFilters
from core.common.clock import now
from core.legal import audit
from core.legal.models import AuditEntry, Case, Transition
from core.legal.rules import LawBreached
from core.legal.workflow import Move, MoveRefused, breaches_of

from .desk_fields import NativeFields
from .desk_rows import OfficialInline as OfficialInline
from .scope import EDITING, has_role, own_units, scoped, sees_all_units

READERS = (Role.AUDITOR,)


class OfficialAdmin(OfferedFilters, NativeFields, admin.ModelAdmin):
    """Who may see and edit comes from roles; whose rows from ``unit_lookup``.

    ``editors`` may add and change (in their unit), ``unit_lookup`` is the path from a row to its
    unit (empty: rows have no unit and belong to the citywide roles and ``editors``).
    """

    editors: tuple[Role, ...] = ()
    unit_lookup = ""
    list_per_page = 50
    show_full_result_count = False

    # --- rights -------------------------------------------------------------------------------
    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return self._is_editor(request, obj) or has_role(request.user, *READERS)

    def has_add_permission(self, request):
        return self._is_editor(request, None)

    def has_change_permission(self, request, obj=None):
        return self._is_editor(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Nothing official is deleted by hand; apps allow it for unpublished drafts."""
        return False

    def _is_editor(self, request, obj) -> bool:
        unit = self.unit_of(obj) if obj is not None and self.unit_lookup else None
        if obj is not None and self.unit_lookup and unit is None:
            return sees_all_units(request.user) and has_role(request.user, *EDITING)
        return has_role(request.user, *self.editors, *EDITING, unit=unit)

    def unit_of(self, obj):
        """The unit a row belongs to, following ``unit_lookup``."""
        for name in self.unit_lookup.split("__"):
            obj = getattr(obj, name) if obj is not None else None
        return obj

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return scoped(rows, request.user, self.unit_lookup, *self.editors) if self.unit_lookup else rows

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        first, _dots, rest = self.unit_lookup.partition("__")
        if db_field.name == first:
            rows = db_field.related_model._default_manager.all()
            own = own_units(request.user, *self.editors)
            kwargs["queryset"] = scoped(rows, request.user, rest, *self.editors) if rest else own
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Back to the list, in our own words: the row may as well be there and belong to another unit."""
        text = _("Nie ma takiej pozycji albo należy do innej jednostki.")
        self.message_user(request, text, messages.WARNING)
        return redirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))

    def get_view_on_site_url(self, obj=None):
        """No button to a page that is not public yet."""
        is_public = getattr(obj, "is_public", True)
        if self.view_on_site is True and is_public is False:
            return None
        return super().get_view_on_site_url(obj)

    # --- writing ------------------------------------------------------------------------------
    def save_model(self, request, obj, form, change):
        """Saves and writes what changed to the audit log; apps with an action override this."""
        before = audit.snapshot(type(obj)._base_manager.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)
        old, new = audit.changes(before, audit.snapshot(obj))
        if new:
            verb = _("Zmiana danych") if change else _("Utworzenie")
            audit.record(obj, str(verb), by=request.user, at=now(), before=old, after=new)

    def log_addition(self, request, obj, message):
        """The audit log replaces the admin's own."""

    def log_change(self, request, obj, message):
        """The audit log replaces the admin's own."""

    # --- history ------------------------------------------------------------------------------
    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj is None or not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Historia: %(name)s") % {"name": obj},
            "opts": self.opts,
            "original": obj,
            "entries": AuditEntry.objects.of(obj).select_related("by"),
        }
        return render(request, "admin/history.html", context)


class ReasonForm(forms.Form):
    """The confirmation of a move: a reason, wanted or welcome."""

    reason = forms.CharField(
        label=_("Powód"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )


def _course(obj: Case) -> list[dict[str, Any]]:
    """The moves of a case so far, its states by their names."""
    names = dict(obj.state_table.states.choices)
    return [
        {
            "at": t.at,
            "by": t.by,
            "reason": t.reason,
            "source": names.get(t.source),
            "target": names.get(t.target),
        }
        for t in Transition.objects.of(obj).select_related("by")
    ]


class CaseAdmin(OfficialAdmin):
    """The desk of a model with states. ``moves`` maps a target state to the action that goes there.

    An action has the signature ``(case, *, by, at, reason)``; ``move_forms`` names, by target, the forms of
    those that ask for more.
    """

    moves: dict[str, Any] = {}
    move_forms: dict[str, type[ReasonForm]] = {}
    change_form_template = "admin/case_change_form.html"

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "state_label"]

    @admin.display(description=_("stan"), ordering="state")
    def state_label(self, obj: Case) -> str:
        return obj.get_state_display()

    def get_urls(self):
        info = self.opts.app_label, self.opts.model_name
        move = path(
            "<int:pk>/stan/<slug:to>/",
            self.admin_site.admin_view(self.move_view),
            name="{}_{}_move".format(*info),
        )
        return [move, *super().get_urls()]

    def offered_moves(self, request: HttpRequest, obj: Case) -> list[dict[str, Any]]:
        """Buttons: the moves from this state that this person may make, with what still stands against them.

        What takes something away comes last and is never the button that invites.
        """
        moves = sorted(obj.state_table.moves_from(obj.state), key=lambda move: move.is_a_step_back)
        return [
            {
                "verb": move.verb,
                "is_a_step_back": move.is_a_step_back,
                "url": reverse(
                    f"admin:{self.opts.app_label}_{self.opts.model_name}_move", args=[obj.pk, move.target]
                ),
                "breaches": breaches_of(obj, move, now()),
            }
            for move in moves
            if move.may and move.target in self.moves and obj.state_table.allows(move, request.user, obj)
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None:
            extra |= {
                "offered_moves": self.offered_moves(request, obj),
                "transitions": _course(obj),
            }
        return super().change_view(request, object_id, form_url, extra)

    def said_after(self, obj: Case, move: Move) -> str:
        """The confirmation of a move, in the words of what has happened."""
        return str(move.done or _("Zapisano."))

    @csrf_protect_m
    def move_view(self, request: HttpRequest, pk: int, to: str) -> HttpResponse:
        """Asks for confirmation and a reason, then calls the action."""
        obj = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        move = obj.state_table.move(obj.state, to)
        if move is None or to not in self.moves:
            self.message_user(
                request,
                _("Tej zmiany stanu nie można już wykonać: sprawa jest w innym stanie."),
                messages.ERROR,
            )
            return redirect(self._change_url(obj))
        if not obj.state_table.allows(move, request.user, obj):
            raise PermissionDenied
        form = self.move_form(obj, to, request.POST if request.method == "POST" else None)
        if "reason" in form.fields:
            form.fields["reason"].required = move.requires_reason
        if request.method == "POST" and form.is_valid() and self._move(request, obj, to, form):
            self.message_user(request, self.said_after(obj, move), messages.SUCCESS)
            return redirect(self._change_url(obj))
        context = {
            **self.admin_site.each_context(request),
            "title": move.verb,
            "opts": self.opts,
            "original": obj,
            "move": move,
            "form": form,
            "links": self.move_links(obj, to),
            "breaches": breaches_of(obj, move, now()),
        }
        return render(request, "admin/case_move.html", context)

    def move_form(self, obj: Case, to: str, data) -> forms.Form:
        """What the step asks; overridden where it begins with what the case says already."""
        return self.move_forms.get(to, ReasonForm)(data)

    def move_links(self, obj: Case, to: str) -> list[tuple[Any, str]]:
        """What to look at before the step: (words, address)."""
        return []

    def _move(self, request, obj: Case, to: str, form: forms.Form) -> bool:
        try:
            self.moves[to](obj, by=request.user, at=now(), **form.cleaned_data)
        except LawBreached as refused:
            for breach in refused.breaches:
                form.add_error(breach.field if breach.field in form.fields else None, f"{breach.message}")
            return False
        except MoveRefused:
            form.add_error(None, _("Tej zmiany stanu nie można już wykonać: sprawa jest w innym stanie."))
            return False
        return True

    def _change_url(self, obj) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
