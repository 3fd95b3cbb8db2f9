"""Registering an organisation: the number, then a few short steps, each at an address of its own."""

from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.common.antispam import is_too_often
from core.common.clock import local_day, now
from core.legal import parameters
from core.legal.rules import LawBreached

from .. import actions, law, registers
from ..actions.drafts import KEPT_DAYS
from ..enums import LegalForm, Register, RegisterOutcome
from ..forms.registration import STEPS, StepForm, profile_of, steps_of
from ..forms.registration_number import KrsForm, OtherNumberForm
from ..models import Organization, RegistrationDraft
from ..queries import duplicates_of, slip_in
from ..registers import Answer
from .organization import show_breaches
from .registration_pages import CHECK, NUMBER, shown, stages_of

LOOKUPS, LOOKUPS_WITHIN = 20, timedelta(minutes=10)


def own_draft(view):
    """The view gets the open draft of this person; there is no page of anybody else's."""

    @wraps(view)
    @login_required
    def inner(request, pk: int, *args, **kwargs):
        draft = get_object_or_404(RegistrationDraft.objects.open_of(request.user), pk=pk)
        try:
            return view(request, draft, *args, **kwargs)
        except RegistrationDraft.DoesNotExist:  # sent or thrown away in another tab meanwhile
            raise Http404 from None

    return inner


# --- the number ----------------------------------------------------------------------------------------------


@login_required
def start(request):
    """The number, or that there is none; and what the person has begun already."""
    is_without = "without" in request.POST
    krs_form = KrsForm(request.POST if request.method == "POST" and not is_without else None)
    other_form = OtherNumberForm(request.POST if is_without else None)
    form = other_form if is_without else krs_form
    if form.is_bound and form.is_valid() and (draft := _begun(request, form)):
        return redirect(_onward(draft))
    if is_without and form.errors:
        _point_out_slip(request, form, "number")
    context = {
        "krs_form": krs_form,
        "other_form": other_form,
        "has_errors": bool(form.errors),
        "drafts": list(RegistrationDraft.objects.open_of(request.user)),
        "kept_days": parameters.days(KEPT_DAYS, on=local_day(now())),
        "asks_krs": registers.is_on(Register.KRS),
        "asks_regon": registers.is_on(Register.REGON),
        "demo_numbers": settings.DEMO_KRS_NUMBERS if settings.IS_DEMO else [],
        "stages": stages_of(None, NUMBER),
    }
    return render(request, "organizations/registration/start.html", context)


def _begun(request, form: KrsForm | OtherNumberForm) -> RegistrationDraft | None:
    numbers = form.numbers()
    try:
        answer = _asked(request, numbers)
        return actions.begin_draft(**numbers, answer=answer, by=request.user, at=now())
    except LawBreached as refused:
        show_breaches(form, refused)
        return None


def _asked(request, numbers: dict[str, str]) -> Answer | None:
    """What the register says; asking too often is like a register that does not answer."""
    if not numbers:
        return None
    if _asks_too_often(request):
        register = Register.KRS if "krs" in numbers else Register.REGON
        return Answer(register, RegisterOutcome.UNAVAILABLE)
    return registers.ask(**numbers)


def _asks_too_often(request) -> bool:
    purpose = f"register-lookup-{request.user.pk}"
    return is_too_often(request, purpose, limit=LOOKUPS, within=LOOKUPS_WITHIN)


@own_draft
def number(request, draft: RegistrationDraft):
    """What the register said about the number: the organisation, or why there is none."""
    if draft.answer.get("outcome") in (None, RegisterOutcome.OFF):
        return redirect("organizations:register_step", draft.pk, STEPS[0].slug)
    form = draft.prefilled.get("legal_form")
    context = {
        **shown(draft, NUMBER),
        "answer": draft.answer,
        "values": draft.prefilled,
        "form_label": LegalForm(form).label if form else draft.answer.get("form_text", "").lower(),
        "is_found": draft.answer["outcome"] == RegisterOutcome.FOUND,
        "number": next((draft.data[name] for name in law.UNIQUE_NUMBERS if name in draft.data), ""),
    }
    return render(request, "organizations/registration/number.html", context)


# --- the steps -----------------------------------------------------------------------------------------------


