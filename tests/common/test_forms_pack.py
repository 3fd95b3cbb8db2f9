"""The form templates: order, labels, hints, errors and the summary."""

import re
from decimal import Decimal

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field, as_crispy_form
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils import translation

from core.common.form_fields import DayField, MoneyField
from core.common.templatetags import forms_pack


class Sample(forms.Form):
    krs = forms.RegexField(
        r"^\d{10}$", label="Numer KRS", help_text="10 cyfr", error_messages={"invalid": "wpisz 10 cyfr"}
    )
    site = forms.CharField(label="Strona internetowa", required=False)
    amount = MoneyField(label="Kwota dotacji")
    opp = forms.ChoiceField(
        label="Czy ma status OPP?", choices=[("t", "tak"), ("n", "nie")], widget=forms.RadioSelect
    )
    areas = forms.MultipleChoiceField(
        label="Obszary",
        choices=[(str(n), f"Obszar {n}") for n in range(10)],
        widget=forms.CheckboxSelectMultiple,
    )
    meets_at = forms.SplitDateTimeField(label="Termin spotkania", required=False)
    consent = forms.BooleanField(label="Zgadzam się")
    step = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)


class Sums(forms.Form):
    name = forms.CharField(label="Nazwa")

    def clean(self):
        raise forms.ValidationError("Suma źródeł nie zgadza się z sumą kosztów.")


@pytest.fixture(autouse=True)
def _polish():
    with translation.override("pl"):
        yield


def html_of(form) -> str:
    return as_crispy_form(form)


def field_html(name: str, data=None) -> str:
    return as_crispy_field(Sample(data)[name])


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def test_order_is_label_hint_error_control():
    html = field_html("krs", {"krs": "123"})
    places = [html.index(part) for part in ("Numer KRS</label>", "10", "wpisz", "<input")]
    assert places == sorted(places)


def test_control_is_described_by_hint_and_error():
    html = field_html("krs", {"krs": "123"})
    described = re.search(r'aria-describedby="([^"]+)"', html).group(1).split()
    assert set(described) == {"id_krs_helptext", "id_krs_error"}
    assert all(f'id="{name}"' in html for name in described)
    assert 'aria-invalid="true"' in html


def test_clean_field_is_not_marked_invalid():
    html = field_html("krs")
    assert "aria-invalid" not in html
    assert "has-err" not in html


def test_only_optional_fields_are_marked():
    assert "(nieobowiązkowe)" in field_html("site")
    assert "(nieobowiązkowe)" not in field_html("krs")
    assert "(nieobowiązkowe)" not in field_html("consent")


def test_typed_text_is_kept_and_escaped():
    assert 'value="&lt;b&gt;&#x27;&quot;"' in field_html("krs", {"krs": "<b>'\""})


def test_radio_buttons_are_a_fieldset_with_a_legend():
    html = field_html("opp")
    assert html.strip().startswith("<fieldset")
    assert "<legend>Czy ma status OPP?</legend>" in html
    assert html.count('type="radio"') == html.count("<label") == 2


def test_long_lists_of_boxes_stand_in_two_columns():
    assert "cols2" in field_html("areas")
    assert "cols2" not in field_html("opp")


def test_each_input_of_a_split_field_has_its_label():
    html = field_html("meets_at")
    labelled = re.findall(r'<label for="(id_meets_at_\d)">(\w+)</label>', html)
    assert labelled == [("id_meets_at_0", "dzień"), ("id_meets_at_1", "godzina")]
    assert all(f'id="{name}"' in html for name, _label in labelled)


def test_unit_stands_behind_the_amount():
    html = field_html("amount")
    assert html.index("<input") < html.index('<span class="unit">zł</span>')


def test_hidden_field_has_no_label():
    html = field_html("step")
    assert 'type="hidden"' in html
    assert "<label" not in html


