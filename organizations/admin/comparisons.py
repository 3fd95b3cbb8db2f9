"""What the public registers said about a profile, on the desk: facts side by side, and a button to ask again."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.accounts.roles import Role
from core.city.scope import has_role
from core.common.clock import now
from core.common.formats import partial_date

from .. import actions, registers
from ..enums import Agreement, LegalForm, Register
from ..models import Organization, RegisterComparison
from ..permissions import is_registrar

FACTS = {
    "name": gettext_lazy("Nazwa"),
    "legal_form": gettext_lazy("Forma prawna"),
    "krs": gettext_lazy("KRS"),
    "nip": gettext_lazy("NIP"),
    "regon": gettext_lazy("REGON"),
    "address": gettext_lazy("Ulica i numer"),
    "postal_code": gettext_lazy("Kod pocztowy"),
    "locality": gettext_lazy("Miejscowość"),
    "representation": gettext_lazy("Sposób reprezentacji"),
    "people": gettext_lazy("Liczba osób"),
    "has_opp_status": gettext_lazy("OPP"),
    "registered": gettext_lazy("Wpis do rejestru"),
}
# State of a tag in the design for each agreement.
_TAGS = {Agreement.AGREES: "ok", Agreement.DIFFERS: "alert", Agreement.UNKNOWN: "neutral"}


class RegisterChecks:
    """Put before the ModelAdmin of organisations: »register_checks« is a field to show, »rejestry/« asks anew."""

    def get_urls(self):
        ask = path(
            "<int:pk>/rejestry/",
            self.admin_site.admin_view(self.ask_registers_view),
            name="organizations_organization_ask_registers",
        )
        return [ask, *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "register_checks"]

    def get_fieldsets(self, request, obj=None):
        """The comparison stands first on the page of a profile, for who keeps the registry and the auditor."""
        groups = super().get_fieldsets(request, obj)
        may_read = is_registrar(request.user) or has_role(request.user, Role.AUDITOR)
        if obj is None or not may_read:
            return groups
        return [(_("Rejestry publiczne"), {"fields": ["register_checks"]}), *groups]

    @admin.display(description=gettext_lazy("porównanie"))
    def register_checks(self, obj: Organization) -> str:
        latest: dict[str, RegisterComparison] = {}
        for row in obj.comparisons.select_related("asked_by"):
            latest.setdefault(row.register, row)
        return render_to_string(
            "admin/organizations/register_checks.html",
            {
                "comparisons": [
                    {"comparison": row, "rows": [_shown(fact) for fact in row.rows]}
                    for row in latest.values()
                ],
                "others": obj.duplicate_decisions.select_related("other", "decided_by"),
                "may_ask": any(registers.is_on(register) for register in Register),
                "ask_url": reverse("admin:organizations_organization_ask_registers", args=[obj.pk]),
            },
        )

    @csrf_protect_m
    def ask_registers_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The button: a task asks, the page shows the answer when it is there."""
        return require_POST(self._ask_registers)(request, pk)

    def _ask_registers(self, request: HttpRequest, pk: int) -> HttpResponse:
        obj = get_object_or_404(self.get_queryset(request), pk=pk)
        if not is_registrar(request.user):
            raise PermissionDenied
        actions.request_comparison(obj, by=request.user, at=now())
        said = _("Pytamy rejestry. Odśwież stronę za chwilę, żeby zobaczyć odpowiedź.")
        self.message_user(request, said, messages.SUCCESS)
        # asked from the queue, the official goes on there
        back, host = request.POST.get("back", ""), {request.get_host()}
        if url_has_allowed_host_and_scheme(back, host, require_https=request.is_secure()):
            return redirect(back)
        return redirect("admin:organizations_organization_change", obj.pk)


def _shown(fact: dict[str, str]) -> dict[str, Any]:
    agreement = Agreement(fact["agreement"])
    return {
        "label": FACTS.get(fact["field"], fact["field"]),
        "ours": _in_words(fact["field"], fact["ours"]),
        "theirs": _in_words(fact["field"], fact["theirs"]),
        "tag": _TAGS[agreement],
        "agreement": agreement.label,
        "is_hidden": fact["field"] == "representation",
    }


def _in_words(name: str, value: str) -> str:
    if name == "registered":
        return partial_date(value)
    return str(LegalForm(value).label) if name == "legal_form" and value in LegalForm.values else value
