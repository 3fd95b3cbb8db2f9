"""Forms of the officials: the notice, its parts, an extension, a position."""

import hashlib
from typing import Any

from django import forms
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from core.common.clock import now, today
from core.common.form_fields import DayField
from core.legal.rules import Breach

from .. import law
from ..actions.answers import position_breaches
from ..document.points import PointText
from ..document.typed import read_points, write_points
from ..enums import PositionCode, Regime
from ..models import Consultation, ConsultationForm, Remark, SignUp, parameters_on
from ..models.date_lines import DateLine, read_line, write_line
from ..permissions import city_units

# What announcing asks for: fields that are needed, and those of which one of two is enough.
NEEDED = _("potrzebne przed ogłoszeniem")
ONE_OF = _("przed ogłoszeniem potrzebne jedno z nich")
WHEN_NEEDED = (
    dict.fromkeys(["regimes", "subject", "plain_summary", "legal_bases", "addressees"], NEEDED)
    | dict.fromkeys(["starts_on", "ends_on", "what_next"], NEEDED)
    | dict.fromkeys(["contact_email", "contact_phone", "districts", "territory_label"], ONE_OF)
    | {"document_text": _("przed ogłoszeniem potrzebna treść albo plik")}
)
# A longer document is read from a file and corrected on a page of its own.
LONGEST_IN_BOX = 30_000


class LinesField(forms.CharField):
    """A list of texts, one per line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value) -> list[str]:
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class DatesField(forms.CharField):
    """Dates of a form, one per line; each line has to be understood."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value) -> list[DateLine]:
        lines = [read_line(line) for line in super().clean(value).splitlines() if line.strip()]
        wrong = [str(number) for number, line in enumerate(lines, start=1) if not line.is_dated]
        if wrong:
            text = _("wiersz %(numbers)s: wpisz dzień i godziny, na przykład 17.06.2026 17:00–19:00")
            raise forms.ValidationError(text % {"numbers": ", ".join(wrong)})
        return lines


