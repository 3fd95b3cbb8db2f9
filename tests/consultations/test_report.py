"""The generated report (R-CNS-19): what it says, in every form, and what it never says."""

import csv
import io
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from consultations import actions, papers, queries, tasks
from consultations.enums import Channel, PositionCode, RespondentType, State
from consultations.models import Consultation
from consultations.papers import files as report_files
from consultations.queries.report import for_report
from core.common.clock import now
from core.documents.actions import attach
from core.documents.pdf import PdfFailed
from core.legal.rules import LawBreached
from tests.factories import consultations as make
from tests.factories.accounts import unit

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Kanarkowska", "kanarek@prywatny.example"
FORMULA = "=HYPERLINK(1) wzór"


def analysed(frozen, *, remarks: int = 3, **fields) -> Consultation:
    """Remarks of a resident, of an organisation, on paper and late; the analysis has begun."""
    made = make.consultation(State.OPEN, title="Zasady sal", **fields)
    resident = make.sender(name=f"Zofia {NAME}", email=ADDRESS)
    make.submission(made, remarks=remarks - 2, who=resident)
    text = actions.RemarkText(FORMULA, part="3.2", current_wording="Sale są bezpłatne.", justification="+1")
    ngo = make.sender(RespondentType.NGO, organisation_name="Fundacja Głośna")
    actions.file_submission(made, sender=ngo, remarks=[text], at=now())
    make.entry(made, by=make.manager(made.unit))
    frozen.move_to(made.ends_at + timedelta(minutes=1))
    make.submission(made, who=resident)
    actions.close_due(now())
    made.refresh_from_db()
    return actions.start_analysis(made, by=None, at=now())


def published(frozen, **fields) -> Consultation:
    made = analysed(frozen, **fields)
    for remark in made.remarks.to_answer():
        make.answer(remark, unit=unit("Zarząd Próbny") if remark.part == "3.2" else None)
    meeting = made.forms.get(kind="open_meeting")
    meeting.participants_count = 31
    meeting.save()
    report = made.report
    report.conclusions, report.changes = "<p>Najwięcej o godzinach.</p>", "<ul><li>sale w niedziele</li></ul>"
    report.campaign, report.course = "Plakaty w dzielnicach.", "Przyszło wiele osób."
    report.officials, report.what_next = "Dyrektor Wydziału\nInspektor", "Rada zdecyduje we wrześniu."
    actions.save_report(report, by=None, at=now())
    return actions.publish_report(made, by=None, at=now())


def address(made, kind: str = "") -> str:
    return f"{made.get_absolute_url()}raport/{f'{kind}/' if kind else ''}"


def page_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u2060", "")


def file_text(content: bytes, kind: str) -> str:
    """Every word of a file."""
    if kind == "docx":
        document = Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        words = [*(paragraph.text for paragraph in document.paragraphs), *cells]
        return "\n".join(words).replace("\u00a0", " ")
    if kind == "xlsx":
        book = load_workbook(io.BytesIO(content))
        return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)
    return content.decode("utf-8-sig")


# --- T23 --------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-18")
def test_t23_fourteen_remarks_one_without_position(frozen):
    made = analysed(frozen, remarks=14)
    make.write_report(made)
    last = made.remarks.to_answer().get(number=9)
    for remark in made.remarks.to_answer().exclude(pk=last.pk):
        make.answer(remark)

    with pytest.raises(LawBreached) as refused:
        actions.publish_report(made, by=None, at=now())

    assert made.remarks.to_answer().count() == 14
    (breach,) = refused.value.breaches
    assert (breach.rule, last.name in str(breach.message)) == ("R-CNS-18", True)
    assert Client().get(address(made)).status_code == 404
    assert Client().get(address(made, "csv")).status_code == 404
    make.answer(last)
    actions.publish_report(made, by=None, at=now())
    assert Client().get(address(made)).status_code == 200


