"""Joining two records on the desk: who is likely the same, both side by side, field by field."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now
from core.common.ties import from_roof
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions, law
from ..actions.merging import DOSSIER_CHOICES, PROFILE_CHOICES
from ..actions.profile import DOSSIER_FIELDS, dossier_of
from ..models import Merge, Organization
from ..permissions import is_registrar
from ..queries.duplicates import candidates, likely_twins, twin_groups
from ..queries.history import field_label

OWN, OTHERS = "own", "other"


def in_words(record: Any, name: str) -> str:
    """A value as people read it."""
    if hasattr(record, f"get_{name}_display"):
        return str(getattr(record, f"get_{name}_display")() or "")
    value = getattr(record, name)
    if isinstance(value, bool):
        return str(_("tak") if value else _("nie"))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


class MergeForm(forms.Form):
    """A choice for every field in which the two records differ; what only one of them has is proposed."""

    reason = forms.CharField(
        label=_("Powód"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("np. dwa wpisy tej samej organizacji, sprawdzono w KRS"),
    )

    def __init__(self, own: Organization, other: Organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sides = [(own, other, PROFILE_CHOICES), (dossier_of(own), dossier_of(other), DOSSIER_CHOICES)]
        for mine, theirs, names in sides:
            for name in names:
                self._offer(mine, theirs, name)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def _offer(self, mine: Any, theirs: Any, name: str) -> None:
        said = in_words(mine, name), in_words(theirs, name)
        if getattr(mine, name) == getattr(theirs, name) or said[0] == said[1] or not said[1]:
            return
        self.fields[f"f_{name}"] = forms.ChoiceField(
            label=field_label(name) or name,
            choices=[(OWN, said[0] or _("(puste)")), (OTHERS, said[1])],
            initial=OTHERS if not said[0] else OWN,
            widget=forms.RadioSelect,
        )

    @property
    def taken(self) -> list[str]:
        """Names of the fields whose value comes from the other record."""
        return [
            name.removeprefix("f_")
            for name, value in self.cleaned_data.items()
            if value == OTHERS and name != "reason"
        ]


class MergingDesk(admin.ModelAdmin):
    """Adds the pages of joining to the desk of profiles."""

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("powtorzone/", own(self.twins_view), name="organizations_organization_twins"),
            path(
                "<int:pk>/polacz/", own(self.choose_twin_view), name="organizations_organization_choose_twin"
            ),
            path(
                "<int:pk>/polacz/<int:other>/", own(self.merge_view), name="organizations_organization_merge"
            ),
            *super().get_urls(),
        ]

    def twins_view(self, request: HttpRequest) -> HttpResponse:
        """Groups of records that look like one organisation."""
        _require_registrar(request)
        return self._desk_page(request, "twins", _("Możliwe powtórzenia"), groups=twin_groups())

    def choose_twin_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which other record: the likely ones, and a search."""
        _require_registrar(request)
        organization = get_object_or_404(Organization, pk=pk)
        asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
        rows = candidates().exclude(pk=pk).for_list()
        found = list(self.get_search_results(request, rows, asked)[0][:20]) if asked else []
        return self._desk_page(
            request,
            "choose_twin",
            _("Połącz z innym wpisem"),
            original=organization,
            twins=likely_twins(organization),
            found=found,
            asked=asked,
        )

    @csrf_protect_m
    def merge_view(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        """Both records side by side; the first one stays."""
        _require_registrar(request)
        own = get_object_or_404(Organization, pk=pk)
        twin = get_object_or_404(Organization, pk=other)
        form = MergeForm(own, twin, request.POST if request.method == "POST" else None)
        breaches = law.merge_breaches(own.state, twin.state, is_same=own.pk == twin.pk)
        if request.method == "POST" and form.is_valid() and self._merge(request, own, twin, form):
            messages.success(request, _("Połączono wpisy. Dawny adres prowadzi teraz tutaj."))
            return redirect("admin:organizations_organization_change", own.pk)
        numbers = [{n: getattr(row, n) for n in law.UNIQUE_NUMBERS} for row in (own, twin)]
        hanging = [(tie, tie.rows(twin).count()) for tie in from_roof("organization_ties") if not tie.stays]
        return self._desk_page(
            request,
            "merge",
            _("Połącz wpisy"),
            original=own,
            twin=twin,
            form=form,
            breaches=breaches,
            differing=[field_label(n) for n in law.differing_numbers(*numbers)],
            hanging=[(_rows_label(tie), count) for tie, count in hanging if count],
        )

    @staticmethod
    def _merge(request, own: Organization, twin: Organization, form: MergeForm) -> bool:
        try:
            actions.merge(
                own, twin, taken=form.taken, by=request.user, at=now(), reason=form.cleaned_data["reason"]
            )
        except LawBreached as refused:
            for breach in refused.breaches:
                name = f"f_{breach.field}"
                form.add_error(name if name in form.fields else None, law.named(breach))
            return False
        except MoveRefused:
            form.add_error(None, _("Nie można już połączyć tych wpisów: jeden z nich jest w innym stanie."))
            return False
        return True

    def history_view(self, request, object_id, extra_context=None):
        """With what happened to the records that were joined to this one."""
        obj = self.get_object(request, object_id)
        if obj is None or not self.has_view_permission(request, obj):
            raise PermissionDenied
        keys = [obj.pk, *obj.absorbed.values_list("pk", flat=True)]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Historia: %(name)s") % {"name": obj},
            "opts": self.opts,
            "original": obj,
            "entries": AuditEntry.objects.of_all(Organization, keys).select_related("by"),
        }
        return render(request, "admin/history.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may = is_registrar(request.user) and object_id.isdigit()
        extra = (
            {"merge_url": reverse("admin:organizations_organization_choose_twin", args=[object_id])}
            if may
            else {}
        )
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    def changelist_view(self, request, extra_context=None):
        extra = {"is_registrar": is_registrar(request.user)}
        return super().changelist_view(request, {**(extra_context or {}), **extra})

    def _desk_page(self, request, name: str, title: Any, **facts: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **facts}
        return render(request, f"admin/organizations/{name}.html", context)


def _rows_label(tie) -> str:
    return str(tie.label or apps.get_model(tie.model)._meta.verbose_name_plural)


def _require_registrar(request: HttpRequest) -> None:
    if not is_registrar(request.user):
        raise PermissionDenied


@admin.register(Merge)
class MergeAdmin(OfficialAdmin):
    """The traces, for reading."""

    list_display = ["absorbed", "survivor", "at", "by"]
    list_select_related = ["absorbed", "survivor", "by"]
    search_fields = ["survivor__folded_name", "absorbed__folded_name"]
    fields = ["survivor", "absorbed", "at", "by", "reason", "taken_labels", "former_facts", "moved_facts"]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return is_registrar(request.user) or super().has_view_permission(request, obj)

    @admin.display(description=_("dane wzięte z dołączonego wpisu"))
    def taken_labels(self, merge: Merge) -> str:
        return ", ".join(field_label(name) or DOSSIER_NAMES.get(name, name) for name in merge.taken) or "–"

    @admin.display(description=_("dawny adres, nazwy i numery"))
    def former_facts(self, merge: Merge) -> str:
        return "; ".join(f"{field_label(k) or k}: {v}" for k, v in merge.former.get("absorbed", {}).items())

    @admin.display(description=_("co przeniesiono"))
    def moved_facts(self, merge: Merge) -> str:
        labels = {tie.name: _rows_label(tie) for tie in from_roof("organization_ties")}
        return (
            "; ".join(f"{labels.get(name, name)}: {len(keys)}" for name, keys in merge.moved.items()) or "–"
        )


DOSSIER_NAMES = {name: field_label(name) for name in DOSSIER_FIELDS}
