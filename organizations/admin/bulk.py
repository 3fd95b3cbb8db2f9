"""Bulk updates on the desk: a file, its columns, the preview, and only then the base."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now
from core.common.exports import Column, csv_response
from core.documents.checks.refusal import Refused
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions
from ..actions.bulk_values import FIELDS
from ..enums import BulkState, Handling, RowKind
from ..models import BulkRow, BulkUpdate
from ..permissions import is_registrar
from ..queries.bulk import in_words, samples_of
from ..tasks import apply_bulk_update, read_bulk_update

PER_PAGE = 50
RUNNING = (BulkState.READING, BulkState.APPLYING)
RESULT_COLUMNS = [
    Column("row", _("Wiersz"), lambda r: r.number),
    Column("name", _("Nazwa"), lambda r: r.name),
    Column("kind", _("Rodzaj"), lambda r: r.get_kind_display()),
    Column(
        "changes",
        _("Zmiany"),
        lambda r: "; ".join(f"{label}: {old} → {new}" for label, old, new in in_words(r)),
    ),
    Column("note", _("Uwagi"), lambda r: r.note),
    Column("outcome", _("Co zrobiono"), lambda r: r.outcome),
    Column("url", _("Adres w bazie"), lambda r: r.organization.get_absolute_url() if r.organization else ""),
]


def send(task, update: BulkUpdate) -> None:
    """Wakes a worker after the commit; when the broker is away, the timetable takes the update up."""
    transaction.on_commit(
        partial(task.apply_async, [update.pk], retry=False, ignore_result=True), robust=True
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Plik CSV albo XLSX"),
        help_text=_(
            "Pierwszy wiersz z nazwami kolumn, najwyżej 50 000 wierszy i 30 MB. Po wczytaniu zobaczysz podgląd."
        ),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx"}),
    )
    source = forms.CharField(
        label=_("Skąd dane"),
        max_length=300,
        help_text=_("np. ewidencja klubów sportowych, stan na 1 czerwca"),
    )


class MappingForm(forms.Form):
    """One choice per column of the file; a field may be meant once."""

    def __init__(self, update: BulkUpdate, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.update, samples = update, samples_of(update)
        choices = [("", _("pomiń tę kolumnę")), *((f.name, f.label) for f in FIELDS.values())]
        for number, name in enumerate(update.columns):
            if not name:
                continue
            shown = ", ".join(samples.get(number, []))
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=name,
                choices=choices,
                required=False,
                initial=update.mapping.get(str(number), ""),
                help_text=_("na przykład: %(values)s") % {"values": shown} if shown else "",
            )

    def clean(self):
        data = super().clean()
        seen: dict[str, str] = {}
        for name, field in list(data.items()):
            if field and field in seen:
                self.add_error(name, _("tę daną ma już inna kolumna: wybierz jedną z nich"))
            elif field:
                seen[field] = name
        if not seen:
            raise forms.ValidationError(_("Wskaż co najmniej jedną kolumnę."))
        return data

    @property
    def mapping(self) -> dict[str, str]:
        return {name.removeprefix("c"): field for name, field in self.cleaned_data.items() if field}


class ApplyForm(forms.Form):
    handling = forms.ChoiceField(
        label=_("Dane rejestrowe i profile potwierdzone przez organizacje"),
        choices=Handling,
        initial=Handling.PROPOSE,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Powód"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    is_meant = forms.BooleanField(label=_("Zapisz zmiany w bazie. Bez tego znaku nic się nie zmieni."))


@admin.register(BulkUpdate)
class BulkUpdateAdmin(OfficialAdmin):
    """Only who keeps the registry gets here."""

    list_display = ["original_name", "source", "state", "row_count", "uploaded_by", "uploaded_at"]
    list_filter = ["state"]
    list_select_related = ["uploaded_by"]

    def has_view_permission(self, request, obj=None):
        return is_registrar(request.user)

    def has_add_permission(self, request):
        return is_registrar(request.user)

    def has_change_permission(self, request, obj=None):
        return is_registrar(request.user)

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("<int:pk>/kolumny/", own(self.mapping_view), name="organizations_bulkupdate_mapping"),
            path("<int:pk>/zastosuj/", own(self.apply_view), name="organizations_bulkupdate_apply"),
            path("<int:pk>/porzuc/", own(self.drop_view), name="organizations_bulkupdate_drop"),
            path("<int:pk>/postep/", own(self.progress_view), name="organizations_bulkupdate_progress"),
            path("<int:pk>/wynik.csv", own(self.result_view), name="organizations_bulkupdate_result"),
            *super().get_urls(),
        ]

    # --- pages ------------------------------------------------------------------------------------
    @csrf_protect_m
    def add_view(self, request, form_url="", extra_context=None):
        if not is_registrar(request.user):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = UploadForm(request.POST if is_sent else None, request.FILES if is_sent else None)
        if is_sent and form.is_valid():
            try:
                made = actions.upload_bulk_update(
                    form.cleaned_data["file"], source=form.cleaned_data["source"], by=request.user, at=now()
                )
            except Refused as refused:
                form.add_error("file", [message.removeprefix("Plik: ") for message in refused.messages])
            else:
                return redirect("admin:organizations_bulkupdate_mapping", made.pk)
        return self._page(request, "upload", _("Wczytaj plik z organizacjami"), form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The preview and the result: counts by kind, the rows, and what can be done next."""
        update = self._update(request, object_id)
        if update.state == BulkState.MAPPING:
            return redirect("admin:organizations_bulkupdate_mapping", update.pk)
        kind = request.GET.get("rodzaj", "")
        rows = update.rows.select_related("organization").order_by("number")
        rows = rows.filter(kind=kind) if kind in RowKind.values else rows
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("strona"))
        return self._page(
            request,
            "preview",
            str(update),
            update=update,
            counts=self._counts(update, kind),
            kind=kind,
            page=page,
            shown=[(row, in_words(row)) for row in page],
            form=ApplyForm(),
            is_running=update.state in RUNNING,
        )

    @staticmethod
    def _counts(update: BulkUpdate, chosen: str) -> list[dict[str, Any]]:
        found = dict(update.rows.order_by().values_list("kind").annotate(Count("pk")))
        return [
            {"kind": kind, "label": kind.label, "count": found.get(kind, 0), "is_chosen": kind == chosen}
            for kind in RowKind
        ]

    @csrf_protect_m
    def mapping_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        update = self._update(request, pk)
        form = MappingForm(update, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                actions.map_columns(update, form.mapping, by=request.user, at=now())
            except MoveRefused:
                messages.error(request, _("Ta aktualizacja jest już dalej. Wczytaj plik jeszcze raz."))
            else:
                send(read_bulk_update, update)
            return redirect("admin:organizations_bulkupdate_change", update.pk)
        return self._page(request, "mapping", _("Co znaczą kolumny"), update=update, form=form)

    @csrf_protect_m
    def apply_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        update = self._update(request, pk)
        form = ApplyForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                actions.start_bulk_update(
                    update, handling=data["handling"], reason=data["reason"], by=request.user, at=now()
                )
            except LawBreached as refused:
                for breach in refused.breaches:
                    form.add_error(breach.field, breach.message)
            except MoveRefused:
                messages.error(request, _("Tej aktualizacji nie można teraz zastosować."))
                return redirect("admin:organizations_bulkupdate_change", update.pk)
            else:
                send(apply_bulk_update, update)
                return redirect("admin:organizations_bulkupdate_change", update.pk)
        return self._page(
            request,
            "apply",
            _("Zastosuj aktualizację"),
            update=update,
            form=form,
            counts=self._counts(update, ""),
        )

    @csrf_protect_m
    def drop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        update = self._update(request, pk)
        if request.method == "POST":
            try:
                actions.drop_bulk_update(update, by=request.user, at=now())
            except MoveRefused:
                messages.error(request, _("Tej aktualizacji nie można już porzucić."))
        return redirect("admin:organizations_bulkupdate_changelist")

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bar, asked for again while a worker is busy; when it is done the whole page is shown anew."""
        update = self._update(request, pk)
        response = render(
            request,
            "admin/organizations/bulk/progress.html",
            {"update": update, "is_running": update.state in RUNNING},
        )
        if update.state not in RUNNING:
            response.headers["HX-Refresh"] = "true"
        return response

    def result_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every row with its outcome."""
        update = self._update(request, pk)
        rows = BulkRow.objects.filter(update=update).select_related("organization").order_by("number")
        return csv_response(rows.iterator(chunk_size=1000), RESULT_COLUMNS, f"aktualizacja-{update.pk}")

    def _update(self, request: HttpRequest, pk: Any) -> BulkUpdate:
        if not is_registrar(request.user):
            raise PermissionDenied
        return get_object_or_404(BulkUpdate, pk=pk if str(pk).isdecimal() else 0)

    def _page(self, request: HttpRequest, name: str, title: Any, **facts: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **facts}
        return render(request, f"admin/organizations/bulk/{name}.html", context)
