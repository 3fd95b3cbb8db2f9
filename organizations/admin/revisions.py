"""Changes of identity data on the desk (R-ORG-17)."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.scope import has_role

from .. import actions
from ..models import IdentityRevision
from ..permissions import is_registrar
from ..queries.comparison import compare_revision
from .decisions import Decision, DecisionAdmin


@admin.register(IdentityRevision)
class IdentityRevisionAdmin(DecisionAdmin):
    decisions = {
        "zatwierdz": Decision(_("Zatwierdź zmianę"), actions.approve_revision, lambda r: r.decided_at is None, done=_("Zatwierdzono zmianę.")),
        "odrzuc": Decision(_("Odrzuć zmianę"), actions.reject_revision, lambda r: r.decided_at is None, requires_reason=True, done=_("Odrzucono zmianę.")),
    }  # fmt: skip
    list_display = ["organization", "state", "proposed_at", "proposed_by", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["organization", "proposed_by"]
    search_fields = ["organization__folded_name"]
    fields = ["organization", "comparison", "reason", "proposed_by", "proposed_at", "changed_at", "state", "decided_by", "decided_at", "decision_reason"]  # fmt: skip
    readonly_fields = ["comparison"]

    def has_view_permission(self, request, obj=None):
        return is_registrar(request.user) or has_role(request.user, Role.AUDITOR)

    @admin.display(description=_("było i ma być"))
    def comparison(self, revision: IdentityRevision):
        context = {"compared": compare_revision(revision), "caption": _("Zmiana danych")}
        return render_to_string("organizations/people/compared.html", context)
