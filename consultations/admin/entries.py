"""Registering what came on paper, by mail, by telephone or at a meeting."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from core.common.clock import now
from core.legal.rules import LawBreached

from .. import actions
from ..forms.entries import EntryForm
from ..forms.remarks import remark_formset
from ..models import Consultation, Submission
from ..permissions import may_answer
from ..views.participant import PREFIX, ROW_BUTTONS, changed_rows
from .acting import add_breaches


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
        if (
            data is not None
            and form.is_valid()
            and rows.is_valid()
            and (made := self.entered(request, obj, form, rows))
        ):
            names = ", ".join(remark.name for remark in made.remarks.order_by("number"))
            text = _("Wpisano zgłoszenie %(number)s. Uwagi: %(names)s.")
            self.message_user(request, text % {"number": made.number, "names": names}, messages.SUCCESS)
            return redirect(self.url("change", obj))
        context = {
            "form": form,
            "rows": rows,
            "lost_files": [upload.name for upload in request.FILES.getlist("files")],
            "title": _("Wpisz uwagi"),
        }
        return self.page(request, obj, "consultations/admin/entry.html", context)

    @staticmethod
    def entered(request: HttpRequest, obj: Consultation, form: EntryForm, rows: Any) -> Submission | None:
        """What was registered; None when it was refused, with the reasons in the form."""
        fields = {name: form.cleaned_data[name] for name in ("channel", "received_at", "files", "form_key")}
        who = {"sender": form.sender, "by": request.user}
        try:
            return actions.enter_submission(obj, **who, remarks=rows.texts, **fields, at=now())
        except (LawBreached, ValidationError) as refused:
            add_breaches(form, refused)
            return None