# --- what it says ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-19")
def test_the_page_says_what_the_rule_wants(frozen, django_assert_max_num_queries):
    made = published(frozen)
    clerk = make.manager(made.unit)
    minutes = SimpleUploadedFile("protokol.txt", b"Protokol spotkania z mieszkancami.\n")
    attach(made.report, minutes, title="Protokół ze spotkania", by=clerk, at=now())
    Client().get(address(made))
    with django_assert_max_num_queries(8):
        page = page_of(Client().get(address(made)))

    for words in (
        "uchwała RMK nr CXI/2904/18", "Pytamy o zasady korzystania z sal.", "spotkanie otwarte", "31",
        "Plakaty w dzielnicach.", "Przyszło wiele osób.", "Dyrektor Wydziału", "formularz portalu", "papier",
        "Fundacja Głośna", "przyjęta", "Najwięcej o godzinach.", "<li>sale w niedziele</li>",
        "Rada zdecyduje we wrześniu.", "strona internetowa urzędu", "Protokół ze spotkania",
    ):  # fmt: skip
        assert words in page, words
    assert "Uwagi po terminie, bez stanowiska" in page
    assert "opóźniony" not in page


@pytest.mark.rule("R-CNS-16")
def test_the_table_has_exactly_the_five_columns(frozen):
    made = published(frozen)

    rows = list(
        csv.reader(io.StringIO(file_text(Client().get(address(made, "csv")).content, "csv")), delimiter=";")
    )

    assert rows[0] == [
        "Lp.",
        "Nazwa organizacji",
        "Postulaty, uwagi do: Zasady sal",
        "Uzasadnienie do postulatu, uwagi",
        f"Stanowisko komórki merytorycznej – {made.unit.name}",
    ]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3"]
    assert rows[2][1] == "Fundacja Głośna"
    assert rows[2][2] == f"[3.2] Zamiast: „Sale są bezpłatne.”. {FORMULA}"
    assert rows[2][3] == "'+1"
    assert rows[2][4] == f"Zarząd Próbny: [przyjęta] {make.POSITION}"


@pytest.mark.rule("R-CNS-20")
def test_a_report_that_came_late_says_so_everywhere(frozen):
    made = analysed(frozen)
    for remark in made.remarks.to_answer():
        make.answer(remark)
    make.write_report(made)
    frozen.shift(timedelta(days=35))
    actions.publish_report(made, by=None, at=now())
    due = made.report_due_with(1)
    late = (made.report_published_on - due).days

    page = page_of(Client().get(address(made)))

    assert f"opóźniony o {late} d" in page
    assert f"opóźniony o {late} d" in file_text(Client().get(address(made, "docx")).content, "docx")


def test_numbers_by_channel_and_sender_add_up(frozen):
    made = published(frozen)
    c = for_report().get(pk=made.pk)
    c.stage_total = 1

    sections = {section.key: section for section in papers.paper_of(c, c.forms.all(), [])}
    table = sections["udzial"].blocks[1]

    assert table.head == [
        "Sposób złożenia", str(RespondentType.RESIDENT.label), str(RespondentType.NGO.label), "razem",
    ]  # fmt: skip
    assert table.rows == [
        [str(Channel.WEB.label), "2", "1", "3"],
        [str(Channel.PAPER.label), "1", "0", "1"],
        ["razem", "3", "1", "4"],
    ]
    assert sections["stanowiska"].blocks[0].rows == [[str(PositionCode.ACCEPTED.label), "3", "100%"]]


def test_what_nobody_wrote_is_no_empty_heading(frozen):
    made = analysed(frozen)
    for remark in made.remarks.to_answer():
        make.answer(remark)
    make.write_report(made)
    actions.publish_report(made, by=None, at=now())

    page = page_of(Client().get(address(made)))

    assert 'id="wnioski"' in page
    assert 'id="zmiany"' not in page
    assert 'id="przebieg"' not in page
    assert 'id="etapy"' not in page


# --- the forms -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv"])
def test_files_hold_the_table_and_run_no_formula(frozen, kind):
    made = published(frozen)

    response = Client().get(address(made, kind))

    assert response.status_code == 200
    assert f'filename="raport-{made.slug}.{kind}"' in response["Content-Disposition"]
    words = file_text(response.content, kind)
    assert "Fundacja Głośna" in words
    assert f"Zarząd Próbny: [przyjęta] {make.POSITION}" in words
    if kind == "xlsx":
        book = load_workbook(io.BytesIO(response.content))
        assert book.sheetnames[0] == "Uwagi i stanowiska"
        assert not [c for sheet in book for row in sheet for c in row if c.data_type == "f"]
        with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
            assert not [name for name in packed.namelist() if b"<f>" in packed.read(name)]


