"""Notices of the partner finder on the desk: read, and taken down with a reason."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.scope import has_role

from .. import actions
from ..models import PartnerNotice
from ..permissions import is_registrar
from .decisions import Decision, DecisionAdmin


@admin.register(PartnerNotice)
class PartnerNoticeAdmin(DecisionAdmin):
    decisions = {
        "zdejmij": Decision(
            _("Zdejmij ogłoszenie"),
            actions.withdraw_notice,
            lambda notice: notice.withdrawn_at is None,
            requires_reason=True,
            confirm=_("Organizacja dostanie list z powodem."),
            done=_("Zdjęto ogłoszenie."),
        )
    }
    list_display = ["title", "organization", "kind", "valid_until", "withdrawn_at"]
    list_filter = ["kind", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["organization"]
    search_fields = ["title", "organization__folded_name"]
    fields = [
        "organization",
        "kind",
        "title",
        "text",
        "sphere",
        "target_group",
        "district",
        "valid_until",
        "created_at",
        "changed_at",
        "withdrawn_at",
        "withdrawal_reason",
    ]

    def has_view_permission(self, request, obj=None):
        return is_registrar(request.user) or has_role(request.user, Role.AUDITOR)
