"""Mandates on the desk."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.scope import has_role
from core.common.clock import now

from .. import actions
from ..models import Mandate
from ..permissions import is_registrar
from .decisions import Decision, DecisionAdmin
from .queue import RegistryQueue


def grant(mandate: Mandate, *, by, at, reason: str = "") -> Mandate:
    """The button has a reason field like all others; granting keeps the evidence instead."""
    return actions.grant_mandate(mandate, by=by, at=at)


class MandateForm(forms.ModelForm):
    """A mandate that the office has checked itself."""

    def clean(self):
        data = super().clean()
        if not data.get("evidence", "").strip():
            self.add_error("evidence", _("napisz, z czego wynika uprawnienie"))
        if "user" in data and "organization" in data:
            same = Mandate.objects.filter(user=data["user"], organization=data["organization"], ended_at=None)
            if same.filter(role=data.get("role")).exists():
                self.add_error("role", _("ta osoba ma już tę rolę albo o nią prosi"))
            if not data["organization"].is_public:
                self.add_error("organization", _("wybierz organizację z publicznym profilem"))
        return data


@admin.register(Mandate)
class MandateAdmin(RegistryQueue, DecisionAdmin):
    form = MandateForm
    decisions = {
        "nadaj": Decision(_("Nadaj upoważnienie"), grant, lambda m: m.is_requested, confirm=_("Sprawdź podstawę w rejestrze albo w dokumencie."), done=_("Nadano upoważnienie.")),
        "zwroc": Decision(_("Zwróć do uzupełnienia"), actions.return_mandate, lambda m: m.is_requested, requires_reason=True, done=_("Zwrócono prośbę do uzupełnienia.")),
        "odmow": Decision(_("Odmów"), actions.refuse_mandate, lambda m: m.is_requested, requires_reason=True, done=_("Odmówiono upoważnienia.")),
        "odwolaj": Decision(
            _("Odwołaj upoważnienie"),
            actions.revoke_mandate,
            lambda m: m.verified_at is not None and m.ended_at is None,
            requires_reason=True,
            done=_("Odwołano upoważnienie."),
        ),
    }  # fmt: skip
    list_display = ["organization", "user", "role", "state", "valid_from", "valid_until", "requested_at"]
    list_filter = ["state", "role"]
    list_select_related = ["organization", "user"]
    search_fields = ["organization__folded_name", "user__email", "user__full_name"]
    autocomplete_fields = ["organization", "user"]
    fields = ["organization", "user", "role", "evidence", "valid_from", "valid_until"]

    def get_fields(self, request, obj=None):
        decided = [
            "state",
            "requested_at",
            "verified_at",
            "verified_by",
            "ended_at",
            "ended_by",
            "end_reason",
            "word_to_office",
        ]
        return [*self.fields, *decided] if obj else self.fields

    def has_view_permission(self, request, obj=None):
        return is_registrar(request.user) or has_role(request.user, Role.AUDITOR)

    def has_add_permission(self, request):
        return is_registrar(request.user)

    def save_model(self, request, obj, form, change):
        """Only new ones come here: they are granted at once, on the evidence that the office has seen."""
        made = actions.assign_mandate(
            obj.organization,
            user=obj.user,
            role=obj.role,
            evidence=obj.evidence,
            valid_from=obj.valid_from,
            valid_until=obj.valid_until,
            by=request.user,
            at=now(),
        )
        obj.pk = made.pk