@own_draft
def step(request, draft: RegistrationDraft, step: str):
    """One step: shown with what is known, saved when it holds no mistake."""
    kind = next((kind for kind in STEPS if kind.slug == step), None)
    if kind is None:
        raise Http404
    form = kind(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_step(draft, form.values(), at=now())
        return redirect(_after(saved, kind))
    for name in ("nip", "regon"):
        if name in form.errors:
            _point_out_slip(request, form, name)
    context = {**shown(draft, step), "form": form, "step_title": kind.title}
    return render(request, "organizations/registration/step.html", context)


def _point_out_slip(request, form, name: str) -> None:
    """Says which digits to look at when the base or the register knows a number one slip away."""
    field = form.fields[name]
    number = field.to_python(form.data.get(name, ""))
    kind = name if name in ("nip", "regon") else "nip" if len(number) == 10 else "regon"
    if len(number) not in (9, 10) or not number.isdecimal() or _asks_too_often(request):
        return
    if places := slip_in(kind, number):
        form.add_error(name, law.slip_advice(places))


def _after(draft: RegistrationDraft, kind: type[StepForm]) -> str:
    """Similar organisations after the name; else the next step, or what is still missing before the check."""
    if kind is STEPS[0] and duplicates_of(draft):
        return reverse("organizations:register_similar", args=[draft.pk])
    place = STEPS.index(kind) + 1
    if place == len(STEPS):
        return reverse("organizations:register_check", args=[draft.pk])
    return reverse("organizations:register_step", args=[draft.pk, STEPS[place].slug])


def _onward(draft: RegistrationDraft) -> str:
    """Where a draft goes on: a duplicate, the register's answer that was not confirmed yet, or what is missing."""
    if duplicates_of(draft).same_number:
        return reverse("organizations:register_similar", args=[draft.pk])
    if "is_nonprofit_declared" not in draft.data:
        return reverse("organizations:register_number", args=[draft.pk])
    return reverse("organizations:register_check", args=[draft.pk])


# --- duplicates ----------------------------------------------------------------------------------------------


@own_draft
def similar(request, draft: RegistrationDraft):
    """Organisations that this one may be: »przejmij wpis« or »to inna organizacja« (R-ORG-10)."""
    found = duplicates_of(draft)
    if request.method == "POST":
        return redirect(_decided(request, draft, found))
    if not found:
        return redirect("organizations:register_check", draft.pk)
    own_krs = draft.data.get("krs")
    context = {
        **shown(draft, STEPS[0].slug),
        "found": found,
        # then nothing but another number, or being a branch, leads on
        "is_krs_taken": draft.has_krs and any(row.krs == own_krs for row in found.same_number),
        "name_url": reverse("organizations:register_step", args=[draft.pk, STEPS[0].slug]),
    }
    return render(request, "organizations/registration/similar.html", context)


def _decided(request, draft: RegistrationDraft, found) -> str:
    is_branch = request.POST.get("decision") == "branch" and draft.has_krs
    if is_branch and found.same_number:
        actions.become_branch(draft, at=now())
        return reverse("organizations:register_step", args=[draft.pk, STEPS[0].slug])
    if request.POST.get("decision") == "other" and not found.same_number:
        saved = actions.call_others(draft, found.similar, at=now())
        return _onward(saved)
    return reverse("organizations:register_similar", args=[draft.pk])


# --- sending and throwing away ---------------------------------------------------------------------------------


@login_required
def check(request, pk: int):
    """Everything on one page, then sent. Sent twice, it leads to the same profile."""
    draft = get_object_or_404(RegistrationDraft.objects.filter(person=request.user), pk=pk)
    if draft.sent_at:
        return redirect(draft.organization or "organizations:register")
    steps = steps_of(draft)
    if missing := next((form for form in steps if not form.is_valid()), None):
        fresh = "is_nonprofit_declared" not in draft.data
        return redirect(
            reverse("organizations:register_number", args=[draft.pk])
            if fresh
            else reverse("organizations:register_step", args=[draft.pk, missing.slug])
        )
    if duplicates_of(draft):
        return redirect("organizations:register_similar", draft.pk)
    breaches: list[Any] = []
    if request.method == "POST":
        profile, data = profile_of(steps)
        try:
            sent = _sent(request, draft, profile, data)
        except LawBreached as refused:
            breaches = refused.breaches
        else:
            messages.success(request, _("Zgłoszenie przyjęte. Napiszemy, gdy sprawdzimy dane z rejestrem."))
            return redirect(sent)
    context = {
        **shown(draft, CHECK),
        "sections": [_section(draft, form) for form in steps],
        "differences": [difference for form in steps for difference in form.differences()],
        "breaches": breaches,
        "has_errors": bool(breaches),
    }
    return render(request, "organizations/registration/check.html", context)


def _section(draft: RegistrationDraft, form: StepForm) -> dict[str, Any]:
    url = reverse("organizations:register_step", args=[draft.pk, form.slug])
    number = [(_("Numer KRS"), draft.data["krs"])] if draft.has_krs and form.slug == STEPS[0].slug else []
    return {"title": form.title, "url": url, "rows": [*number, *form.shown()]}


def _sent(request, draft: RegistrationDraft, profile: Organization, data: dict[str, Any]) -> Organization:
    return actions.send_draft(
        draft,
        profile,
        spheres=[data["main_sphere"]],
        dossier={name: data[name] for name in ("representatives", "representation")},
        role=data["role"],
        evidence=data["evidence"],
        by=request.user,
        at=now(),
    )


@require_POST
@own_draft
def discard(request, draft: RegistrationDraft):
    """Throws a registration away; also the way back to another number."""
    actions.discard_draft(draft)
    if "silent" not in request.POST:
        messages.success(request, _("Usunięto zaczęte zgłoszenie."))
    return redirect("organizations:register")
