"""The form off line: out as DOCX, filled in Word or LibreOffice, read back with nothing guessed."""

import copy
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.oxml.ns import qn

from competitions.models import OfferPartner
from competitions.papers.docx_form import offer_docx
from competitions.papers.docx_reading import read_docx
from competitions.papers.proposal import proposals
from core.common.clock import now
from core.documents.checks import Refused, examine
from tests.factories import formal as make
from tests.factories import organizations

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(frozen):
    return make.filed()


def opened(offer):
    return Document(io.BytesIO(offer_docx(offer)))


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table_of(document, word: str):
    return next(t for t in document.tables if word in " ".join(c.text for c in t.rows[0].cells))


def without_controls(document):
    """What an editor does that knows no content controls: the paragraphs stay, the controls go."""
    for control in list(document.element.body.iter(qn("w:sdt"))):
        parent = control.getparent()
        for child in list(control.find(qn("w:sdtContent"))):
            parent.insert(parent.index(control), child)
        parent.remove(control)
    for caption in list(document.element.body.iter(qn("w:tblCaption"))):
        caption.getparent().remove(caption)
    return document


def under(document, label: str):
    """The paragraph with the answer below a question."""
    paragraphs = list(document.element.body.iter(qn("w:p")))
    texts = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs]
    return paragraphs[texts.index(label) + 1]


def write(paragraph, words: str) -> None:
    runs = list(paragraph.iter(qn("w:t")))
    runs[0].text = words
    for other in runs[1:]:
        other.text = ""


def test_a_form_that_comes_back_untouched_changes_nothing(offer):
    reading = read_docx(offer_docx(offer), offer)
    assert reading.unread == []
    assert proposals(offer, reading) == []


def test_the_form_reads_well_for_everybody(offer):
    document = opened(offer)
    assert document.core_properties.language == "pl-PL"
    xml = document.element.xml
    assert xml.count("<w:tblHeader") == 3
    assert xml.count('w:val="sdtContentLocked"') > 20
    levels = [
        p.style.name for p in without_controls(document).paragraphs if p.style.name.startswith("Heading")
    ]
    assert levels[0] == "Heading 1"
    assert levels.count("Heading 2") == 9
    assert "pl-PL" in document.styles.element.xml


@pytest.mark.parametrize("editor", ["word", "without controls"])
def test_answers_and_rows_come_back(offer, editor):
    document = opened(offer)
    write(under(document, "Zasoby kadrowe"), "trzy instruktorki")
    plan = table_of(document, "Nazwa działania")
    plan.cell(2, 1).text = "Spacery po Zabłociu"
    plan.cell(3, 1).text = "Piknik"
    plan.cell(3, 4).text = "1.12.2026"
    costs = table_of(document, "Rodzaj kosztu")
    costs.cell(4, 1).text, costs.cell(4, 2).text = "I. Koszty realizacji działań", "Piknik"
    costs.cell(4, 3).text, costs.cell(4, 5).text, costs.cell(4, 6).text = "Namiot", "1 200,50 zł", "2"
    if editor != "word":
        without_controls(document)
    reading = read_docx(saved(document), offer)
    assert reading.unread == []
    found = {proposal.key: proposal for proposal in proposals(offer, reading)}
    assert set(found) == {"plan", "capacity", "costs"}
    actions = found["plan"].content["actions"]
    assert [a["name"] for a in actions] == ["Zajęcia ruchowe", "Spacery po Zabłociu", "Piknik"]
    assert actions[0]["id"] == "a1"
    cost = found["costs"].content["rows"][3]
    assert (cost["name"], cost["unit_cost"], cost["quantity"]) == ("Namiot", "1 200,50 zł", "2")
    assert cost["action_id"] == actions[2]["id"]
    assert found["capacity"].content["human"] == "trzy instruktorki"
    assert found["capacity"].content["material"] == "sala"


def test_inserted_under_review_counts_and_deleted_does_not(offer):
    document = opened(offer)
    paragraph = under(document, "Zasoby rzeczowe")
    from docx.oxml import parse_xml

    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph.append(parse_xml(f"<w:ins {namespace}><w:r><w:t> i maty</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:del {namespace}><w:r><w:delText> stare</w:delText></w:r></w:del>"))
    reading = read_docx(saved(document), offer)
    assert reading.sections["capacity"]["material"] == "sala i maty"


def test_what_cannot_be_read_is_told(offer):
    document = opened(offer)
    without_controls(document)
    write(under(document, "Zadanie będzie realizowane przez oferentów"), "raczej tak")
    title = next(p for p in document.paragraphs if p.text == "Zasoby finansowe")
    title._p.getparent().remove(title._p)
    costs = table_of(document, "Rodzaj kosztu")
    costs.cell(1, 2).text = "Nieznane działanie"
    document.add_table(rows=1, cols=2).cell(0, 0).text = "coś innego"
    reading = read_docx(saved(document), offer)
    told = " | ".join(reading.unread)
    assert "„raczej tak” to nie jest jedna z odpowiedzi" in told
    assert "Nie ma w pliku pytania: IV, Zasoby finansowe" in told
    assert "nie ma działania „Nieznane działanie”" in told
    assert "Nieznana tabela: „coś innego" in told
    assert "payment" not in reading.sections["declarations"]
    assert "financial" not in reading.sections["capacity"]


def test_a_part_changed_meanwhile_is_marked(offer):
    document = opened(offer)
    write(under(document, "Zasoby kadrowe"), "trzy instruktorki")
    row = offer.sections.get(key="capacity")
    row.edit_number, row.content = 2, {**row.content, "material": "dwie sale"}
    row.save()
    (proposal,) = proposals(offer, read_docx(saved(document), offer))
    assert proposal.is_stale
    assert proposal.edit_number == 1


def test_a_joint_offer_has_its_split(offer):
    partner = organizations.verified("Stowarzyszenie Partnerów")
    OfferPartner.objects.create(offer=offer, organization=partner, invited_at=now(), accepted_at=now())
    document = opened(offer)
    split = table_of(document, "Oferent")
    split.cell(2, 2).text = "5 000,00"
    split.cell(1, 1).text = "Nikt taki"
    reading = read_docx(saved(document), offer)
    assert reading.sections["split"]["rows"] == [{"organization_id": partner.pk, "years": {"1": "5 000,00"}}]
    assert "nie ma oferenta „Nikt taki”" in " ".join(reading.unread)


def test_foreign_and_broken_files_are_refused_with_a_reason(offer):
    foreign = Document()
    with pytest.raises(ValidationError, match="nie jest formularz pobrany z portalu"):
        read_docx(saved(foreign), offer)
    with pytest.raises(ValidationError, match="innego konkursu"):
        read_docx(offer_docx(make.filed()), offer)
    with pytest.raises(ValidationError, match="nie udało się go odczytać"):
        read_docx(b"PK\x03\x04 nothing", offer)
    packed = io.BytesIO(offer_docx(offer))
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, b"<broken" if entry.filename == "word/document.xml" else old.read(entry))
    with pytest.raises(ValidationError, match="nie udało się go odczytać"):
        read_docx(out.getvalue(), offer)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    with pytest.raises(Refused, match="makra"):
        examine(SimpleUploadedFile("oferta.docx", out.getvalue()))


def test_control_characters_never_reach_the_offer(offer):
    row = offer.sections.get(key="capacity")
    row.content = {**copy.deepcopy(row.content), "human": "a\x0bb\x00c"}
    reading = None
    document = opened(offer)
    write(under(document, "Zasoby kadrowe"), "a\tb")
    reading = read_docx(saved(document), offer)
    assert reading.sections["capacity"]["human"] == "a\tb"
