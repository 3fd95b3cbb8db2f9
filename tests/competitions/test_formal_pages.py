"""Pages of the formal check: the desk's card and request, the organisation's supplement, papers and files."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from competitions.actions import formal
from competitions.enums import OfferState
from competitions.models import FormalAnswer
from competitions.papers.docx_form import offer_docx
from competitions.papers.xlsx_costs import HEAD_ROW, costs_xlsx
from core.accounts.roles import Role
from core.common.clock import now
from tests.factories import formal as make
from tests.factories import offers, organizations
from tests.factories.accounts import official

pytestmark = pytest.mark.django_db
OFFERS = "/admin/competitions/offer/"


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u2060", "")


@pytest.fixture
def call(unit, frozen):
    return make.call_in_check(unit=unit)


@pytest.fixture
def offer(call):
    return make.filed(call)


@pytest.fixture
def desk(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def ngo(client, offer):
    client.force_login(offer.filed_by)
    return client


def card(page, **changes) -> dict:
    """The card as a browser sends it."""
    sent = {}
    for row in page.context["rows"]:
        pk = row.item.pk
        sent |= {
            f"mark-{pk}": row.mark,
            f"note-{pk}": row.note,
            f"read-{pk}": row.read_number,
            f"was-{pk}": row.was,
        }
    return {**sent, **changes}


# --- the desk -------------------------------------------------------------------------------------


def test_the_list_shows_what_came_in_and_filters_it(desk, call, offer):
    make.rejected(make.filed(call))
    offers.draft_offer()
    page = desk.get(OFFERS)
    assert page.status_code == 200
    assert text(page).count("Ruch to zdrowie") >= 2
    assert "wyniki: 2" in text(page)
    assert "wyniki: 1" in text(desk.get(f"{OFFERS}?formalna=odrzucona"))
    assert "wyniki: 1" in text(desk.get(f"{OFFERS}?formalna=czeka&call__id__exact={call.pk}"))
    assert "wyniki: 0" in text(desk.get(f"{OFFERS}?formalna=poprawna"))


def test_chosen_offers_are_read_one_after_the_other(desk, call, offer):
    other = make.filed(call)
    sent = {"action": "read_in_turn", "_selected_action": [offer.pk, other.pk]}
    page = desk.post(OFFERS, sent, follow=True)
    assert "Oferta 1 z 2" in text(page)
    assert "Następna" in text(page)
    assert "Instruktorka" in text(page)


def test_the_card_is_marked_and_decided_on(desk, offer):
    address = f"{OFFERS}{offer.pk}/karta/"
    page = desk.get(address)
    assert "Z odpowiedzią: 0 z 12" in text(page)
    assert "wpłynęła:" in text(page)
    marks = {f"mark-{row.item.pk}": "yes" for row in page.context["rows"]}
    assert desk.post(address, card(page, **marks)).status_code == 302
    assert FormalAnswer.objects.filter(offer=offer, mark="yes").count() == 12
    moved = desk.post(f"{OFFERS}{offer.pk}/stan/formally_ok/", {"reason": ""})
    assert moved.status_code == 302
    offer.refresh_from_db()
    assert offer.state == OfferState.FORMALLY_OK
    closed = desk.get(address)
    assert ">Zapisz kartę<" not in text(closed)
    assert desk.post(address, card(page)).status_code == 403


def test_two_clerks_in_one_card_on_two_pages(desk, offer, unit):
    address = f"{OFFERS}{offer.pk}/karta/"
    page = desk.get(address)
    first, second = (row.item for row in page.context["rows"][:2])
    other = official(Role.UNIT_EDITOR, unit)
    formal.save_answer(offer, first, mark="no", note="po terminie", read_number=0, by=other, at=now())
    formal.save_answer(offer, second, mark="yes", read_number=0, by=other, at=now())

    answer = desk.post(address, card(page, **{f"mark-{first.pk}": "yes", f"note-{first.pk}": "moja uwaga"}))
    assert answer.status_code == 200
    assert "po terminie" in text(answer)
    assert "moja uwaga" in text(answer)
    assert FormalAnswer.objects.get(item=first).note == "po terminie"
    assert FormalAnswer.objects.get(item=second).mark == "yes"

    again = desk.post(address, card(answer))
    assert again.status_code == 302
    assert FormalAnswer.objects.get(item=first).note == "moja uwaga"


def test_a_row_alone_is_saved_by_the_script(desk, offer):
    address = f"{OFFERS}{offer.pk}/karta/"
    item = make.item_of(offer, "kompletna")
    sent = {"row": item.pk, f"mark-{item.pk}": "no", f"note-{item.pk}": "brak celu", f"read-{item.pk}": 0}
    answer = desk.post(address, sent)
    assert answer.json()["number"] == 1
    assert "zapisano o" in answer.json()["saved"]
    late = desk.post(address, {**sent, f"mark-{item.pk}": "yes"})
    assert late.status_code == 409
    assert "NIE, „brak celu”" in late.json()["conflict"]


def test_a_request_goes_out_from_the_desk(desk, offer):
    make.marked(offer, "kompletna")
    item = make.item_of(offer, "kompletna")
    address = f"{OFFERS}{offer.pk}/wezwanie/"
    page = desk.get(address)
    assert "2026-06-17T23:59" in text(page)
    empty = desk.post(address, {"due_at": "2026-06-17T23:59"})
    assert "Błąd" in text(empty) or empty.context["form"].errors
    past = desk.post(address, {f"what_{item.pk}": "Dopisz cel.", "due_at": "2026-06-01T12:00"})
    assert "wybierz przyszły dzień" in text(past)
    sent = {
        f"what_{item.pk}": "Dopisz cel.",
        "due_at": "2026-06-19T12:00",
        "sections": ["capacity", "attachments"],
    }
    assert desk.post(address, sent).status_code == 302
    offer.refresh_from_db()
    assert offer.state == OfferState.CORRECTION_REQUESTED
    assert (offer.correction.sections, offer.correction.opens_attachments) == (["capacity"], True)
    assert desk.get(address).status_code == 302
    longer = {"due_at": "2026-06-22T12:00", "reason": "awaria"}
    assert desk.post(f"{OFFERS}{offer.pk}/czynnosc/przedluzenie/", longer).status_code == 302


def test_an_offer_is_rejected_from_the_desk_with_a_code(desk, offer):
    address = f"{OFFERS}{offer.pk}/czynnosc/odrzucenie/"
    from competitions.models import RejectionReason

    code = RejectionReason.objects.get(code="F02")
    refused = desk.post(address, {"code": code.pk, "reason": "bez powodu"})
    assert "żaden punkt karty" in text(refused)
    make.marked(offer, "uprawniony podmiot")
    assert desk.post(address, {"code": code.pk, "reason": "Partia polityczna."}).status_code == 302
    offer.refresh_from_db()
    assert offer.state == OfferState.FORMALLY_REJECTED
    assert "F02" in text(desk.get(f"{OFFERS}{offer.pk}/change/"))


@pytest.mark.parametrize("who", ["stranger", "member", "ngo", "resident"])
def test_others_see_nothing_of_the_desk(client, offer, who, stranger, unit):
    person = {
        "stranger": lambda: stranger,
        "member": lambda: official(Role.COMMITTEE_MEMBER, unit),
        "ngo": lambda: offer.filed_by,
        "resident": organizations.person,
    }[who]()
    client.force_login(person)
    pages = ["change/", "karta/", "wezwanie/", "czynnosc/odrzucenie/"]
    answers = {client.get(f"{OFFERS}{offer.pk}/{page}").status_code for page in pages}
    assert answers <= ({404, 302} if who == "stranger" else {302, 403, 404})
    if who in ("stranger", "member", "resident"):
        for name in ("offer_pdf", "offer_versions", "offer_docx", "offer_xlsx", "offer_import", "supplement"):
            assert client.get(reverse(f"competitions:{name}", args=[offer.pk])).status_code == 404


def test_queries_of_the_list_do_not_grow(desk, call, offer, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make.filed(call)
    desk.get(OFFERS)
    with CaptureQueriesContext(connection) as few:
        desk.get(OFFERS)
    for _number in range(4):
        make.filed(call)
    with CaptureQueriesContext(connection) as many:
        desk.get(OFFERS)
    assert len(many) == len(few)


# --- the organisation -----------------------------------------------------------------------------


def test_an_organisation_supplements_what_was_opened(ngo, offer, manager):
    make.asked(offer)
    address = reverse("competitions:supplement", args=[offer.pk])
    page = ngo.get(address)
    assert "Opisz zasoby rzeczowe." in text(page)
    assert "IV. Doświadczenie i zasoby" in text(page)
    step = reverse("competitions:offer_section", args=[offer.pk, "capacity"])
    closed = reverse("competitions:offer_section", args=[offer.pk, "task"])
    assert ngo.get(closed).status_code == 302
    assert ngo.post(reverse("competitions:offer_autosave", args=[offer.pk, "task"]), {}).status_code == 404
    number = offer.sections.get(key="capacity").edit_number
    sent = {
        "material": "sala 200 m²",
        "human": "dwie osoby",
        "earlier_activity": "od 2010",
        "financial": "składki",
        "edit_number": number,
        "act": "next",
    }
    saved = ngo.post(step, sent)
    assert saved.status_code == 302
    assert saved.url == address
    assert "sala 200 m²" in text(ngo.get(address)) or "200" in text(ngo.get(address))
    assert ngo.post(address).status_code == 302
    offer.refresh_from_db()
    assert offer.state == OfferState.CORRECTED
    versions = ngo.get(reverse("competitions:offer_versions", args=[offer.pk]))
    assert "Co się zmieniło między wersją 1 a 2" in text(versions)
    assert "<ins>" in text(versions)
    assert "Urząd sprawdza uzupełnienie" in text(versions)
    assert ngo.get(step).status_code == 302


def test_after_the_deadline_nothing_typed_is_lost(ngo, offer, frozen):
    make.asked(offer)
    frozen.move_to(offer.correction.due_at + timedelta(minutes=1))
    ngo.force_login(offer.filed_by)
    address = reverse("competitions:supplement", args=[offer.pk])
    refused = ngo.post(address)
    assert "termin minął" in text(refused)
    assert "zachowamy" in text(refused)
    offer.refresh_from_db()
    assert offer.state == OfferState.CORRECTION_REQUESTED


def test_an_editor_may_write_but_not_file(client, offer):
    make.asked(offer)
    client.force_login(organizations.member(offer.organization, "ngo_editor"))
    address = reverse("competitions:supplement", args=[offer.pk])
    assert "Uzupełnienie składa osoba z prawem reprezentacji" in text(client.get(address))
    assert client.post(address).status_code == 404


def test_papers_are_downloaded_by_those_who_may_read(client, offer, manager):
    pdf, version = (
        reverse("competitions:offer_pdf", args=[offer.pk]),
        reverse("competitions:offer_version_pdf", args=[offer.pk, 1]),
    )
    for person in (offer.filed_by, manager, official(Role.AUDITOR)):
        client.force_login(person)
        answer = client.get(pdf)
        assert answer.content[:5] == b"%PDF-"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert client.get(version).status_code == 200
    assert client.get(reverse("competitions:offer_version_pdf", args=[offer.pk, 9])).status_code == 404


def test_a_draft_is_read_only_by_its_team(client, frozen, manager, unit):
    from tests.factories import competitions as calls

    draft = offers.draft_offer(calls.open_call(unit=unit))
    person = organizations.member(draft.organization)
    pdf = reverse("competitions:offer_pdf", args=[draft.pk])
    client.force_login(manager)
    assert client.get(pdf).status_code == 404
    client.force_login(person)
    answer = client.get(pdf)
    assert answer.status_code == 200
    assert "szkic" in answer.headers["Content-Disposition"]


# --- files in and out -----------------------------------------------------------------------------


@pytest.fixture
def draft(frozen):
    return offers.draft_offer()


@pytest.fixture
def writer(client, draft):
    person = organizations.member(draft.organization)
    client.force_login(person)
    return client


def upload(client, draft, content: bytes, name: str):
    address = reverse("competitions:offer_import", args=[draft.pk])
    return client.post(address, {"upload": SimpleUploadedFile(name, content)})


def docx_with(draft, old: str, new: str) -> bytes:
    document = Document(io.BytesIO(offer_docx(draft)))
    from docx.oxml.ns import qn

    for node in document.element.body.iter(qn("w:t")):
        node.text = (node.text or "").replace(old, new)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_form_is_read_in_only_after_a_look(writer, draft):
    content = docx_with(draft, "Sala i sprzęt", "Dwie sale")
    preview = upload(writer, draft, content, "oferta.docx")
    assert "Nic nie jest jeszcze zapisane" in text(preview)
    assert "Dwie" in text(preview)
    assert draft.sections.get(key="capacity").content["material"] == "Sala i sprzęt"
    address = reverse("competitions:offer_import", args=[draft.pk])
    payload = preview.context["payload"]
    nothing = writer.post(address, {"payload": payload}, follow=True)
    assert "Zaznacz co najmniej jedną część" in text(nothing)
    saved = writer.post(address, {"payload": payload, "section": "capacity"})
    assert saved.status_code == 302
    assert draft.sections.get(key="capacity").content["material"] == "Dwie sale"
    forged = writer.post(address, {"payload": payload[:-2] + "xx", "section": "capacity"}, follow=True)
    assert "Podgląd jest nieaktualny" in text(forged)


def test_what_somebody_wrote_meanwhile_is_kept(writer, draft):
    content = docx_with(draft, "Sala i sprzęt", "Dwie sale")
    offers.write(draft, {"capacity": {**draft.sections.get(key="capacity").content, "human": "Trzy osoby"}})
    preview = upload(writer, draft, content, "oferta.docx")
    assert "ktoś pisał tę część w portalu" in text(preview)
    address = reverse("competitions:offer_import", args=[draft.pk])
    writer.post(address, {"payload": preview.context["payload"], "section": "capacity"})
    kept = draft.sections.get(key="capacity").content
    assert (kept["material"], kept["human"]) == ("Dwie sale", "Trzy osoby")


def test_a_cost_table_is_read_in(writer, draft):
    book = openpyxl.load_workbook(io.BytesIO(costs_xlsx(draft)))
    book["Kosztorys"].cell(HEAD_ROW + 2, 6).value = "sto"
    out = io.BytesIO()
    book.save(out)
    preview = upload(writer, draft, out.getvalue(), "kosztorys.xlsx")
    assert f"F{HEAD_ROW + 2} (Koszt jednostkowy): „sto” to nie liczba" in text(preview)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("oferta.docm", b"PK", ""),
        ("oferta.exe", b"MZ", ""),
        ("oferta.pdf", b"%PDF-1.4 x", ""),
        ("oferta.docx", b"PK\x03\x04", ""),
        ("oferta.docx", b"", "pusty"),
    ],
)
def test_foreign_files_are_refused_with_a_reason(writer, draft, name, content, told):
    answer = upload(writer, draft, content, name)
    assert answer.status_code == 200
    assert answer.context["form"].errors["upload"]
    assert told in text(answer)


def test_too_large_a_file_is_refused(writer, draft, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    answer = upload(writer, draft, b"PK" + b"x" * 2000, "oferta.docx")
    assert "jest za duży" in text(answer)


def test_a_filed_offer_takes_no_file(ngo, offer):
    assert ngo.get(reverse("competitions:offer_import", args=[offer.pk])).status_code == 404