def test_the_pdf_is_tagged_titled_and_kept(frozen, monkeypatch):
    made = published(frozen)

    response = Client().get(address(made, "pdf"))

    assert response.content.startswith(b"%PDF")
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("pl")
        assert "Zasady sal" in str(pdf.docinfo.get("/Title", "")) + str(pdf.open_metadata())
        first, last = pdf.pages[0], pdf.pages[-1]
        assert first.mediabox[2] < first.mediabox[3]
        assert last.mediabox[2] > last.mediabox[3]
    monkeypatch.setattr(report_files, "render_pdf", None)
    assert Client().get(address(made, "pdf")).content == response.content


def test_the_report_is_in_the_map_of_the_site(frozen):
    made = published(frozen)

    assert address(made) in [entry.url for entry in queries.sitemap_entries()]


def test_other_forms_do_not_exist(frozen):
    made = published(frozen)

    assert Client().get(address(made, "exe")).status_code == 404
    assert Client().post(address(made, "csv")).status_code == 405
    assert Client().get(f"{address(made)}?page=abc").status_code == 200


def test_a_long_table_is_turned_page_by_page(frozen, monkeypatch):
    monkeypatch.setattr("consultations.views.report.PER_PAGE", 2)
    made = published(frozen)

    first, second = (Client().get(f"{address(made)}?page={n}").content.decode() for n in (1, 2))

    assert "?page=2" in first
    assert (
        f'id="u{made.remarks.to_answer().order_by("number")[2].number}"' in second or "Zasady sal" in second
    )
    assert first != second


@pytest.mark.rule("R-CNS-14")
def test_of_a_hidden_remark_neither_text_nor_author_stands_in_the_report(frozen):
    made = analysed(frozen)
    rude = made.remarks.get(submission__organisation_name="Fundacja Głośna")
    actions.hide_remark(rude, reason="Obelgi.", by=None, at=now())
    for remark in made.remarks.to_answer():
        make.answer(remark)
    make.write_report(made)
    actions.publish_report(made, by=None, at=now())

    page = Client().get(address(made)).content.decode().replace("\u00a0", " ")
    table = Client().get(address(made, "csv")).content.decode()

    assert "[treść ukryta przez urząd]" in table
    assert "Głośna" not in page + table


def test_when_the_press_fails_the_page_says_where_to_read(frozen, monkeypatch):
    made = published(frozen)

    def broken(*_args, **_words):
        raise PdfFailed("broken")

    monkeypatch.setattr(report_files, "render_pdf", broken)
    response = Client().get(address(made, "pdf"))

    assert response.status_code == 503
    assert address(made) in page_of(response)


# --- large ------------------------------------------------------------------------------------------------------


def test_a_long_report_is_made_by_the_worker(frozen, monkeypatch):
    monkeypatch.setattr(report_files, "WORKER_FROM", 1)
    made = published(frozen)
    ordered = []

    class Order:
        def __init__(self, _task, args):
            ordered.append(args)

        def apply_async(self, **_words):
            return None

    monkeypatch.setattr(report_files, "signature", Order)
    first, second = Client().get(address(made, "docx")), Client().get(address(made, "docx"))
    assert (first.status_code, second.status_code) == (202, 202)
    assert "Raport powstaje" in page_of(first)
    assert ordered == [[made.pk, "docx"]]

    assert tasks.make_report_file(made.pk, "docx") > 1_000

    assert Client().get(address(made, "docx")).status_code == 200
    assert tasks.make_report_file(0, "docx") == 0


def test_a_queue_that_is_away_is_asked_again(frozen, monkeypatch):
    monkeypatch.setattr(report_files, "WORKER_FROM", 1)
    made = published(frozen)
    asked = []

    class Away:
        def __init__(self, _task, args):
            asked.append(args)

        def apply_async(self, **_words):
            raise OSError

    monkeypatch.setattr(report_files, "signature", Away)

    assert [Client().get(address(made, "docx")).status_code for _n in range(2)] == [202, 202]
    assert len(asked) == 2


def test_many_remarks_come_in_pages_with_the_same_queries(frozen, django_assert_max_num_queries):
    made = published(frozen, remarks=52)
    Client().get(address(made))
    with django_assert_max_num_queries(8):
        page = page_of(Client().get(address(made)))
    assert 'id="u52"' in page


