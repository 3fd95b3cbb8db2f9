"""The desk of the document: a file in, a look at the points, a version out."""

import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions
from consultations.enums import State
from consultations.forms.notice import PointsField
from core.common.clock import now
from tests.consultations.documents import docx, file
from tests.factories import consultations as make
from tests.factories.accounts import UserFactory, unit

pytestmark = pytest.mark.django_db

TEXT = "# Zasady sal\n\n§ 1. Sale\n\n1. Miasto udostępnia sale.\n\n2. Sale są bezpłatne.\n"


@pytest.fixture
def own(frozen):
    return unit("Wydział Własny")


@pytest.fixture
def desk(own) -> Client:
    client = Client()
    client.force_login(make.manager(own))
    return client


def page_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u2060", "")


def url(verb: str, made, *more) -> str:
    return reverse(f"admin:consultations_consultation_{verb}", args=[made.pk, *more])


def read(desk, made, name: str = "zasady.md", content: bytes | str = TEXT, purpose: str = "consulted"):
    return desk.post(url("document", made), {"upload": file(name, content), "purpose": purpose})


def sent(version, **changes) -> dict[str, str]:
    return {
        "title": version.title,
        "purpose": version.purpose,
        "stage": "",
        "reason": "",
        "text": "",
        **changes,
    }


def test_the_change_page_leads_to_the_document(desk, own):
    made = make.draft(unit=own)

    page = page_of(desk.get(url("change", made)))

    assert url("document", made) in page
    assert f'href="{made.get_absolute_url()}"' not in page, "nobody may open a draft"
    shown = make.consultation(State.PLANNED, unit=own)
    assert f'href="{shown.get_absolute_url()}"' in page_of(desk.get(url("change", shown)))


def test_a_file_is_shown_point_by_point_before_it_is_kept(desk, own):
    made = make.draft(unit=own)

    response = read(desk, made)

    version = made.versions.get(is_preview=True)
    assert response.url == url("document_preview", made, version.pk)
    page = page_of(desk.get(response.url))
    for words in (
        "zasady.md",
        "1 rozdział, 2 punkty",
        "§1.1",
        "Miasto udostępnia sale.",
        'value="Zasady sal"',
    ):
        assert words in page, words
    assert [point.number for point in made.points] == ["§3", "3.1", "3.2"]  # nothing has changed yet


def test_chapters_are_not_counted_as_points(desk, own):
    made = make.draft(unit=own)
    version = _preview(made, (("1", True, "Zupełnie inny rozdział"), ("1.1", False, "Całkiem inny zapis")))

    page = desk.get(url("document_preview", made, version.pk))

    assert [n for _label, n in page.context["counts"]] == [1, 0, 2]


def test_a_kept_file_is_the_document(desk, own):
    made = make.draft(unit=own)
    version = _preview(made)

    response = desk.post(
        url("document_preview", made, version.pk),
        sent(version, text="§1 Sale\n§1.1 Miasto udostępnia sale.", title="Zasady", keep="1"),
    )

    assert response.status_code == 302
    kept = made.versions.get()
    assert (kept.is_preview, kept.title, kept.number) == (False, "Zasady", 1)
    assert [point.text for point in made.points] == ["Sale", "Miasto udostępnia sale."]
    assert "To jest teraz treść dokumentu." in page_of(desk.get(response.url))


def test_corrections_are_saved_and_looked_at_again(desk, own):
    made = make.draft(unit=own)
    version = _preview(made)

    response = desk.post(
        url("document_preview", made, version.pk), sent(version, text="1 Krótszy tekst", save="1")
    )

    assert response.url == url("document_preview", made, version.pk)
    assert [point.text for point in version.points.all()] == ["Krótszy tekst"]
    assert made.versions.get(pk=version.pk).is_preview


def test_what_is_thrown_away_is_gone(desk, own):
    made = make.draft(unit=own)
    version = _preview(made)

    desk.post(url("document_preview", made, version.pk), sent(version, drop="1"))

    assert not made.versions.filter(is_preview=True).exists()
    assert desk.get(url("document_preview", made, version.pk)).status_code == 404


