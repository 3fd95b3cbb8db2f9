"""Buttons of a desk page that are no moves of state: each opens a page that asks, then calls an action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused


class NothingForm(forms.Form):
    """A page that only asks whether to do it."""


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Powód"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True)
class Act:
    """One button. ``run(request, obj, form)`` calls the action and gives the record to show next."""

    label: Any
    run: Callable[[HttpRequest, Any, forms.BaseForm], Any]
    done: Any
    is_offered: Callable[[Any, Any], bool]
    form: type[forms.BaseForm] = NothingForm
    template: str = "admin/documents/form.html"


class ActsMixin:
    """Put before the ModelAdmin: ``acts`` by their word in the address; the change page shows ``offered_acts``."""

    acts: dict[str, Act] = {}

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        return [path("<int:pk>/czynnosc/<slug:word>/", view, name=name), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None:
            extra["offered_acts"] = self.offered_acts(request, obj)
        return super().change_view(request, object_id, form_url, extra)

    def offered_acts(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
        return [
            {"label": act.label, "url": reverse(name, args=[obj.pk, word])}
            for word, act in self.acts.items()
            if act.is_offered(request.user, obj)
        ]

    @csrf_protect_m
    def act_view(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        obj = get_object_or_404(self.get_queryset(request), pk=pk)
        act = self.acts.get(word)
        if act is None:
            raise Http404
        if not act.is_offered(request.user, obj):
            raise PermissionDenied
        form = self.act_form(act, request, obj)
        if request.method == "POST" and form.is_valid():
            shown = self._run(act, request, obj, form)
            if shown is not None:
                self.message_user(request, act.done, messages.SUCCESS)
                return redirect(change_url(shown))
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "opts": self.opts,
            "original": obj,
            "form": form,
            "errors": form.errors,
            "back_url": change_url(obj),
            "media": form.media,
        }
        return render(request, act.template, context)

    @staticmethod
    def act_form(act: Act, request: HttpRequest, obj: Any) -> forms.BaseForm:
        data = request.POST if request.method == "POST" else None
        return act.form(data, instance=obj) if issubclass(act.form, forms.ModelForm) else act.form(data)

    @staticmethod
    def _run(act: Act, request: HttpRequest, obj: Any, form: forms.BaseForm) -> Any:
        """The record to show, or None when the law says no; its reasons then stand in the form."""
        try:
            return act.run(request, obj, form)
        except LawBreached as refused:
            for breach in refused.breaches:
                form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
        except MoveRefused:
            form.add_error(None, _("Tej czynności nie można już wykonać: sprawa jest w innym stanie."))
        return None


def change_url(obj: Any) -> str:
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
