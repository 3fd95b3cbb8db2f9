"""Buttons of a call before and beside its moves: templates, the draft put up for remarks, money given away."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.scope import has_role
from core.common.clock import now
from core.common.form_fields import DayField, MomentField, MoneyField

from .. import actions
from ..enums import ENDLESS, State
from ..models import Call, CallTemplate
from ..permissions import may_prepare, may_run
from .acts import Act


class TemplateForm(forms.Form):
    template = forms.ModelChoiceField(
        CallTemplate.objects.filter(is_active=True),
        label=_("Szablon"),
        help_text=_("Wypełni tylko puste części szkicu; niczego nie nadpisze."),
    )


class NameForm(forms.Form):
    name = forms.CharField(label=_("Nazwa szablonu"), max_length=200)


class ReviewForm(forms.Form):
    """When the draft is up for remarks, and what the office asks about."""

    opens_at = MomentField(label=_("Uwagi od"))
    closes_at = MomentField(label=_("Uwagi do"))
    intro = forms.CharField(
        label=_("O co pytacie"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kilka zdań prostym językiem; będą nad szkicem i w wiadomości do ciał dialogu."),
    )


class SpendingForm(forms.Form):
    decided_on = DayField(label=_("Dzień decyzji"))
    amount = MoneyField(label=_("Kwota"))
    note = forms.CharField(label=_("Czego dotyczy"), required=False, max_length=300)


def apply_template(request: HttpRequest, call: Call, form: Any) -> Call:
    return actions.apply_template(call, form.cleaned_data["template"], by=request.user, at=now())


def keep_as_template(request: HttpRequest, call: Call, form: Any) -> CallTemplate:
    return actions.keep_as_template(call, name=form.cleaned_data["name"], by=request.user, at=now())


def open_review(request: HttpRequest, call: Call, form: Any) -> Any:
    return actions.open_review(call, **form.cleaned_data, by=request.user, at=now())


def record_spending(request: HttpRequest, call: Call, form: Any) -> Call:
    actions.record_spending(call, **form.cleaned_data, by=request.user, at=now())
    return call


def is_open_draft(user: Any, call: Call) -> bool:
    return call.is_notice_editable and may_run(user, call)


MORE_ACTS = {
    "szablon": Act(
        _("Wypełnij z szablonu"),
        apply_template,
        _("Wypełniono puste części szkicu."),
        lambda user, call: call.is_notice_editable and may_prepare(user, call),
        form=TemplateForm,
    ),
    "jako-szablon": Act(
        _("Zapisz jako szablon"),
        keep_as_template,
        _("Zapisano szablon."),
        lambda user, call: has_role(user, Role.COORDINATOR),
        form=NameForm,
    ),
    "uwagi": Act(
        _("Poddaj szkic pod uwagi"),
        open_review,
        _("Szkic jest poddany pod uwagi."),
        is_open_draft,
        form=ReviewForm,
    ),
    "srodki": Act(
        _("Wpisz przyznane środki"),
        record_spending,
        _("Zapisano. Strona konkursu pokazuje, ile środków zostało."),
        lambda user, call: call.state == State.PUBLISHED and call.intake in ENDLESS and may_run(user, call),
        form=SpendingForm,
    ),
}
