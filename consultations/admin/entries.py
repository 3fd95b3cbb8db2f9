"""Registering what came on paper, by mail, by telephone or at a meeting."""

from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..forms.remarks import EntryForm, remark_formset
from ..permissions import may_answer
from ..views.participant import PREFIX, ROW_BUTTONS, changed_rows
from .acting import done


class EntryDesk:
    """Put before the ModelAdmin of consultations: its page for entering remarks."""

    def get_urls(self):
        entry = path(
            "<int:pk>/zgloszenie/",
            self.admin_site.admin_view(self.entry_view),
            name="consultations_consultation_entry",
        )
        return [entry, *super().get_urls()]

    @csrf_protect_m
    def entry_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Registers remarks that came on paper, by mail, by telephone or at a meeting (R-CNS-12)."""
        obj = self.one(request, pk)
        if not may_answer(request.user, obj):
            raise PermissionDenied
        is_rows_button = any(button in request.POST for button in ROW_BUTTONS)
        data = request.POST if request.method == "POST" and not is_rows_button else None
        typed = changed_rows(request.POST) if is_rows_button else [{}]
        typed_fields = set(EntryForm.base_fields) - {"files"}
        sender = {name: request.POST.get(name, "") for name in typed_fields} if is_rows_button else None
        form = EntryForm(data, request.FILES if data else None, initial=sender, consultation=obj)
        rows = remark_formset(len(typed))(
            data, initial=typed, prefix=PREFIX, form_kwargs={"points": list(obj.points.all())}
        )
        if data is not None and form.is_valid() and rows.is_valid():
            fields = {
                "channel": form.cleaned_data["channel"],
                "received_at": form.cleaned_data["received_at"],
                "files": form.cleaned_data["files"],
                "form_key": form.cleaned_data["form_key"],
            }
            if done(
                form,
                actions.enter_submission,
                obj,
                sender=form.sender,
                remarks=rows.texts,
                by=request.user,
                **fields,
            ):
                self.message_user(request, _("Wpisano zgłoszenie."), messages.SUCCESS)
                return redirect(self.url("change", obj))
        context = {
            "form": form,
            "rows": rows,
            "lost_files": [upload.name for upload in request.FILES.getlist("files")],
            "title": _("Wpisz uwagi"),
        }
        return self.page(request, obj, "consultations/admin/entry.html", context)
