"""The page of ranking and money: try without saving, then save what is within the pool (R-CALL-41)."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from core.common.clock import now
from core.common.form_fields import MoneyField
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import law
from ..actions import committee as actions
from ..enums import Outcome, State
from ..forms.committee import LaterMoneyField, LaterTextField
from ..models import AwardProposal, Committee, Offer
from ..permissions import may_run_committee
from ..queries import committee as queries
from ..queries.conflicts import is_kept_from_some
from .acts import change_url

EDITABLE = (State.MERIT_EVALUATION, State.COMMITTEE_OPINION)


class WhatIfForm(forms.Form):
    """Other rules to try; nothing of it is saved."""

    pool = MoneyField(label=_("Pula na próbę"), required=False)
    minimum = forms.DecimalField(
        label=_("Próg na próbę"), required=False, min_value=0, max_digits=6, decimal_places=2
    )
    share = forms.DecimalField(
        label=_("Ile procent wnioskowanej kwoty"),
        required=False,
        min_value=1,
        max_value=100,
        decimal_places=2,
    )
    takes_rest = forms.BooleanField(
        label=_("pierwszej ofercie, na którą zabrakło, daj resztę"), required=False
    )

    def proposal(self, committee: Committee) -> list[law.Ranked]:
        """What follows from ranking, pool and these rules; empty fields mean those of the notice."""
        data = self.cleaned_data if self.is_valid() else {}
        call, pool = committee.call, queries.pool_of(committee.call)
        tried = law.Pool(
            data["pool"] if data.get("pool") is not None else pool.total,
            pool.by_part,
            pool.by_year,
            pool.part_names,
        )
        minimum = data["minimum"] if data.get("minimum") is not None else call.minimum_score
        return law.propose(
            queries.ranked(call),
            tried,
            minimum=minimum,
            share=data.get("share") or Decimal(100),
            takes_rest=bool(data.get("takes_rest")),
        )


class ProposalForm(forms.Form):
    """A row of fields for each judged offer; the name of the organisation is in the label that is read aloud."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Uzasadnienie"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Konieczne, gdy decyzja różni się od propozycji komisji."),
    )

    def __init__(self, *args, rows: list[law.Ranked], years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.ranked, self.years = rows, years
        tied = {
            one.offer
            for one in rows
            if sum(other.mean == one.mean and other.part == one.part for other in rows) > 1
        }
        for one in rows:
            self._add(one, is_tied=one.offer in tied)

    def _add(self, one: law.Ranked, *, is_tied: bool) -> None:
        fields: dict[str, forms.Field] = {
            f"outcome_{one.offer}": forms.ChoiceField(
                label=_("Propozycja"), choices=Outcome.choices, initial=one.outcome
            ),
            f"amount_{one.offer}": LaterMoneyField(label=_("Kwota"), initial=one.amount),
        }
        for year in self.years:
            fields[f"year_{one.offer}_{year}"] = LaterMoneyField(
                label=str(year), initial=one.by_year.get(year)
            )
        if is_tied:
            fields[f"tie_{one.offer}"] = LaterTextField(
                label=_("Powód przy równych punktach"), max_length=1000, initial=one.tie_reason
            )
        for name, field in fields.items():
            field.widget.attrs["aria-label"] = f"{field.label}: {one.name}"
            self.fields[name] = field

    def table(self, offers: dict[int, Offer]) -> list[dict[str, Any]]:
        return [
            {
                "place": 1 + sum(other.mean > one.mean for other in self.ranked),
                "ranked": one,
                "offer": offers[one.offer],
                "outcome": self[f"outcome_{one.offer}"],
                "amount": self[f"amount_{one.offer}"],
                "years": [self[f"year_{one.offer}_{year}"] for year in self.years],
                "tie": self[f"tie_{one.offer}"] if f"tie_{one.offer}" in self.fields else None,
            }
            for one in self.ranked
        ]

    def typed(self, pool: law.Pool) -> list[law.Ranked]:
        data = self.cleaned_data
        return [
            law.Ranked(
                one.offer,
                one.mean,
                one.requested,
                one.part,
                data[f"outcome_{one.offer}"],
                amount := data[f"amount_{one.offer}"] or Decimal(0),
                self._by_year(one, data, amount, pool),
                data.get(f"tie_{one.offer}", ""),
                one.name,
            )
            for one in self.ranked
        ]

    def _by_year(self, one: law.Ranked, data: dict, amount: Decimal, pool: law.Pool) -> dict[int, Decimal]:
        """The amounts of years as typed; left empty they follow the proportion of the pool."""
        given = {year: data[f"year_{one.offer}_{year}"] for year in self.years}
        if not amount or all(value is None for value in given.values()):
            return law.split_by_year(amount, pool.by_year) if amount else {}
        return {year: value or Decimal(0) for year, value in given.items()}


class RankingMixin:
    """Put before the ModelAdmin of committees."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.ranking_view)
        return [path("<int:pk>/ranking/", view, name="competitions_committee_ranking"), *super().get_urls()]

    @csrf_protect_m
    def ranking_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        committee = get_object_or_404(self.get_queryset(request).select_related("call"), pk=pk)
        if not self.has_view_permission(request, committee) or is_kept_from_some(
            request.user, committee.call
        ):
            raise PermissionDenied
        may_save = committee.call.state in EDITABLE and may_run_committee(request.user, committee)
        pool = queries.pool_of(committee.call)
        trial = WhatIfForm(request.GET or None)
        saved = queries.ranked(committee.call)
        rows = trial.proposal(committee) if request.GET or not _is_saved(committee) else saved
        years = sorted(pool.by_year)
        form = ProposalForm(
            request.POST or None, rows=rows, years=years, initial={"reason": committee.proposal_reason}
        )
        if request.method == "POST":
            if not may_save:
                raise PermissionDenied
            if form.is_valid() and self._save(request, committee, form, pool):
                messages.success(request, _("Zapisano propozycję podziału."))
                return redirect(change_url(committee))
        return self._page(request, committee, form, trial, pool, may_save)

    @staticmethod
    def _save(request: HttpRequest, committee: Committee, form: ProposalForm, pool: law.Pool) -> bool:
        try:
            actions.save_proposal(
                committee, form.typed(pool), reason=form.cleaned_data["reason"], by=request.user, at=now()
            )
        except LawBreached as refused:
            for breach in refused.breaches:
                form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
            return False
        except MoveRefused:
            form.add_error(None, _("Propozycji nie można już zmienić: konkurs jest w innym stanie."))
            return False
        return True

    def _page(self, request, committee, form, trial, pool, may_save) -> HttpResponse:
        offers = {
            one.pk: one
            for one in Offer.objects.filter(call=committee.call_id).select_related("organization", "part")
        }
        awarded = [one for one in form.ranked if one.outcome == Outcome.AWARDED]
        given = sum((one.amount for one in awarded), Decimal(0))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Ranking i podział dotacji"),
            "opts": self.opts,
            "original": committee,
            "call": committee.call,
            "back_url": change_url(committee),
            "form": form,
            "trial": trial,
            "is_trial": bool(request.GET),
            "table": form.table(offers),
            "years": sorted(pool.by_year),
            "limits": _limits(form.ranked, pool),
            "given": given,
            "left": None if pool.total is None else pool.total - given,
            "may_save": may_save,
            "has_parts": bool(pool.part_names),
        }
        return render(request, "competitions/admin/ranking.html", context)


def _is_saved(committee: Committee) -> bool:
    return AwardProposal.objects.filter(offer__call=committee.call_id).exists()


def _limits(rows: list[law.Ranked], pool: law.Pool) -> list[dict[str, Any]]:
    """Parts and years with what they have and what is given."""
    awarded = [one for one in rows if one.outcome == Outcome.AWARDED]
    parts = [
        (pool.part_names[pk], limit, sum((one.amount for one in awarded if one.part == pk), Decimal(0)))
        for pk, limit in pool.by_part.items()
    ]
    years = [
        (str(year), limit, sum((one.by_year.get(year, Decimal(0)) for one in awarded), Decimal(0)))
        for year, limit in sorted(pool.by_year.items())
    ]
    return [
        {"name": name, "limit": limit, "given": given, "left": limit - given}
        for name, limit, given in [*parts, *years]
    ]