def test_summary_links_every_mistake_to_its_field():
    html = html_of(Sample({"krs": "123"}))
    summary = html[html.index('class="esum"') : html.index("</ul>")]
    assert 'role="alert"' in html
    assert re.findall(r'href="#([^"]+)"', summary) == [
        "id_krs",
        "id_amount",
        "id_opp_0",
        "id_areas_0",
        "id_consent",
    ]
    assert "Popraw 5 błędów" in text(summary)


def test_every_link_of_the_summary_has_a_target():
    html = html_of(Sample({"krs": "123"}))
    for target in re.findall(r'href="#([^"]+)"', html):
        assert html.count(f'id="{target}"') == 1


def test_summary_and_field_say_the_same():
    html = html_of(Sample({"krs": "123"}))
    assert text(html).count("Numer KRS: wpisz 10 cyfr") == 2


def test_no_summary_without_mistakes():
    assert "esum" not in html_of(Sample())


def test_mistake_of_the_whole_form_has_no_link():
    html = html_of(Sums({"name": "x"}))
    assert "Popraw 1 błąd" in text(html)
    assert "<li>Suma źródeł" in html


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("amount", "Kwota dotacji: uzupełnij to pole"),
        ("opp", "Czy ma status OPP: wybierz odpowiedź"),
        ("consent", "Zgadzam się: zaznacz to pole"),
    ],
)
def test_missing_answers_are_asked_for_in_words(name, expected):
    assert forms_pack.error_lines(Sample({})[name]) == [expected]


def test_the_name_of_the_field_is_not_said_twice():
    class Named(forms.Form):
        nip = forms.RegexField(r"^\d+$", label="NIP", error_messages={"invalid": "NIP: wpisz same cyfry"})

    assert forms_pack.error_lines(Named({"nip": "x"})["nip"]) == ["NIP: wpisz same cyfry"]


def test_djangos_own_messages_are_polish():
    class Mail(forms.Form):
        email = forms.EmailField(label="Adres e-mail")

    [line] = forms_pack.error_lines(Mail({"email": "x"})["email"])
    assert line == "Adres e-mail: wpisz adres w postaci nazwa@domena.pl"


def test_whole_form_with_layout_and_button():
    class Framed(Sample):
        helper = FormHelper()
        helper.layout = Layout(Fieldset("Dane", "krs", "site"), Submit("save", "Zapisz szkic"))
        helper.disable_csrf = True

    html = render_crispy_form(Framed())
    assert html.count("<form") == 1
    assert "novalidate" in html
    assert '<legend class="h3">Dane</legend>' in html
    assert re.search(r'<button type="submit"[^>]*name="save"[^>]*>Zapisz szkic</button>', html)


def test_formset_mistakes_are_in_one_summary():
    formset_class = forms.formset_factory(Sample, extra=2)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-krs": "1", "form-1-krs": "2"}
    found = forms_pack.mistakes(formset_class(data))
    assert [target for target, _text in found if target.endswith("krs")] == ["id_form-0-krs", "id_form-1-krs"]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1200,50", "1200.50"),
        ("1 200,50 zł", "1200.50"),
        ("1\u00a0440\u00a0000", "1440000"),
        ("0", "0"),
        ("12.3", "12.3"),
    ],
)
def test_amounts_are_understood_as_people_write_them(written, amount):
    assert MoneyField().clean(written) == Decimal(amount)


@pytest.mark.parametrize("written", ["dużo", "1,2,3", "1e9", "NaN", "-5", "1,234", "9" * 400, "\x00", "١٢"])
def test_amounts_that_are_none_are_refused(written):
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(written)


def test_amount_is_shown_again_with_a_decimal_comma():
    class Budget(forms.Form):
        total = MoneyField(initial=Decimal("86000.50"))

    assert 'value="86000,50"' in str(Budget()["total"])


def test_day_input_speaks_the_format_of_the_browser():
    class When(forms.Form):
        due_on = DayField(initial=None)

    form = When({"due_on": "24.11.2026"})
    assert form.is_valid()
    assert 'type="date"' in str(form["due_on"])
    assert 'value="2026-11-24"' in str(When(initial={"due_on": form.cleaned_data["due_on"]})["due_on"])
