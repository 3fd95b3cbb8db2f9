"""Forms of the desk of demands: an imported table, what followed, merging."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from core.city.models import OrganizationalUnit
from core.common import formats
from core.common.clock import today
from core.common.form_fields import DayField
from core.documents.checks import examine

from ..demands.alike import alike, by_words
from ..demands.reading import DemandRow, Reading, read_demands
from ..enums import DemandStatus
from ..models import DemandMeeting, Postulate

SALT = "consultations.demands.import"
KINDS = ".xlsx,.csv,.docx"


class TableFileForm(forms.Form):
    """A file with a table of demands; what was read waits in ``reading``."""

    file = forms.FileField(
        label=_("Plik z tabelą"),
        widget=forms.ClearableFileInput(attrs={"accept": KINDS}),
        help_text=_(
            "XLSX, CSV albo DOCX z kolumnami: Lp., Nazwa organizacji, Postulaty, Uzasadnienie, Stanowisko. "
            "Kolumna „Kod” jest dodatkowa. Najpierw pokażemy, co odczytaliśmy."
        ),
    )
    reading: Reading

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not str(upload.name).lower().endswith(tuple(KINDS.split(","))):
            raise forms.ValidationError(_("wybierz plik .xlsx, .csv albo .docx"))
        examined = examine(upload)
        self.reading = read_demands(examined.name, examined.content.read())
        return upload


def packed(rows: list[DemandRow], meeting: DemandMeeting) -> str:
    """Rows that were shown, signed, so that exactly these are saved, once, below as many as there were then."""
    values = [
        [
            r.lp,
            r.organisation,
            r.postulate,
            r.justification,
            r.position,
            r.code,
            r.unit.pk if r.unit else None,
        ]
        for r in rows
    ]
    return signing.dumps([meeting.pk, meeting.postulates.count(), values], salt=SALT, compress=True)


def unpacked(text: str, meeting: DemandMeeting) -> tuple[list[DemandRow], int]:
    """The rows again, and how many the table had. Raises signing.BadSignature, also for another table's."""
    of, count, values = signing.loads(text, salt=SALT, max_age=24 * 3600)
    if of != meeting.pk:
        raise signing.BadSignature
    units = OrganizationalUnit.objects.in_bulk({row[6] for row in values if row[6]})
    rows = [
        DemandRow(
            lp=lp, organisation=organisation, postulate=postulate, justification=why, position=position, code=code,
            unit=units.get(unit),
        )
        for lp, organisation, postulate, why, position, code, unit in values
    ]  # fmt: skip
    return rows, count


class FollowUpForm(forms.Form):
    """What became of a demand."""

    noted_on = DayField(label=_("Dzień"), initial=today)
    status = forms.ChoiceField(label=_("Co się dzieje"), choices=DemandStatus.choices)
    text = forms.CharField(
        label=_("Co zrobiono"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Wpis jest od razu publiczny i nie można go zmienić. Pomyłkę poprawia następny wpis."),
    )
    url = forms.URLField(
        label=_("Odnośnik"),
        required=False,
        max_length=500,
        help_text=_("np. ogłoszenie konkursu"),
        assume_scheme="https",
    )
    unit = forms.ModelChoiceField(
        OrganizationalUnit.objects.current(), label=_("Komórka"), required=False, empty_label=_("nie podaję")
    )


class MergeForm(forms.Form):
    """The main demand that this one repeats: one of those alike, or of those found by words."""

    main = forms.ChoiceField(label=_("Postulat główny"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Szukaj innego postulatu"),
        required=False,
        max_length=200,
        help_text=_(
            "Gdy nie ma go wyżej: słowa z postulatu albo nazwa organizacji. Pokażemy, co znaleźliśmy."
        ),
    )

    def __init__(self, *args, demand: Postulate, **kwargs):
        super().__init__(*args, **kwargs)
        text = _("%(demand)s, podobieństwo %(n)d%%")
        close = {other: text % {"demand": line_of(other), "n": score} for other, score in alike(demand)}
        self.found = by_words(demand, self.data.get("words", "")[:200])
        self.choosable = {str(other.pk): other for other in [*close, *self.found]}
        self.fields["main"].choices = [
            (key, close.get(row) or line_of(row)) for key, row in self.choosable.items()
        ]
        if not self.choosable:
            del self.fields["main"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["main_demand"] = self.choosable.get(data.get("main", ""))
        if data["main_demand"] is None and not self.errors:
            self.add_error("words", self.advice(data.get("words", "")))
        return data

    def advice(self, words: str) -> Any:
        """What to do next, when nothing is chosen."""
        if self.found:
            return _("zaznacz wyżej jeden ze znalezionych postulatów")
        return (
            _("żaden postulat nie ma tych słów, wpisz inne")
            if words
            else _("zaznacz postulat albo wpisz słowa")
        )


def line_of(demand: Postulate) -> str:
    """»Więcej sal (Fundacja, 17 czerwca 2025)«."""
    when = formats.day(demand.meeting_on) if demand.meeting_on else formats.partial_date(demand.meeting_about)
    return f"{demand} ({', '.join(filter(None, [demand.organisation_name, when]))})"