def test_after_the_notice_a_version_needs_its_reason_and_nothing_typed_is_lost(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    version = _preview(made)
    address = url("document_preview", made, version.pk)

    page = page_of(desk.post(address, sent(version, text="1 Poprawiony punkt", keep="1")))

    assert "napisz, skąd nowa wersja" in page
    assert "1 Poprawiony punkt" in page
    assert made.versions.filter(is_preview=True).exists()
    assert (
        desk.post(address, sent(version, text="1 Poprawiony punkt", reason="Błąd", keep="1")).status_code
        == 302
    )
    assert [point.text for point in made.points] == ["Poprawiony punkt"]
    page = page_of(desk.get(url("document", made)))
    assert "Skąd ta wersja: Błąd" in page
    assert "Porównaj wersję 1 z poprzednią" not in page
    assert page.count(" z poprzednią</a>") == made.versions.count() - 1


def test_numbers_twice_are_told_at_the_box(desk, own):
    made = make.draft(unit=own)
    version = _preview(made)

    page = page_of(
        desk.post(url("document_preview", made, version.pk), sent(version, text="1 a\n1 b", save="1"))
    )

    assert "numery nie mogą się powtarzać: 1" in page
    assert "1 a\n1 b" in page


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("skan.pdf", b"%PDF-1.7", "z PDF nie da się odczytać punktów"),
        ("makra.docm", b"PK", "zawiera makra"),
        ("pusty.docx", docx(lambda document: None), "nie ma w nim tekstu"),
    ],
)
def test_a_bad_file_is_told_at_the_field(desk, own, name, content, message):
    made = make.draft(unit=own)

    response = read(desk, made, name, content)

    assert response.status_code == 200
    assert message in page_of(response)
    assert not made.versions.filter(is_preview=True).exists()


def test_a_form_without_a_file_says_so(desk, own):
    made = make.draft(unit=own)

    assert "wybierz plik" in page_of(desk.post(url("document", made), {"purpose": "consulted"}))


def test_the_present_text_can_be_corrected_by_hand(desk, own):
    made = make.consultation(State.OPEN, unit=own)

    response = desk.post(url("document_edit", made))

    version = made.versions.get(is_preview=True)
    assert response.url == url("document_preview", made, version.pk)
    assert [point.key for point in version.points.all()] == ["par3", "3.1", "3.2"]
    assert desk.get(url("document_edit", made)).url == url("document", made)


def test_a_long_document_is_corrected_in_its_file(desk, own):
    made = make.draft(unit=own)
    version = _preview(made, points=[(str(n), False, "słowo " * 2_000) for n in range(1, 20)])

    page = page_of(desk.get(url("document_preview", made, version.pk)))
    kept = desk.post(url("document_preview", made, version.pk), sent(version, keep="1"))

    assert "Popraw plik i wczytaj go jeszcze raz." in page
    assert kept.status_code == 302
    assert made.points.count() == 19
    assert "Treść dokumentu i jego kolejne wersje są na stronie" in page_of(desk.get(url("change", made)))


def test_after_the_end_the_box_of_the_notice_is_closed(desk, own):
    made = make.consultation(State.CLOSED, unit=own)

    page = page_of(desk.get(url("change", made)))

    assert "Treść dokumentu i jego kolejne wersje są na stronie" in page
    assert "3.1 Miasto udostępnia sale." not in page


def boxes(page, **changes) -> dict[str, str]:
    """What a browser sends from the page of the notice."""
    form = page.context["adminform"].form
    sent = {name: form[name].value() for name in form.fields if form[name].value()}
    rows = {
        f"{prefix}-{name}_FORMS": "0"
        for prefix in ("stages", "forms")
        for name in ("TOTAL", "INITIAL", "MIN_NUM")
    }
    own = {"legal_bases": "ustawa", "languages": "pl", "document_titles": "", "change_reason": "Poprawka."}
    text = form["document_text"].value().replace("\n", "\r\n")
    return {**sent, **rows, **own, "document_text": text, **changes}


def test_an_old_page_of_the_notice_does_not_bring_an_old_wording_back(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    address = url("change", made)
    old = boxes(desk.get(address), title="Inny tytuł")
    actions.set_points(made, [("1", False, "Nowsza treść")], by=None, at=now())

    untouched = desk.post(address, old)
    typed = desk.post(address, {**old, "document_text": "1 Moja poprawka"})

    made.refresh_from_db()
    assert (untouched.status_code, made.title) == (302, "Inny tytuł")
    assert [point.text for point in made.points] == ["Nowsza treść"]
    assert made.versions.count() == 2
    assert "treść zmieniła się, odkąd masz otwartą tę stronę" in page_of(typed)
    assert "1 Moja poprawka" in page_of(typed)
    assert desk.post(address, boxes(desk.get(address), document_text="1 Poprawka")).status_code == 302
    assert [point.text for point in made.points] == ["Poprawka"]


def test_line_ends_of_a_browser_make_no_text_longer():
    field = PointsField(max_length=7)

    assert [point.text for point in field.clean("1 a\r\n2 b")] == ["a", "b"]
    assert not field.has_changed("1 a\n2 b", "1 a\r\n2 b")


def test_another_unit_finds_nothing(own, desk):
    foreign = make.draft(unit=unit("Obcy Wydział"))

    assert desk.get(url("document", foreign)).status_code == 404
    assert read(desk, foreign).status_code == 404
    assert desk.post(url("document_edit", foreign)).status_code == 404


def test_a_person_of_no_office_is_sent_away(own):
    made = make.draft(unit=own)
    client = Client()
    client.force_login(UserFactory())

    assert client.get(url("document", made)).status_code in (302, 403, 404)


def _preview(made, points=(("1", False, "Wczytany punkt"),)):
    return actions.preview_version(made, points=points, by=None, at=now(), imported_from="zasady.md")