# --- what it never says -------------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-14")
def test_no_form_of_the_report_names_a_private_person(frozen):
    made = analysed(frozen)
    text = "Proszę dzwonić: 600 700 800, pisać: sasiad@prywatny.example."
    remark = made.remarks.get(number=1)
    remark.proposed_wording = text
    remark.save()
    hidden = made.remarks.get(number=3)
    actions.hide_remark(hidden, reason=f"Obraża panią {NAME}.", by=None, at=now())
    for one in made.remarks.to_answer():
        make.answer(one)
    make.write_report(made)
    actions.publish_report(made, by=None, at=now())

    words = page_of(Client().get(address(made)))
    for kind in ("docx", "xlsx", "csv"):
        words += file_text(Client().get(address(made, kind)).content, kind)

    assert "Proszę dzwonić: […], pisać: […]." in words
    assert "[treść ukryta przez urząd]" in words
    assert "Proszę o sale bliżej tramwaju" not in words
    for secret in (NAME, ADDRESS, "600 700 800", "sasiad@prywatny.example", "Sekretna"):
        assert secret not in words, secret


def test_imported_reports_have_no_generated_page(frozen):
    made = published(frozen)
    Consultation.objects.filter(pk=made.pk).update(origin="imported")

    assert Client().get(address(made)).status_code == 404


# --- before it is public ------------------------------------------------------------------------------------


def desk_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def desk_url(name: str, *args) -> str:
    return reverse(f"admin:consultations_{name}", args=args)


@pytest.mark.rule("R-CNS-19")
def test_the_desk_looks_at_the_report_before_it_is_public(frozen):
    made = analysed(frozen)
    for remark in made.remarks.to_answer():
        actions.answer_remarks(
            [remark], code=PositionCode.ACCEPTED, position="Przyjmujemy, zmienimy godziny.", by=None, at=now()
        )
    made.report.conclusions = "<p>Najwięcej o godzinach.</p>"
    actions.save_report(made.report, by=None, at=now())
    desk = desk_of(make.manager(made.unit))
    preview = desk_url("report_preview", made.report.pk)

    page = page_of(desk.get(preview))

    assert "Szkic." in page
    assert "Opublikowany" not in page
    assert page.count("Przyjmujemy, zmienimy godziny.") == made.remarks.to_answer().count()
    assert "100%" in page, "drafts of positions are counted too"
    pdf = desk.get(desk_url("report_preview_pdf", made.report.pk))
    assert pdf.content.startswith(b"%PDF")
    with pikepdf.open(io.BytesIO(pdf.content)) as paper:
        assert str(paper.docinfo["/Title"]).startswith("SZKIC. Raport z konsultacji")
    step = desk_url("consultation_move", made.pk, State.REPORT_PUBLISHED)
    for offering in (step, desk_url("report_change", made.report.pk)):
        assert preview in page_of(desk.get(offering))
    assert Client().get(address(made)).status_code == 404
    assert desk_of(make.manager(unit("Wydział Obcy"))).get(preview).status_code == 404
    actions.publish_report(made, by=None, at=now())
    assert desk.get(preview).status_code == 404
    assert preview not in page_of(desk.get(desk_url("report_change", made.report.pk)))


def test_next_steps_of_the_notice_are_told_as_its_words(frozen):
    made = published(frozen, what_next="Po konsultacjach opublikujemy raport.")
    announced = "Tak zapowiadało ogłoszenie konsultacji:"
    assert announced not in page_of(Client().get(address(made)))
    made.report.what_next = ""
    actions.save_report(made.report, by=None, at=now())
    page = page_of(Client().get(address(made)))
    assert announced in page
    assert "Po konsultacjach opublikujemy raport." in page


@pytest.mark.rule("R-CNS-22")
def test_the_step_of_the_outcome_asks_for_it(frozen):
    made = published(frozen)
    desk = desk_of(make.manager(made.unit))
    step = desk_url("consultation_move", made.pk, State.OUTCOME_PUBLISHED)
    assert 'name="outcome_url"' in page_of(desk.get(step))
    assert "has-err" in page_of(desk.post(step, {"outcome": ""}))

    wanted = {"outcome": "Rada przyjęła zasady.", "outcome_url": "https://bip.example/uchwala"}
    assert desk.post(step, wanted).status_code == 302

    made.refresh_from_db()
    assert (made.state, made.outcome, made.outcome_url) == (State.OUTCOME_PUBLISHED, *wanted.values())
    assert "Rada przyjęła zasady." in page_of(Client().get(made.get_absolute_url()))
