"""What is done with many remarks at once: one answer, one group, one unit, one approval, one publication."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from core.common.clock import now
from core.common.keys import key_of
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions
from ..forms.answers import AssignmentForm, GroupForm
from ..forms.notice import SamePositionForm

BACK = "wroc"  # the consultation on whose desk the rows were chosen


class TogetherMixin:
    """Put before the ModelAdmin of remarks. Rights are asked of each remark by the actions themselves."""

    actions = [
        "answer_together",
        "group_together",
        "ungroup_together",
        "assign_together",
        "approve_together",
        "publish_together",
    ]

    def changelist_view(self, request, extra_context=None):
        """Whoever ticked nothing on the desk stays on it."""
        back = key_of(request.POST.get(BACK, ""))
        if back and not request.POST.getlist("_selected_action"):
            text = _("Zaznacz uwagi, a potem wybierz, co z nimi zrobić.")
            self.message_user(request, text, messages.WARNING)
            return redirect("admin:consultations_consultation_answers", back)
        return super().changelist_view(request, extra_context)

    def response_action(self, request, queryset):
        """Back to the desk of the consultation when the rows were chosen there."""
        response = super().response_action(request, queryset)
        back = key_of(request.POST.get(BACK, ""))
        if response is not None and response.status_code == 302 and back:
            return redirect("admin:consultations_consultation_answers", back)
        return response

    def tell(self, request: HttpRequest, refused: LawBreached) -> None:
        for breach in refused.breaches:
            self.message_user(request, breach.message, messages.ERROR)

    def done(self, request: HttpRequest, action: Any, queryset: Any, text: Any, **fields: Any) -> bool:
        """Whether the action was taken; if not, its reasons stand above the list."""
        try:
            result = action(queryset, by=request.user, at=now(), **fields)
        except LawBreached as refused:
            self.tell(request, refused)
            return False
        except MoveRefused as refused:  # one of them is another unit's
            raise PermissionDenied from refused
        count = result if isinstance(result, int) else result.remarks.count()
        self.message_user(request, text % {"n": count}, messages.SUCCESS)
        return True

    def asked(
        self, request: HttpRequest, queryset: Any, form: Any, action: str, **words: Any
    ) -> HttpResponse:
        """The page that asks for what an action needs, with the chosen remarks under it."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "remarks": queryset.select_related("consultation", "submission"),
            "action": action,
            "back": request.POST.get(BACK, ""),
            **words,
        }
        return render(request, "consultations/admin/together.html", context)

    @admin.action(description=_("Daj tę samą odpowiedź"), permissions=["change"])
    def answer_together(self, request, queryset):
        is_sent = "position" in request.POST
        form = SamePositionForm(request.POST if is_sent else None)
        if is_sent and form.is_valid():
            text = _("Zapisano stanowisko do uwag: %(n)d.")
            fields = {**form.answer, "keeps_public": True}
            if self.done(request, actions.answer_remarks, queryset, text, **fields):
                return None
        return self.asked(
            request,
            queryset,
            form,
            "answer_together",
            title=_("Ta sama odpowiedź"),
            lead=_("To stanowisko dostaną wszystkie wybrane uwagi:"),
            submit_label=_("Zapisz stanowisko"),
        )

    @admin.action(description=_("Połącz jako podobne"), permissions=["change"])
    def group_together(self, request, queryset):
        form = GroupForm(request.POST if "subject" in request.POST else None)
        if form.is_bound and form.is_valid():
            text = _("Połączono uwagi: %(n)d.")
            if self.done(request, actions.group_remarks, queryset, text, **form.cleaned_data):
                return None
        return self.asked(
            request,
            queryset,
            form,
            "group_together",
            title=_("Połącz podobne uwagi"),
            lead=_(
                "Odpowiesz na te uwagi jednym stanowiskiem. Każda zachowa swój numer i stanowisko, które już ma:"
            ),
            submit_label=_("Połącz"),
        )

    @admin.action(description=_("Rozdziel podobne"), permissions=["change"])
    def ungroup_together(self, request, queryset):
        self.done(request, actions.ungroup_remarks, queryset, _("Rozdzielono uwagi: %(n)d."))

    @admin.action(description=_("Przekaż innej komórce"), permissions=["change"])
    def assign_together(self, request, queryset):
        form = AssignmentForm(request.POST if "due_on" in request.POST else None)
        if form.is_bound and form.is_valid():
            text = _("Przekazano uwagi: %(n)d. Komórka dostanie wiadomość.")
            if self.done(request, actions.assign_remarks, queryset, text, **form.cleaned_data):
                return None
        return self.asked(
            request,
            queryset,
            form,
            "assign_together",
            title=_("Przekaż uwagi innej komórce"),
            lead=_("Komórka napisze stanowisko do tych uwag we własnym imieniu:"),
            submit_label=_("Przekaż"),
        )

    @admin.action(description=_("Zatwierdź stanowiska"), permissions=["change"])
    def approve_together(self, request, queryset):
        self.done(request, actions.approve_positions, queryset, _("Zatwierdzono stanowiska: %(n)d."))

    @admin.action(description=_("Opublikuj stanowiska"), permissions=["change"])
    def publish_together(self, request, queryset):
        text = _("Opublikowano stanowiska: %(n)d. Nadawcy dostaną wiadomość.")
        self.done(request, actions.publish_positions, queryset, text)
