"""The draft of a call, with the law asked while it is written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.common.clock import local, now
from core.common.form_fields import MomentField
from core.legal.rules import Breach, LawBreached
from organizations.enums import LegalForm

from .. import law
from ..models import Call, CallTemplate, Offer
from ..queries.conflicts import without_conflicts
from .form_fields import LinesField

QUESTIONS = frozenset(
    f"{section.key}.{question.name}"
    for section in law.offers.template.SECTIONS
    for question in [*section.questions, *(section.table.columns if section.table else ())]
    if question.kind in law.offers.template.COUNTED
)


class LimitsField(forms.CharField):
    """»task.needs: 2000«, one question in each line; kept as a mapping."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(**{**kwargs, "required": False, "widget": forms.Textarea(attrs={"rows": 4})})

    def prepare_value(self, value):
        return "\n".join(f"{k}: {n}" for k, n in value.items()) if isinstance(value, dict) else value

    def to_python(self, value):
        if isinstance(value, dict):
            return value
        found = {}
        for line in filter(str.strip, str(value or "").splitlines()):
            key, __, number = (part.strip() for part in line.partition(":"))
            if key not in QUESTIONS or not (number.isascii() and number.isdigit() and int(number)):
                known = ", ".join(sorted(QUESTIONS)[:3])
                raise forms.ValidationError(
                    _(
                        "„%(line)s”: wpisz pytanie, dwukropek i liczbę znaków, np. task.needs: 2000 (pytania: %(known)s…)"
                    )
                    % {"line": line.strip()[:60], "known": known}
                )
            found[key] = int(number)
        return found

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != (initial or {})
        except forms.ValidationError:
            return True


class CallForm(forms.ModelForm):
    """A draft may be incomplete, but not contradict itself, and not promise a deadline the law refuses."""

    offers_due_at = MomentField(
        label=_("Termin składania ofert"),
        required=False,
        help_text=_("Ostatnia minuta, w której można złożyć ofertę. Dla końca dnia wpisz 23:59."),
    )
    questions_until = MomentField(label=_("Pytania do"), required=False)
    target_groups = LinesField(label=_("Dla kogo jest zadanie"), help_text=_("Każda grupa w nowej linii."))
    attachments_required = LinesField(
        label=_("Wymagane załączniki"), help_text=_("Każdy załącznik w nowej linii.")
    )
    answer_limits = LimitsField(
        label=_("Limity znaków w odpowiedziach"),
        help_text=_("Pytanie, dwukropek i liczba, np. task.needs: 2000. Każde w nowej linii."),
    )
    confirmation_due_at = MomentField(label=_("Potwierdzenie do"), required=False)
    legal_bases = LinesField(
        label=_("Dalsze podstawy prawne"),
        help_text=_("Każda w nowej linii, np. art. 27 ustawy o sporcie; podstawę trybu dopiszemy sami."),
    )
    eligible_forms = forms.MultipleChoiceField(
        label=_("Dla jakich form prawnych"),
        required=False,
        choices=LegalForm.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nic nie zaznaczono: dla wszystkich z art. 3 ust. 2 i 3."),
    )
    opens_at = MomentField(
        label=_("Oferty przyjmujemy od"),
        required=False,
        help_text=_("Wypełnij, gdy nabór zaczyna się później niż ogłoszenie."),
    )
    committee_call_until = MomentField(label=_("Zgłoszenia do komisji do"), required=False)
    read_number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Call
        fields = "__all__"  # noqa: DJ007 - the admin names the fields, and shows none that is not editable

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if isinstance(self._meta.fields, list | tuple):  # a step shows only its own fields
            for name in set(self.fields) - set(self._meta.fields):
                del self.fields[name]
        if "read_number" in self.fields:
            self.fields["read_number"].initial = self.instance.edit_number

    def clean_offers_due_at(self):
        deadline = self.cleaned_data["offers_due_at"]
        if deadline and (local(deadline).hour, local(deadline).minute) == (0, 0):
            raise forms.ValidationError(
                _("Termin składania ofert: północ jest niejednoznaczna, wpisz 23:59 dnia poprzedniego.")
            )
        return deadline

    def clean(self):
        data = super().clean()
        is_known = self.instance.pk is not None and "read_number" in self.fields
        if is_known and data.get("read_number") != self.instance.edit_number:
            self.add_error(
                None, _("Ktoś zapisał ten konkurs po Tobie. Otwórz stronę jeszcze raz i wpisz zmiany.")
            )
        return data

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        for breach in draft_breaches(self.instance):
            # what belongs to another step stands in the list of what is missing
            if not breach.is_warning and (breach.field in self.fields or not breach.field):
                self.add_error(breach.field or None, str(breach.message))


class TemplateModelForm(forms.ModelForm):
    checklist = LinesField(
        label=_("Lista do sprawdzenia przed ogłoszeniem"), help_text=_("Każdy punkt w nowej linii.")
    )
    attachments_required = LinesField(
        label=_("Wymagane załączniki"), help_text=_("Każdy załącznik w nowej linii.")
    )

    class Meta:
        model = CallTemplate
        fields = "__all__"  # noqa: DJ007 - the admin names the fields


class ConfirmationForm(forms.Form):
    """That the signed confirmation of an offer has come (R-CALL-21)."""

    number = forms.CharField(label=_("Numer oferty"), max_length=60, help_text=_("np. 14/2026/0007"))
    way = forms.CharField(
        label=_("Jak wpłynęło"), max_length=200, help_text=_("np. na papierze, przez e-Doręczenia")
    )
    on = MomentField(label=_("Kiedy wpłynęło"))

    def clean_on(self):
        if self.cleaned_data["on"] > now():
            raise forms.ValidationError(_("wpisz dzień i godzinę, które już minęły"))
        return self.cleaned_data["on"]

    def offer_of(self, call: Call, user: User) -> Offer:
        """The filed offer of the call that the person may see. Raises LawBreached when the number is not there."""
        offers = without_conflicts(Offer.objects.filed().filter(call=call), user)
        offer = offers.filter(number=self.cleaned_data["number"].strip()).first()
        if offer is None:
            message = _("Numer oferty: w tym konkursie nie ma złożonej oferty o tym numerze. Sprawdź numer.")
            raise LawBreached([Breach("R-CALL-21", message, "number")])
        return offer


def draft_breaches(call: Call) -> list[Breach]:
    """What already can be said about a draft: contradictions, and a deadline that can no longer be lawful."""
    facts = call.facts(now())
    found = [*law.form_breaches(facts), *law.limit_breaches(facts)]
    if facts.deadline is not None:
        found += law.deadline_breaches(facts)
    return found


class CardForm(forms.Form):
    """The default card, with one more criterion if the call has a strategic aim (R-CALL-36)."""

    strategic = forms.CharField(
        label=_("Kryterium strategiczne"),
        max_length=300,
        required=False,
        help_text=_("Na przykład: oferta wspólna. Zostaw puste, jeśli konkurs go nie ma."),
    )
    strategic_points = forms.IntegerField(
        label=_("Punkty za to kryterium"), required=False, min_value=1, max_value=50
    )
