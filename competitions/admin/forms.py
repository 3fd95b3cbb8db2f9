"""The draft of a call, with the law asked while it is written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.common.clock import local, now
from core.common.form_fields import MomentField
from core.legal.rules import Breach
from organizations.enums import LegalForm

from .. import law
from ..models import Call, CallTemplate
from .form_fields import LinesField


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


def draft_breaches(call: Call) -> list[Breach]:
    """What already can be said about a draft: contradictions, and a deadline that can no longer be lawful."""
    facts = call.facts(now())
    found = [*law.form_breaches(facts), *law.limit_breaches(facts)]
    if facts.deadline is not None:
        found += law.deadline_breaches(facts)
    return found
