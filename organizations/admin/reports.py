"""Reported errors on the desk (R-ORG-20)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.scope import has_role

from .. import actions
from ..models import ErrorReport
from ..permissions import is_registrar
from .decisions import Decision, DecisionAdmin


def close_report(report: ErrorReport, *, by, at, reason: str = "") -> ErrorReport:
    return actions.close_error_report(report, outcome=reason, by=by, at=at)


@admin.register(ErrorReport)
class ErrorReportAdmin(DecisionAdmin):
    decisions = {
        "zalatwione": Decision(
            _("Zapisz, co zrobiono"),
            close_report,
            lambda r: r.handled_at is None,
            requires_reason=True,
            done=_("Zapisano, co zrobiono."),
        )
    }
    list_display = ["organization", "text", "reported_at", "handled_at"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["organization"]
    search_fields = ["organization__folded_name"]
    fields = ["organization", "notice", "text", "email", "reported_at", "handled_at", "handled_by", "outcome"]

    def has_view_permission(self, request, obj=None):
        return is_registrar(request.user) or has_role(request.user, Role.AUDITOR)
