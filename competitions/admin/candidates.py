"""The pool of candidates on the desk (R-CALL-30)."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.desk import CaseAdmin
from core.city.scope import own_units, sees_all_units

from ..actions import committee as actions
from ..enums import CandidateState
from ..models import CommitteeCandidate

# Who prepares notices has no business with the names of candidates and members.
KEEPERS = (Role.CALL_MANAGER,)


@admin.register(CommitteeCandidate)
class CandidateAdmin(CaseAdmin):
    """The pool: those of calls of the own unit, and the yearly base, which every call manager uses."""

    editors = KEEPERS
    moves = {CandidateState.ACCEPTED: actions.accept, CandidateState.REFUSED: actions.refuse}
    list_display = ["full_name", "year", "call", "naming_organization", "state_label"]
    list_filter = ["state", "year", "spheres"]
    list_select_related = ["call", "naming_organization"]
    search_fields = ["full_name"]
    readonly_fields = [
        "full_name",
        "email",
        "phone",
        "naming_organization",
        "is_confirmed_by_organization",
        "call",
        "year",
        "shown_spheres",
        "shown_organizations",
        "experience",
        "has_full_rights",
        "consented_at",
        "applied_at",
    ]
    fields = ["state_label", *readonly_fields]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if sees_all_units(request.user):
            return rows
        units = own_units(request.user, *KEEPERS)
        return rows.filter(Q(call__isnull=True) | Q(call__unit__in=units))

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("wskazanie potwierdzone przez organizację"), boolean=True)
    def is_confirmed_by_organization(self, obj: CommitteeCandidate) -> bool:
        return obj.named_by_id is not None

    @admin.display(description=_("sfery"))
    def shown_spheres(self, obj: CommitteeCandidate) -> str:
        return ", ".join(str(sphere) for sphere in obj.spheres.all())

    @admin.display(description=_("organizacje, w których działa"))
    def shown_organizations(self, obj: CommitteeCandidate) -> str:
        return ", ".join(str(one) for one in obj.organizations.all()) or "–"