class PointsField(forms.CharField):
    """The text of a document as its chapters (»§ 3. …«) and points (»3.1 …«), one per line."""

    widget = forms.Textarea(attrs={"rows": 12})

    def to_python(self, value) -> str:
        """Browsers end lines with two signs: neither a change nor a reason to be too long."""
        return super().to_python(value).replace("\r\n", "\n")

    def clean(self, value) -> list[PointText]:
        points = read_points(super().clean(value))
        numbers = [point.number for point in points]
        twice = sorted({number for number in numbers if numbers.count(number) > 1})
        if twice:
            text = _("numery nie mogą się powtarzać: %(numbers)s")
            raise forms.ValidationError(text % {"numbers": ", ".join(twice)})
        return points


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class NoticeForm(forms.ModelForm):
    """The notice of a consultation on the desk."""

    regimes = forms.MultipleChoiceField(
        label=_("Z kim"), choices=Regime.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    legal_bases = LinesField(
        label=_("Podstawy prawne"), required=False, help_text=_("Każda w osobnym wierszu.")
    )
    document_titles = LinesField(
        label=_("Dokumenty znane z tytułu"),
        required=False,
        help_text=_("Gdy nie ma pliku. Każdy w osobnym wierszu."),
    )
    languages = LinesField(
        label=_("Języki ogłoszenia"), required=False, help_text=_("np. pl, en, uk; każdy w osobnym wierszu")
    )
    document_text = PointsField(
        label=_("Treść dokumentu punkt po punkcie"),
        required=False,
        max_length=200_000,
        help_text=_(
            "Każdy rozdział i punkt w osobnym wierszu, np. „§ 3. Zadania priorytetowe” i „3.1 Miasto zleca …”. "
            "Do każdego punktu będzie można dodać uwagę."
        ),
    )
    # Of what the box held when the page was shown: an old page does not bring an old wording back.
    shown_text = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    change_reason = forms.CharField(
        label=_("Powód zmiany"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Obowiązkowy po ogłoszeniu. Zobaczą go czytelnicy historii zmian."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "document_text" in self.fields:
            self.show_document(write_points(self.instance.points.all()))
        if "change_reason" in self.fields:
            self.fields["change_reason"].required = self.instance.has_notice
        self.explain_needs()

    def explain_needs(self) -> None:
        """What announcing asks for is not called optional, though a draft is saved without it."""
        for name in set(WHEN_NEEDED) & set(self.fields):
            has_notice = self.instance.has_notice
            self.fields[name].when_needed = _("potrzebne w ogłoszeniu") if has_notice else WHEN_NEEDED[name]

    def show_document(self, text: str) -> None:
        """In the box, while it is short and may still change; else the page of the document is the place."""
        field = self.fields["document_text"]
        self.initial["document_text"] = text
        if self.instance.is_ended or len(text) > LONGEST_IN_BOX:
            self.initial["document_text"], field.disabled = "", True
            field.help_text = _("Treść dokumentu i jego kolejne wersje są na stronie „Dokument”.")
        self.initial["shown_text"] = digest_of(field.to_python(self.initial["document_text"]))

    @property
    def is_document_typed(self) -> bool:
        """Whether the person has changed the text they were shown."""
        if "document_text" not in self.changed_data:
            return False
        typed = self.fields["document_text"].to_python(self["document_text"].data)
        return digest_of(typed) != self["shown_text"].data

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("koniec jest przed początkiem, popraw jeden z tych dni"))
        shown = data.get("shown_text")
        if shown and shown != self.initial.get("shown_text") and self.is_document_typed:
            text = _(
                "treść zmieniła się, odkąd masz otwartą tę stronę. Skopiuj swoje poprawki, otwórz stronę jeszcze "
                "raz i wpisz je do nowej treści"
            )
            self.add_error("document_text", text)
        return data


class FormOfConsultationForm(forms.ModelForm):
    """One form of consultation with its dates, one per line."""

    channels = LinesField(
        label=_("Drogi"), required=False, help_text=_("np. adres e-mail, poczta; każda w osobnym wierszu")
    )
    dates_text = DatesField(
        label=_("Terminy"),
        required=False,
        max_length=5000,
        help_text=_(
            "Każdy w osobnym wierszu, np. 17.06.2026 17:00–19:00 albo 11.06.2026–25.06.2026 14:00–17:00."
        ),
    )

    class Meta:
        model = ConsultationForm
        fields = (
            "kind", "label", "position", "stage", "dates_text", "place", "online_url", "phone",
            "email", "channels", "note",
            "is_step_free", "has_induction_loop", "has_sign_language", "participants_count",
            "takes_sign_ups", "seat_limit", "slot_minutes",
        )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["dates_text"] = "\n".join(
                write_line(row.line) for row in self.instance.dates.all() if not row.cancelled_at
            )
            self.had_slots = self.instance.slot_minutes

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for breach in self.instance.date_breaches(data.get("dates_text") or [], now()):
            self.add_error(breach.field, str(breach.message))
        if data.get("takes_sign_ups"):
            facts = law.FormFacts(
                kind=data.get("kind", ""),
                name="",
                slots=tuple(line.slot for line in data.get("dates_text") or []),
            )
            gaps = law.sign_up_gaps(
                facts, slot_minutes=data.get("slot_minutes"), limit=data.get("seat_limit")
            )
            for gap in gaps:
                self.add_error("takes_sign_ups", gap)
        had_slots = getattr(self, "had_slots", data.get("slot_minutes"))
        if (
            had_slots != data.get("slot_minutes")
            and SignUp.objects.valid().filter(date__form=self.instance).exists()
        ):
            self.add_error("slot_minutes", _("są już zapisy, dlatego długości rozmowy nie można zmienić"))
        return data


class ExtensionForm(forms.Form):
    """A later end, and why; sent twice: the first time the desk shows what follows from the day."""

    # The day whose consequences were shown; another one is shown first.
    seen = forms.DateField(required=False, widget=forms.HiddenInput)

    new_end = DayField(label=_("Nowy koniec"))
    reason = forms.CharField(
        label=_("Powód"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Pokażemy go na stronie i w wiadomości."),
    )

    def __init__(self, *args, consultation: Consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.consultation = consultation

    def clean_new_end(self):
        new_end, old_end = self.cleaned_data["new_end"], self.consultation.ends_on
        state = self.consultation.state_now
        for breach in (
            law.extension_breaches(old_end=old_end, new_end=new_end, state=state) if old_end else []
        ):
            raise forms.ValidationError(str(breach.message))
        return new_end

    @property
    def is_seen(self) -> bool:
        return self.cleaned_data["seen"] == self.cleaned_data["new_end"]

    def show(self) -> None:
        """The next time this day is a seen one."""
        self.data = self.data.copy()
        self.data["seen"] = self.cleaned_data["new_end"].isoformat()

    @property
    def fields_of_action(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("new_end", "reason")}


class PositionForm(forms.ModelForm):
    """The city's position on a remark; a reason only where the report is out."""

    change_reason = forms.CharField(
        label=_("Powód zmiany"),
        max_length=1000,
        error_messages={"required": _("napisz, dlaczego zmieniasz stanowisko")},
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Raport jest opublikowany. Powód pokażemy w historii zmian i w wiadomości do nadawcy. Bez nazwisk."
        ),
    )

    class Meta:
        model = Remark
        fields = ("position_code", "position", "position_unit")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.is_in_report:
            del self.fields["change_reason"]
        for name in {"position_code", "position"} & set(self.fields):
            self.fields[name].required = self.instance.is_answered
        if "position_code" in self.fields:  # who only reads has no boxes
            self.fields["position_code"].choices = [("", _("wybierz")), *PositionCode.choices]
        if "position" in self.fields:
            self.fields["position"].help_text = _("Żeby je opublikować, napisz co najmniej %(n)d znaków.") % {
                "n": parameters_on(today()).reason_length
            }
        if "position_unit" in self.fields:
            self.fields["position_unit"].queryset = city_units(self.instance.position_unit_id)
            self.fields["position_unit"].help_text = _("Puste: jednostka, która prowadzi konsultacje.")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.instance.pk and self.has_changed():
            for breach in self.breaches(data):
                if breach.field not in self.errors:
                    self.add_error(breach.field or None, str(breach.message))
        return data

    def breaches(self, data: dict[str, Any]) -> list[Breach]:
        """What the law has against this position: when it may be given, and what a public one must keep."""
        written = {"code": data.get("position_code", ""), "position": data.get("position", "")}
        found = position_breaches([self.instance], **written, at=now())
        if self.instance.is_in_report and not found:
            found = law.change_breaches(
                **written,
                reason_length=parameters_on(today()).reason_length,
                is_in_report=True,
                why=data.get("change_reason", ""),
            )
        return found

    @property
    def answer(self) -> dict[str, Any]:
        """The values as ``answer_remarks`` takes them."""
        data = self.cleaned_data
        return {
            "code": data["position_code"],
            "position": data["position"],
            "unit": data["position_unit"],
            "why": data.get("change_reason", ""),
        }


class SamePositionForm(PositionForm):
    """One position for many remarks: whole at once, because nobody looks at each of them again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("position_code", "position"):
            self.fields[name].required = True
        length = parameters_on(today()).reason_length
        self.fields["position"].validators.append(
            MinLengthValidator(length, _("uzasadnij co najmniej w %(limit_value)d znakach"))
        )


class HidingForm(forms.Form):
    """Why a remark is taken off the public list."""

    reason = forms.CharField(
        label=_("Powód"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("np. zawiera dane osobowe innej osoby"),
    )
