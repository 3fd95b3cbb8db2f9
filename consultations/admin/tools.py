"""The buttons beside a notice: its steps, and the ways to everything that belongs to it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..enums import State
from ..models import Consultation
from ..permissions import may_answer, may_run
from .panel import in_short

Links = list[tuple[Any, str]]


class ToolsDesk:
    """Put before the ModelAdmin of consultations."""

    def offered_moves(self, request: HttpRequest, obj: Consultation) -> list[dict[str, Any]]:
        moves = super().offered_moves(request, obj)
        announcing = reverse("admin:consultations_consultation_move", args=[obj.pk, State.ANNOUNCED])
        return [
            {**move, "breaches": in_short(move["breaches"])} if move["url"] == announcing else move
            for move in moves
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["tool_groups"] = self.tool_groups(request, obj, context)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def tool_groups(
        self, request: HttpRequest, obj: Consultation, context: dict[str, Any]
    ) -> list[tuple[Any, Links]]:
        """The buttons beside the notice under three names; files have theirs in their own part of the page."""
        work: Links = []
        if obj.has_notice:
            work.append((_("Uwagi i stanowiska"), self.url("answers", obj)))
        takes_entries = obj.state_now in (State.OPEN, State.CLOSED, State.ANALYSIS)
        if takes_entries and may_answer(request.user, obj):
            work.append((_("Wpisz uwagi z papieru lub e-maila"), self.url("entry", obj)))
        if report := getattr(obj, "report", None):
            work.append((_("Raport"), reverse("admin:consultations_report_change", args=[report.pk])))
        work += self.reach_links(request, obj)
        notice: Links = []
        is_running = obj.state_now in (State.ANNOUNCED, State.OPEN)
        if is_running and may_run(request.user, obj):
            notice.append((_("Przedłuż"), self.url("extend", obj)))
        if copy_url := context.get("copy_url"):
            notice.append((_("Utwórz kopię"), copy_url))
        files: Links = [(_("Pliki i publikacje"), "#pliki-sprawy")]
        if document_url := context.get("document_url"):
            files.insert(0, (_("Dokument"), document_url))
        if obj.has_notice:
            files += [
                (_("Tabela uwag CSV"), self.url("table_csv", obj)),
                (_("Tabela uwag XLSX"), self.url("table_xlsx", obj)),
            ]
        groups = [(_("Praca"), work), (_("Pliki"), files), (_("Ogłoszenie"), notice)]
        return [(name, links) for name, links in groups if links or name == groups[-1][0]]
