"""Invitations on the desk (R-CNS-25), and telling dialogue bodies (R-CNS-08)."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin
from core.city.scope import scoped
from core.common.clock import now
from core.legal import parameters
from core.legal.rules import LawBreached

from .. import actions, law
from ..emails.reach import invitation_letter
from ..enums import State
from ..forms.reach import InviteForm, TellBodiesForm
from ..models import Consultation, InvitationBatch, Submission
from ..permissions import may_run
from .acting import done

SHOWN = 200


def answered_q() -> Exists:
    """Whether the invited organisation has sent remarks of its own in the consultation."""
    sent = Submission.objects.valid().filter(
        consultation=OuterRef("consultation"), organization=OuterRef("organization")
    )
    return Exists(sent)


@admin.register(InvitationBatch)
class InvitationBatchAdmin(OfficialAdmin):
    """Rounds of invitations: chosen, looked at, sent; afterwards who opened and who answered."""

    editors = (Role.CONSULTATION_MANAGER,)
    unit_lookup = "consultation__unit"
    list_display = ["consultation", "sent_at", "sent_by", "invited_label", "opened_label"]
    list_filter = [("consultation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["consultation__unit", "sent_by"]
    search_fields = ["consultation__title"]
    date_hierarchy = "sent_at"

    def get_queryset(self, request):
        opened = Count("invitations", filter=Q(invitations__opened_on__isnull=False))
        return super().get_queryset(request).annotate(invited=Count("invitations"), opened=opened)

    @admin.display(description=_("zaproszono"))
    def invited_label(self, obj) -> int:
        return obj.invited

    @admin.display(description=_("otwarto"))
    def opened_label(self, obj) -> int:
        return obj.opened

    def consultations_of(self, user):
        """Those whose notice is out and whose time is not over, of the person's units."""
        rows = Consultation.objects.filter(state__in=[State.ANNOUNCED, State.OPEN])
        return scoped(rows, user, "unit", *self.editors).order_by("title", "pk")

    @csrf_protect_m
    def add_view(self, request, form_url="", extra_context=None):
        """First the recipients are shown; only then »Wyślij«."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = InviteForm(
            request.POST or None,
            consultations=self.consultations_of(request.user),
            initial={"consultation": request.GET.get("consultation", "")},
        )
        context: dict[str, Any] = {"form": form, "title": _("Zaproś organizacje do konsultacji")}
        if request.method == "POST" and form.is_valid():
            data, choice, seen = dict(form.cleaned_data), form.choice, form.digest
            if "send" in request.POST and not constant_time_compare(request.POST.get("seen", ""), seen):
                text = _(
                    "Wybór albo treść różni się od podglądu. Sprawdź odbiorców i treść listu, a potem wyślij zaproszenia."
                )
                form.add_error(None, text)
            elif "send" in request.POST and self.sent(request, form, data):
                return redirect(self.url("changelist"))
            context |= {"seen": seen, **self.preview(data["consultation"], choice, data["message"])}
        return self.page(request, "invite.html", context)

    def sent(self, request: HttpRequest, form: InviteForm, data: dict[str, Any]) -> bool:
        fields = {"choice": form.choice, "message": data["message"], "by": request.user}
        if not done(form, actions.invite, data["consultation"], **fields):
            return False
        self.message_user(
            request, _("Zaproszenia czekają w skrzynce nadawczej i zaraz wyjdą."), messages.SUCCESS
        )
        return True

    def preview(self, consultation: Consultation, choice, message: str) -> dict[str, Any]:
        chosen, ready = actions.chosen_organizations(choice), actions.invitable(consultation, choice)
        count, total = ready.count(), chosen.count()
        without = chosen.filter(email="").count()
        first = ready.first()
        return {
            "letter": invitation_letter(consultation, first, message) if first else None,
            "letter_to": first,
            "recipients": list(ready.values_list("name", flat=True)[:SHOWN]),
            "recipient_count": count,
            "without_address": without,
            "passed_over": total - count - without,
        }

    @csrf_protect_m
    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        if request.method == "POST":
            self.remind(request, obj)
            return redirect(self.url("change", obj.pk))
        rows = obj.invitations.select_related("organization").annotate(is_answered=answered_q())
        people = list(rows.order_by("organization__sort_name", "pk"))
        answered = sum(row.is_answered for row in people)
        context = {
            "original": obj,
            "title": _("Zaproszenia: %(title)s") % {"title": obj.consultation},
            "rows": people,
            "answered": answered,
            "rate": law.response_rate(len(people), answered),
            "may_remind": obj.reminded_at is None
            and obj.consultation.is_open
            and answered < len(people)
            and may_run(request.user, obj.consultation),
            "baseline": parameters.value("consultation_response_baseline", on=obj.sent_at.date()),
        }
        return self.page(request, "invitations.html", context)

    def remind(self, request: HttpRequest, obj: InvitationBatch) -> None:
        """»Przypomnij tym, którzy nie odpowiedzieli«."""
        if not may_run(request.user, obj.consultation):
            raise PermissionDenied
        try:
            count = actions.remind_invited(obj, by=request.user, at=now())
        except LawBreached as refused:
            self.message_user(request, str(refused.breaches[0].message), messages.ERROR)
        else:
            text = _("Przypomnienie wysłano do organizacji: %(n)d.") % {"n": count}
            self.message_user(request, text, messages.SUCCESS)

    def has_change_permission(self, request, obj=None):
        """What has been sent is not edited; a new round is a new row."""
        return False

    def url(self, verb: str, *args: Any) -> str:
        return reverse(f"admin:consultations_invitationbatch_{verb}", args=args)

    def page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return render(request, f"consultations/admin/{template}", {**shared, **context})


class ReachDesk:
    """What the desk of a consultation offers to reach people; mixed into its admin."""

    @csrf_protect_m
    def bodies_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Tells further dialogue bodies; the competent ones were told at the announcement."""
        obj = self.one(request, pk)
        if not may_run(request.user, obj):
            raise PermissionDenied
        form = TellBodiesForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            fields = {"keys": form.cleaned_data["bodies"], "by": request.user}
            if done(form, actions.tell_bodies, obj, **fields):
                self.message_user(request, _("Zawiadomiono ciała dialogu."), messages.SUCCESS)
                return redirect(self.url("change", obj))
        told = dict.fromkeys(name for row in obj.body_notices.all() for name in row.bodies)
        lead = _("Zawiadomione: %(names)s.") % {"names": ", ".join(told)} if told else ""
        context = {
            "form": form,
            "title": _("Zawiadom ciała dialogu"),
            "submit_label": _("Zawiadom"),
            "lead": lead,
        }
        return self.page(request, obj, "consultations/admin/form.html", context)

    def reach_links(self, request: HttpRequest, obj: Consultation) -> list[tuple[Any, str]]:
        """(name, address) of meetings, invitations and dialogue bodies, as far as they make sense now."""
        if not obj.has_notice or obj.is_imported:
            return []
        dates = reverse("admin:consultations_formdate_changelist")
        links = [(_("Spotkania i zapisy"), f"{dates}?form__consultation__id__exact={obj.pk}")]
        if may_run(request.user, obj):
            links.append((_("Zawiadom ciała dialogu"), self.url("bodies", obj)))
        if obj.state_now in (State.ANNOUNCED, State.OPEN) and may_run(request.user, obj):
            invite = reverse("admin:consultations_invitationbatch_add")
            links.append((_("Zaproś organizacje"), f"{invite}?consultation={obj.pk}"))
        return links
