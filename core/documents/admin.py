"""Files and proofs of publication on the desk, for the admin of any record."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.common.clock import now
from core.legal.rules import LawBreached

from . import actions
from .forms import AttachmentForm, PublicationForm, RemovalForm, ReplacementForm, TakedownForm
from .models import Attachment, PublicationProof
from .queries import attachments_of, proofs_of


class DocumentsAdminMixin:
    """Put before the ModelAdmin of a record: its change page gets the files and the proofs, with buttons.

    Whoever may change the record may change them. The panel is ``admin/documents/panel.html``; a change
    page shows it when ``documents_panel`` is in its context.
    """

    def get_urls(self):
        views = [
            ("pliki/dodaj/", self.add_file_view, "add_file"),
            ("pliki/<int:item>/zastap/", self.replace_file_view, "replace_file"),
            ("pliki/<int:item>/usun/", self.remove_file_view, "remove_file"),
            ("publikacje/odnotuj/", self.record_publication_view, "record_publication"),
            ("publikacje/<int:item>/zdjecie/", self.record_takedown_view, "record_takedown"),
        ]
        own = [
            path(f"<int:pk>/{route}", self.admin_site.admin_view(view), name=self._url_name(verb))
            for route, view, verb in views
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if record is not None and self.has_view_permission(request, record):
            extra["documents_panel"] = self.documents_panel(request, record)
        return super().change_view(request, object_id, form_url, extra)

    def documents_panel(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """What the panel shows: files and proofs, each with the addresses of its buttons."""
        may_change = self.has_change_permission(request, record)
        return {
            "files": [
                {
                    "file": file,
                    "replace_url": self._url("replace_file", record, file),
                    "remove_url": self._url("remove_file", record, file),
                }
                for file in attachments_of([record])[record.pk]
            ],
            "proofs": [
                {"proof": proof, "takedown_url": self._url("record_takedown", record, proof)}
                for proof in proofs_of(record)
            ],
            "add_url": self._url("add_file", record) if may_change else "",
            "publish_url": self._url("record_publication", record) if may_change else "",
            "may_change": may_change,
        }

    # --- the pages behind the buttons -----------------------------------------------------------------

    @csrf_protect_m
    def add_file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = self._record(request, pk)

        def act(title: str, upload, audience: str) -> None:
            actions.attach(record, upload, title=title, audience=audience, by=request.user, at=now())

        return self._page(request, record, AttachmentForm, act, title=_("Dodaj plik"), done=_("Dodano plik."))

    @csrf_protect_m
    def replace_file_view(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        record = self._record(request, pk)
        file = self._item(Attachment.objects.current(), record, item)

        def act(upload, reason: str) -> None:
            actions.replace_attachment(file, upload, reason=reason, by=request.user, at=now())

        title, done = _("Dodaj nową wersję pliku"), _("Dodano nową wersję pliku.")
        return self._page(request, record, ReplacementForm, act, title=title, about=file, done=done)

    @csrf_protect_m
    def remove_file_view(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        record = self._record(request, pk)
        file = self._item(Attachment.objects.current(), record, item)

        def act(reason: str) -> None:
            actions.remove_attachment(file, reason=reason, by=request.user, at=now())

        return self._page(
            request, record, RemovalForm, act, title=_("Usuń plik"), about=file, done=_("Usunięto plik.")
        )

    @csrf_protect_m
    def record_publication_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = self._record(request, pk)

        def act(**fields: Any) -> None:
            actions.record_publication(record, **fields, by=request.user, at=now(), is_new=True)

        title, done = _("Odnotuj publikację"), _("Odnotowano publikację.")
        return self._page(request, record, PublicationForm, act, title=title, done=done)

    @csrf_protect_m
    def record_takedown_view(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        record = self._record(request, pk)
        proof = self._item(PublicationProof.objects.all(), record, item)

        def act(removed_on) -> None:
            actions.record_takedown(proof, removed_on=removed_on, by=request.user, at=now())

        title, done = _("Odnotuj zdjęcie ogłoszenia"), _("Odnotowano zdjęcie ogłoszenia.")
        return self._page(request, record, TakedownForm, act, title=title, about=proof, done=done)

    def _page(
        self,
        request: HttpRequest,
        record: Any,
        form_class: type[forms.BaseForm],
        act: Callable[..., None],
        *,
        title: Any,
        done: Any,
        about: Any = None,
    ) -> HttpResponse:
        """A form on a page of its own; when the action is done, back to the record."""
        form = form_class(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid() and _done(form, act):
            self.message_user(request, done, messages.SUCCESS)
            return redirect(self._change_url(record))
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": record,
            "about": about,
            "form": form,
            "errors": form.errors,
            "back_url": self._change_url(record),
        }
        return render(request, "admin/documents/form.html", context)

    # --- rows and addresses ---------------------------------------------------------------------------

    def _record(self, request: HttpRequest, pk: int) -> Any:
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        return record

    @staticmethod
    def _item(rows, record: Any, pk: int) -> Any:
        item = rows.of(record).filter(pk=pk).first()
        if item is None:
            raise Http404
        return item

    def _url_name(self, verb: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{verb}"

    def _url(self, verb: str, record: Any, item: Any = None) -> str:
        args = [record.pk] if item is None else [record.pk, item.pk]
        return reverse(f"admin:{self._url_name(verb)}", args=args)

    def _change_url(self, record: Any) -> str:
        return self._url("change", record)


def _done(form: forms.BaseForm, act: Callable[..., None]) -> bool:
    """Whether the action took what was typed; if not, its reasons stand beside the fields."""
    try:
        act(**form.cleaned_data)
    except LawBreached as refused:
        for breach in refused.breaches:
            form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
        return False
    except ValidationError as refused:
        form.add_error("upload" if "upload" in form.fields else None, refused)
        return False
    return True
