"""Filed offers on the desk: the list, one offer as on paper, the moves of the formal check as buttons."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.desk import CaseAdmin
from core.common import formats
from core.common.clock import local_day, now
from core.common.form_fields import MomentField
from core.documents.models import Attachment

from ..actions import formal
from ..enums import OfferState
from ..models import Offer, RejectionReason
from ..papers.compare import compare
from ..papers.pdf import paper_of
from ..permissions import EDITORS, may_run_offer
from ..queries.conflicts import without_conflicts
from .acts import Act, ActsMixin
from .formal import FormalPages

QUEUE = "kolejka"
MOST_IN_QUEUE = 100
CHECKED = (OfferState.SUBMITTED, OfferState.CORRECTED)


class RejectForm(forms.Form):
    """The code is published with the results; the words go to the organisation as well."""

    code = forms.ModelChoiceField(
        label=_("Kod powodu"), queryset=RejectionReason.objects.filter(is_active=True)
    )
    reason = forms.CharField(
        label=_("Wyjaśnienie dla organizacji"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ExtendForm(forms.Form):
    due_at = MomentField(
        label=_("Nowy termin"), help_text=_("Ostatnia minuta, w której można złożyć uzupełnienie.")
    )
    reason = forms.CharField(
        label=_("Powód przedłużenia"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


def reject(request: HttpRequest, offer: Offer, form: RejectForm) -> Offer:
    data = form.cleaned_data
    return formal.reject_offer(
        offer, code=data["code"], explanation=data["reason"], by=request.user, at=now()
    )


def extend(request: HttpRequest, offer: Offer, form: ExtendForm) -> Offer:
    data = form.cleaned_data
    formal.extend_correction(
        offer.correction, due_at=data["due_at"], reason=data["reason"], by=request.user, at=now()
    )
    return offer


def may_reject(user: Any, offer: Offer) -> bool:
    states = (*CHECKED, OfferState.CORRECTION_REQUESTED)
    return offer.state in states and may_run_offer(user, offer)


def may_extend(user: Any, offer: Offer) -> bool:
    return offer.state == OfferState.CORRECTION_REQUESTED and may_run_offer(user, offer)


class FormalResult(admin.SimpleListFilter):
    """Where the formal check of an offer stands."""

    title = _("ocena formalna")
    parameter_name = "formalna"
    CHOICES = (
        ("czeka", _("do sprawdzenia"), CHECKED),
        ("uzupelnia", _("do uzupełnienia"), (OfferState.CORRECTION_REQUESTED,)),
        ("odrzucona", _("odrzucona"), (OfferState.FORMALLY_REJECTED,)),
    )

    def lookups(self, request, model_admin):
        return [*((key, label) for key, label, _states in self.CHOICES), ("poprawna", _("poprawna"))]

    def queryset(self, request, queryset):
        chosen = {key: states for key, _label, states in self.CHOICES}
        if self.value() == "poprawna":
            return queryset.exclude(state__in=[state for states in chosen.values() for state in states])
        return queryset.filter(state__in=chosen[self.value()]) if self.value() in chosen else queryset


@admin.register(Offer)
class OfferAdmin(FormalPages, ActsMixin, CaseAdmin):
    editors = EDITORS
    unit_lookup = "call__unit"
    change_form_template = "competitions/admin/offers/offer.html"
    moves = {OfferState.FORMALLY_OK: formal.accept_offer}
    acts = {
        "odrzucenie": Act(
            _("Odrzuć z przyczyn formalnych"), reject, _("Odrzucono ofertę."), may_reject, RejectForm
        ),
        "przedluzenie": Act(
            _("Przedłuż termin uzupełnienia"), extend, _("Przedłużono termin."), may_extend, ExtendForm
        ),
    }
    list_display = [
        "title",
        "number",
        "organization",
        "call",
        "state_label",
        "days_waiting",
        "mean_score",
    ]
    list_filter = [FormalResult, "state", ("call", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organization", "call"]
    search_fields = ["title", "number", "organization__name"]
    ordering = ["call", "number"]
    actions = ["read_in_turn"]
    fields: tuple = ()
    view_on_site = False  # the pages of an offer belong to its organisation

    def has_add_permission(self, request):
        """Offers come from organisations."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Offer]:
        """What the office has received: drafts and withdrawn offers belong to the organisations."""
        rows = super().get_queryset(request).filed().select_related("call__unit", "organization", "part")
        return without_conflicts(rows, request.user)

    def get_readonly_fields(self, request, obj=None):
        return ()

    @admin.display(description=_("czeka"), ordering="state_since")
    def days_waiting(self, offer: Offer) -> str:
        """How long the offer has been where it is."""
        since = offer.state_since or offer.filed_at
        days = (local_day(now()) - local_day(since)).days if since else 0
        return formats.counted(days, _("dzień|dni|dni"))

    @admin.action(description=_("Czytaj zaznaczone po kolei"))
    def read_in_turn(self, request: HttpRequest, queryset: QuerySet[Offer]) -> HttpResponse:
        """Opens the first; each page then leads to the next one."""
        chosen = [str(pk) for pk in queryset.values_list("pk", flat=True)[:MOST_IN_QUEUE]]
        address = reverse("admin:competitions_offer_change", args=[chosen[0]])
        return redirect(f"{address}?{QUEUE}={','.join(chosen)}")

    def offered_acts(self, request: HttpRequest, obj: Offer) -> list[dict[str, Any]]:
        return [*self.formal_pages(request, obj), *super().offered_acts(request, obj)]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        offer = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if offer is not None:
            extra |= {**self._shown(offer), **self._queue(request, offer), "show_save": False}
            extra |= {
                "show_save_and_continue": False,
                "show_save_and_add_another": False,
                "show_close": False,
            }
        return super().change_view(request, object_id, form_url, extra)

    def _shown(self, offer: Offer) -> dict[str, Any]:
        versions = list(offer.versions.order_by("number"))
        newest = versions[-1] if versions else None
        return {
            "paper": paper_of(offer, newest) if newest else None,
            "versions": versions,
            "differences": compare(versions[-2].content, newest.content)
            if len(versions) > 1 and newest
            else [],
            "files": list(Attachment.objects.of(offer).current()),
            "correction": getattr(offer, "correction", None),
            "rejection": getattr(offer, "rejection", None),
        }

    def _queue(self, request: HttpRequest, offer: Offer) -> dict[str, Any]:
        """The offer before and after this one among those chosen in the list."""
        chosen = [int(pk) for pk in request.GET.get(QUEUE, "").split(",") if pk.isascii() and pk.isdigit()]
        if offer.pk not in chosen:
            return {}
        place, words = chosen.index(offer.pk), ",".join(map(str, chosen[:MOST_IN_QUEUE]))

        def address(position: int) -> str:
            if not 0 <= position < len(chosen):
                return ""
            return f"{reverse('admin:competitions_offer_change', args=[chosen[position]])}?{QUEUE}={words}"

        return {
            "queue": {
                "place": place + 1,
                "all": len(chosen),
                "before": address(place - 1),
                "after": address(place + 1),
            }
        }

    def get_urls(self):
        return [*self.formal_urls(), *super().get_urls()]
