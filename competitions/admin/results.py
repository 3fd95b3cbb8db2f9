"""Writing down the results of a call. They are public only once the call's button publishes them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin, OfficialInline

from ..enums import EVALUATED
from ..models import Award, CallResult, RejectedOffer
from ..permissions import EDITORS
from ..queries.committee import is_judged_here
from .rows import AuditedRowsMixin


class AwardInline(OfficialInline):
    model = Award
    exclude = [
        "organization",
        "score_label",
    ]  # the registry is matched by name when the results are published


class RejectedInline(OfficialInline):
    model = RejectedOffer


@admin.register(CallResult)
class CallResultAdmin(AuditedRowsMixin, OfficialAdmin):
    editors = EDITORS
    unit_lookup = "call__unit"
    list_display = ["call", "offers_submitted", "formally_rejected", "funded", "published_on"]
    list_select_related = ["call"]
    search_fields = ["call__title", "call__number"]
    readonly_fields = ["call", "published_on"]
    inlines = [AwardInline, RejectedInline]
    fieldsets = [
        (
            _("Oferty"),
            {
                "fields": [
                    "call",
                    "published_on",
                    "offers_submitted",
                    "formally_rejected",
                    "late_offers",
                    "funded",
                ]
            },
        ),
        (_("Ocena"), {"fields": ["mean_score", "committee_note", "previous_edition_applicants"]}),
        (_("Decyzja"), {"fields": ["ordinance_number", "contract_number", "note"]}),
    ]

    def get_inlines(self, request, obj):
        """Offers judged in the portal come from the proposal, and are not typed a second time."""
        return [] if obj is not None and is_judged_here(obj.call) else self.inlines

    def get_readonly_fields(self, request, obj=None):
        counted = ["offers_submitted", "formally_rejected", "funded", "mean_score", "committee_note"]
        is_counted = obj is not None and is_judged_here(obj.call)
        return [*self.readonly_fields, *(counted if is_counted else [])]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """Published results are not edited."""
        return super().has_change_permission(request, obj) and (obj is None or obj.call.state in EVALUATED)
