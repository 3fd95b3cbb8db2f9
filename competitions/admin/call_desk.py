"""Pages of the desk below one call: its card, letters to applicants, dossiers, the clock of stages; and statistics."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common.clock import now
from core.common.exports import Column, csv_response, xlsx_response
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.letters import compose

from ..actions import desk, formal
from ..actions.formal.supplements import correction_days_of
from ..enums import BEFORE_NOTICE, DossierState, Recipients
from ..models import ApplicantLetter, Call, CallFormalItem, Dossier, FormalTerms, Offer
from ..permissions import may_prepare, may_run
from ..queries.conflicts import is_kept_from_some
from ..queries.desk import (
    STAGES,
    letter_offers,
    offers_url,
    stage_clock,
)
from ..queries.statistics import unit_statistics
from ..reminders import people_of

ItemFormSet = forms.modelformset_factory(
    CallFormalItem,
    fields=["text", "is_correctable", "hint", "position"],
    extra=2,
    can_delete=True,
    widgets={"text": forms.Textarea(attrs={"rows": 2})},
)


class TermsForm(forms.ModelForm):
    class Meta:
        model = FormalTerms
        fields = ["correction_days"]


class LetterForm(forms.Form):
    recipients = forms.ChoiceField(label=gettext_lazy("Do kogo"), choices=Recipients.choices)
    subject = forms.CharField(label=gettext_lazy("Temat"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Treść"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "Napisz, co się dzieje, do kiedy i co trzeba zrobić. Adres konkursu i kontakt dodamy sami."
        ),
    )


class CallDeskPages:
    """Put before the ModelAdmin of calls."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        pages = [
            path("statystyki/", wrap(self.statistics_view), name="competitions_call_statistics"),
            path("<int:pk>/karta/", wrap(self.checklist_view), name="competitions_call_card"),
            path("<int:pk>/listy/", wrap(self.letters_view), name="competitions_call_letters"),
            path("<int:pk>/zegar/", wrap(self.clock_view), name="competitions_call_clock"),
            path("<int:pk>/teczki/", wrap(self.dossiers_view), name="competitions_call_dossiers"),
            path("<int:pk>/teczki/<int:dossier>/", wrap(self.dossier_view), name="competitions_call_dossier"),
        ]
        return [*pages, *super().get_urls()]

    def offered_acts(self, request: HttpRequest, obj: Call) -> list[dict[str, Any]]:
        return [*self.desk_pages(request, obj), *super().offered_acts(request, obj)]

    def desk_pages(self, request: HttpRequest, call: Call) -> list[dict[str, Any]]:
        """Buttons of the call's page that lead here."""
        if not may_prepare(request.user, call):
            return []
        card = {
            "label": _("Karta oceny formalnej"),
            "url": reverse("admin:competitions_call_card", args=[call.pk]),
        }
        if call.state in BEFORE_NOTICE:
            return [card]
        words = [(_("Zegar etapów"), "clock")]
        if not is_kept_from_some(request.user, call):
            words = [(_("List do oferentów"), "letters"), *words, (_("Teczki do pobrania"), "dossiers")]
        pages = [
            {"label": label, "url": reverse(f"admin:competitions_call_{name}", args=[call.pk])}
            for label, name in words
        ]
        return [{"label": _("Oferty"), "url": offers_url(call)}, card, *pages]

    def _call(self, request: HttpRequest, pk: int, may=may_prepare) -> Call:
        call = get_object_or_404(self.get_queryset(request), pk=pk)
        if not may(request.user, call):
            raise PermissionDenied
        return call

    def _call_without_conflict(self, request: HttpRequest, pk: int, may=may_prepare) -> Call:
        """For pages about every offer: who is kept from one of them gets none (R-CALL-31)."""
        call = self._call(request, pk, may)
        if is_kept_from_some(request.user, call):
            raise PermissionDenied
        return call

    def _desk_page(self, request: HttpRequest, call: Call | None, title: str, **more: Any) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": call,
            **more,
        }

    # --- the card -----------------------------------------------------------------------------

    @csrf_protect_m
    def checklist_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The items of the card; the first time a button copies them from the default list."""
        call = self._call(request, pk)
        rows = CallFormalItem.objects.filter(call=call)
        if not rows.exists():
            return self._empty_card(request, call)
        formset = ItemFormSet(request.POST or None, queryset=rows)
        terms = TermsForm(request.POST or None, instance=FormalTerms.objects.filter(call=call).first())
        if request.method == "POST" and formset.is_valid() and terms.is_valid():
            changed = formset.save(commit=False)
            try:
                formal.save_card(
                    call, changed, removed=formset.deleted_objects,
                    correction_days=terms.cleaned_data["correction_days"], by=request.user, at=now(),
                )  # fmt: skip
            except LawBreached as refused:
                terms.add_error(None, [str(breach.message) for breach in refused.breaches])
            else:
                self.message_user(request, _("Zapisano kartę oceny formalnej."), messages.SUCCESS)
                return redirect("admin:competitions_call_card", pk)
        page = self._desk_page(
            request,
            call,
            _("Karta oceny formalnej"),
            formset=formset,
            terms=terms,
            days=correction_days_of(call, now()),
        )
        return render(request, "competitions/admin/offers/checklist.html", page)

    def _empty_card(self, request: HttpRequest, call: Call) -> HttpResponse:
        if request.method == "POST":
            formal.ensure_card(call, by=request.user, at=now())
            return redirect("admin:competitions_call_card", call.pk)
        page = self._desk_page(request, call, _("Karta oceny formalnej"), is_empty=True)
        return render(request, "competitions/admin/offers/checklist.html", page)

    # --- letters ------------------------------------------------------------------------------

    @csrf_protect_m
    def letters_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """First who gets what, then the sending."""
        call = self._call_without_conflict(request, pk, may_run)
        form = LetterForm(request.POST or None, initial={"recipients": Recipients.ALL})
        preview = None
        if request.method == "POST" and form.is_valid():
            if "send" in request.POST and self._send(request, call, form):
                return redirect("admin:competitions_call_letters", pk)
            preview = _preview(call, form.cleaned_data, now())
        sent = ApplicantLetter.objects.filter(call=call).select_related("sent_by")
        page = self._desk_page(request, call, _("List do oferentów"), form=form, preview=preview, sent=sent)
        return render(request, "competitions/admin/offers/letters.html", page)

    def _send(self, request: HttpRequest, call: Call, form: LetterForm) -> bool:
        try:
            letter = desk.send_letter(call, **form.cleaned_data, by=request.user, at=now())
        except LawBreached as refused:
            for breach in refused.breaches:
                form.add_error(breach.field or None, str(breach.message))
            return False
        self.message_user(
            request, _("Wysłano listów: %(count)s.") % {"count": letter.letters}, messages.SUCCESS
        )
        return True

    # --- the clock ----------------------------------------------------------------------------

    def clock_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        call = self._call(request, pk)
        page = self._desk_page(request, call, _("Zegar etapów"), stages_of=stage_clock(call, now()))
        return render(request, "competitions/admin/offers/clock.html", page)

    # --- dossiers -----------------------------------------------------------------------------

    @csrf_protect_m
    def dossiers_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Orders a dossier of the call or of one offer, and lists those that are there."""
        call = self._call_without_conflict(request, pk)
        offers = Offer.objects.filed().filter(call=call).select_related("organization").order_by("number")
        if request.method == "POST":
            wanted = request.POST.get("offer", "")
            offer = (
                get_object_or_404(offers, pk=int(wanted)) if wanted.isascii() and wanted.isdigit() else None
            )
            try:
                desk.order_dossier(call, offer=offer, by=request.user, at=now())
            except MoveRefused as refused:
                raise PermissionDenied from refused
            self.message_user(request, _("Zamówiono teczkę. Pakujemy ją w tle."), messages.SUCCESS)
            return redirect("admin:competitions_call_dossiers", pk)
        dossiers = Dossier.objects.filter(call=call).select_related("offer", "ordered_by")[:50]
        page = self._desk_page(request, call, _("Teczki do pobrania"), offers=offers, dossiers=dossiers)
        return render(request, "competitions/admin/offers/dossiers.html", page)

    def dossier_view(self, request: HttpRequest, pk: int, dossier: int) -> HttpResponse:
        """The ZIP itself; each reading leaves a trace."""
        call = self._call_without_conflict(request, pk)
        row = get_object_or_404(Dossier, pk=dossier, call=call, state=DossierState.READY)
        if row.expires_at <= now():
            raise Http404(_("Tej teczki już nie ma. Zamów ją jeszcze raz."))
        desk.record_reading(row, by=request.user, at=now())
        response = _file_response(row)
        response.headers["Content-Type"] = "application/zip"
        response.headers["Content-Disposition"] = content_disposition_header(True, f"teczka-{row.pk}.zip")
        response.headers["Cache-Control"] = "private, no-store"
        return response

    # --- statistics ---------------------------------------------------------------------------

    def statistics_view(self, request: HttpRequest) -> HttpResponse:
        """Points and times per unit, of the units this official sees; as a page, CSV or XLSX."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        calls = self.get_queryset(request)
        years = sorted({d.year for d in calls.dates("offers_due_at", "year")}, reverse=True)
        chosen = request.GET.get("rok", "")
        if chosen.isascii() and chosen.isdigit() and int(chosen) in years:
            calls = calls.filter(offers_due_at__year=int(chosen))
        rows = unit_statistics(calls)
        if request.GET.get("format") in FILES:
            return FILES[request.GET["format"]](rows, statistics_columns(), "statystyki-konkursow")
        page = self._desk_page(
            request, None, _("Statystyki konkursów"), rows=rows, years=years, chosen=chosen,
            stages=[(str(state), name) for state, name, _due in STAGES],
            longest=max((d for row in rows for d in row.days.values() if d), default=1),
        )  # fmt: skip
        return render(request, "competitions/admin/offers/statistics.html", page)


FILES = {"csv": csv_response, "xlsx": xlsx_response}


def _file_response(row: Dossier) -> HttpResponse:
    """The bytes, or for nginx the place where it finds them."""
    if settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse()
        response.headers["X-Accel-Redirect"] = settings.MEDIA_ACCEL_PREFIX + quote(row.file.name)
        return response
    return FileResponse(row.file.open("rb"))


def _preview(call: Call, data: dict[str, str], at: datetime) -> dict[str, Any]:
    """Whom a letter would reach, and how it would read."""
    offers = list(letter_offers(call, data["recipients"]))
    people = {person.pk for offer in offers for person in people_of(offer)}
    letter = ApplicantLetter(call=call, subject=data["subject"], text=data["text"], sent_at=at)
    composed = compose("competitions/emails/office_letter", {"letter": letter, "call": call})
    return {"offers": offers, "people": len(people), "subject": composed.subject, "text": composed.text}


def statistics_columns() -> list[Column]:
    def days(state: str):
        return lambda row: row.days.get(state)

    first: list[Column] = [
        Column("unit", _("Komórka"), lambda row: row.unit),
        Column("calls", _("Konkursy"), lambda row: row.calls),
        Column("offers", _("Złożone oferty"), lambda row: row.offers),
        Column("accepted", _("Poprawne formalnie"), lambda row: row.accepted),
        Column("rejected", _("Odrzucone formalnie"), lambda row: row.rejected),
        Column("corrected", _("Wezwane do uzupełnienia"), lambda row: row.corrected),
        Column("mean_score", _("Średnia punktów"), lambda row: row.mean_score),
    ]
    return [
        *first,
        *(
            Column(f"days_{state}", _("%(stage)s (dni)") % {"stage": name}, days(state))
            for state, name, _due in STAGES
        ),
    ]
