"""Filling in a survey without an account, and reading what it gave."""

from datetime import timedelta

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.common.antispam import is_too_often
from core.common.clock import now
from core.common.exports import csv_response
from core.legal.rules import LawBreached

from .. import actions
from ..forms.surveys import AnswersForm
from ..models import Survey
from ..queries.surveys import RESULT_COLUMNS, result_rows, results_of

OFTEN, WITHIN = 60, timedelta(hours=1)
COOKIE_SALT = "consultations.survey.filled"
COOKIE_DAYS = 90


@method_decorator(never_cache, name="dispatch")
class FillSurvey(View):
    """The questions; who has answered in this browser, or by this letter, is thanked instead."""

    def dispatch(self, request, slug, pk):
        self.survey = one_of(slug, pk)
        return super().dispatch(request, slug, pk)

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        if self.survey.is_over or not self.survey.is_open:
            return self.closed()
        return self.page(self.form(initial={"link": self.own_link(request.GET.get("link", ""))}))

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        link = self.survey.key_of(form.cleaned_data["link"])
        if self.is_filled() and not link:
            return redirect(self.survey)
        if is_too_often(request, "consultation-survey", limit=OFTEN, within=WITHIN):
            form.add_error(
                None,
                _("Z Twojej sieci przyszło w ostatniej godzinie bardzo dużo ankiet. Wyślij ją za godzinę."),
            )
            return self.page(form)
        try:
            actions.answer_survey(
                self.survey,
                form.answers,
                form_key=form.cleaned_data["form_key"],
                link=link,
                at=now(),
            )
        except LawBreached as refused:
            for breach in refused.breaches:
                form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
            return self.page(form)
        messages.success(request, _("Dziękujemy, Twoje odpowiedzi zapisano."))
        return self.remembered(redirect(self.survey))

    def form(self, data=None, initial=None) -> AnswersForm:
        return AnswersForm(data, initial=initial, questions=list(self.survey.questions.all()))

    def own_link(self, token: str) -> str:
        return token if len(token) <= 300 and self.survey.key_of(token) else ""

    # --- one per browser: only a mark that this survey was filled in, for this address alone ----------
    @property
    def cookie(self) -> str:
        return f"ankieta-{self.survey.pk}"

    def is_filled(self) -> bool:
        try:
            signing.loads(self.request.COOKIES.get(self.cookie, ""), salt=COOKIE_SALT)
        except signing.BadSignature:
            return False
        return True

    def remembered(self, response: HttpResponse) -> HttpResponse:
        response.set_cookie(
            self.cookie,
            signing.dumps(self.survey.pk, salt=COOKIE_SALT),
            max_age=COOKIE_DAYS * 86_400,
            path=self.survey.get_absolute_url(),
            secure=self.request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
        return response

    def page(self, form: AnswersForm) -> HttpResponse:
        context = {
            "survey": self.survey,
            "consultation": self.survey.consultation,
            "form": form,
            "is_filled": self.is_filled() and not form.is_bound and not form.initial.get("link"),
        }
        response = render(self.request, "consultations/surveys/fill.html", context)
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def closed(self) -> HttpResponse:
        context = {"survey": self.survey, "consultation": self.survey.consultation}
        return render(self.request, "consultations/surveys/closed.html", context)


@require_safe
def results(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the survey gave, as tables with bars; as a file with ``?format=csv``."""
    survey = one_of(slug, pk)
    if not survey.is_over:
        raise Http404(_("Wyniki pokażemy po zamknięciu ankiety."))
    if request.GET.get("format") == "csv":
        rows = result_rows(results_of(survey, most_texts=None))
        return csv_response(rows, RESULT_COLUMNS, f"ankieta-{survey.pk}")
    context = {"survey": survey, "consultation": survey.consultation, "results": results_of(survey)}
    return render(request, "consultations/surveys/results.html", context)


def one_of(slug: str, pk: int) -> Survey:
    rows = Survey.objects.published().select_related("consultation__unit").with_counts()
    return get_object_or_404(rows, consultation__slug=slug, pk=pk)
