"""Rows that are read and decided on: one way for all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin, ReasonForm
from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import law
from ..permissions import is_registrar


@dataclass(frozen=True)
class Decision:
    """One button: what it is called, the action behind it, and when it is offered."""

    verb: Any
    act: Callable[..., Any]
    is_offered: Callable[[Any], bool]
    requires_reason: bool = False
    confirm: Any = ""
    done: Any = ""


class DecisionAdmin(OfficialAdmin):
    """Rows that are read and decided on, never edited by hand; only who keeps the registry decides."""

    decisions: dict[str, Decision] = {}
    change_form_template = "admin/organizations/decision_change_form.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_decide"
        decide = path("<int:pk>/decyzja/<slug:key>/", self.admin_site.admin_view(self.decide_view), name=name)
        return [decide, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        offered = [] if obj is None or not is_registrar(request.user) else self.offered(obj)
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "decisions": offered}
        )

    def offered(self, obj) -> list[dict[str, Any]]:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_decide"
        return [
            {
                "verb": decision.verb,
                "is_a_step_back": decision.requires_reason,
                "url": reverse(name, args=[obj.pk, key]),
            }
            for key, decision in self.decisions.items()
            if decision.is_offered(obj)
        ]

    @csrf_protect_m
    def decide_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """Asks for the reason, then calls the action."""
        obj = get_object_or_404(self.get_queryset(request), pk=pk)
        decision = self.decisions.get(key)
        if decision is None or not is_registrar(request.user):
            raise PermissionDenied
        back = redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", obj.pk)
        if not decision.is_offered(obj):
            self.message_user(request, _("Ta sprawa jest już rozstrzygnięta."), messages.ERROR)
            return back
        form = self.decision_form(request, decision)
        if request.method == "POST" and form.is_valid() and self._decide(request, obj, decision, form):
            self.message_user(request, decision.done or _("Zapisano."), messages.SUCCESS)
            return back
        context = {
            **self.admin_site.each_context(request),
            "title": decision.verb,
            "opts": self.opts,
            "original": obj,
            "move": decision,
            "form": form,
        }
        return render(request, "admin/case_move.html", context)

    def decision_form(self, request: HttpRequest, decision: Decision) -> forms.Form:
        form = ReasonForm(request.POST or None)
        form.fields["reason"].required = decision.requires_reason
        return form

    def _decide(self, request, obj, decision: Decision, form) -> bool:
        try:
            decision.act(obj, by=request.user, at=now(), **form.cleaned_data)
        except LawBreached as refused:
            for breach in refused.breaches:
                form.add_error(breach.field if breach.field in form.fields else None, law.named(breach))
            return False
        except MoveRefused:
            form.add_error(None, _("Ta sprawa jest już rozstrzygnięta."))
            return False
        return True
