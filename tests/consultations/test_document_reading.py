"""Reading the consulted document from files: the same document in four formats, and what is refused."""

import io
import time
import zipfile
from contextlib import suppress

import pytest

from consultations.document.blocks import LONGEST_BLOCK, MOST_BLOCKS
from consultations.document.files import read_document
from consultations.document.points import PointText
from consultations.document.typed import read_points, with_layout, write_points
from core.documents.checks import Refused
from tests.consultations.documents import docx, file, odt, paragraph, with_parts, word_body

MARKDOWN = """# Program współpracy

## Rozdział I. Zasady

§ 1. 1. Miasto zleca zadania organizacjom.

2. Zadania zlecamy:

- w konkursie,
- w trybie małego grantu.

§ 2

Zadania priorytetowe

a) kultura,

b) sport.

| Zadanie | Kwota |
|---|---|
| sport | 100 zł |

## Załącznik nr 1 do programu

§ 1. Wzór wniosku stosuje się od 1 stycznia.
"""
EXPECTED = [
    ("I", "heading", "Zasady"),
    ("§1", "heading", "§ 1"),
    ("§1.1", "paragraph", "Miasto zleca zadania organizacjom."),
    ("§1.2", "list", "Zadania zlecamy:\n– w konkursie,\n– w trybie małego grantu."),
    ("§2", "heading", "Zadania priorytetowe"),
    ("§2.a", "paragraph", "kultura,"),
    ("§2.b", "paragraph", "sport."),
    ("§2.0", "table", "Zadanie | Kwota\nsport | 100 zł"),
    ("Z1", "heading", "Załącznik nr 1 do programu"),
    ("Z1.§1", "paragraph", "Wzór wniosku stosuje się od 1 stycznia."),
]
LINES = [line for line in MARKDOWN.split("\n\n") if line]


def as_html() -> str:
    rows = []
    for line in LINES:
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            rows.append(f"<h{level}>{line.lstrip('# ')}</h{level}>")
        elif line.startswith("- "):
            rows.append("<ul>" + "".join(f"<li><p>{one[2:]}</p></li>" for one in line.split("\n")) + "</ul>")
        elif line.startswith("|"):
            rows.append(
                "<table><tr><th>Zadanie</th><th>Kwota</th></tr><tr><td>sport</td><td>100 zł</td></tr></table>"
            )
        else:
            rows.append(f"<p>{line}</p>")
    return f"<html><head><title>x</title><style>p {{}}</style></head><body>{''.join(rows)}<script>alert(1)</script></body></html>"


def fill_word(document) -> None:
    for line in LINES:
        if line.startswith("#"):
            document.add_heading(line.lstrip("# "), len(line) - len(line.lstrip("#")) - 1)
        elif line.startswith("- "):
            for one in line.split("\n"):
                document.add_paragraph(one[2:], style="List Bullet")
        elif line.startswith("|"):
            table = document.add_table(rows=0, cols=2)
            for cells in (("Zadanie", "Kwota"), ("sport", "100 zł")):
                row = table.add_row().cells
                row[0].text, row[1].text = cells
        else:
            document.add_paragraph(line)


def as_odt() -> bytes:
    rows = []
    for line in LINES:
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            rows.append(f'<text:h text:outline-level="{level}">{line.lstrip("# ")}</text:h>')
        elif line.startswith("- "):
            items = "".join(
                f"<text:list-item><text:p>{one[2:]}</text:p></text:list-item>" for one in line.split("\n")
            )
            rows.append(f"<text:list>{items}</text:list>")
        elif line.startswith("|"):
            cells = [("Zadanie", "Kwota"), ("sport", "100 zł")]
            made = "".join(
                "<table:table-row>" + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
                + "</table:table-row>" for row in cells
            )  # fmt: skip
            rows.append(f"<table:table>{made}</table:table>")
        else:
            rows.append(f"<text:p>{line}</text:p>")
    return odt("".join(rows))


def said(points: list[PointText]) -> list[tuple[str, str, str]]:
    return [(point.number, str(point.kind), point.text) for point in points]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.md", lambda: MARKDOWN),
        ("program.HTML", as_html),
        ("program.docx", lambda: docx(fill_word)),
        ("program.odt", as_odt),
    ],
)
def test_the_same_document_reads_the_same_in_every_format(name, content):
    read = read_document(file(name, content()))

    assert read.title == "Program współpracy"
    assert said(read.points) == EXPECTED
    listed, table = read.points[3], read.points[7]
    assert (
        listed.html == "<p>Zadania zlecamy:</p><ul><li>w konkursie,</li><li>w trybie małego grantu.</li></ul>"
    )
    assert '<th scope="col">Kwota</th>' in table.html
    assert "<td>100 zł</td>" in table.html
    assert [point.level for point in read.points if point.is_heading] == [1, 2, 2, 1]


def test_what_word_counts_by_itself_is_read_as_it_is_shown():
    body = [
        paragraph("Miasto zleca zadania. Konkurs ogłasza prezydent.", number=1),
        paragraph("Oferty ocenia komisja.", number=1, depth=1),
        paragraph("kultura,", number=1, depth=2),
        paragraph("sport.", number=1, depth=2),
        paragraph("Wyniki są jawne.", number=1, depth=1),
        paragraph("Uchwała wchodzi w życie po 14 dniach.", number=1),
        paragraph("punktor", number=2),
    ]

    read = read_document(file("uchwala.docx", word_body(*body)))

    assert [point.number for point in read.points] == ["§1", "§1.1", "§1.1.a", "§1.1.b", "§1.2", "§2"]
    assert read.points[-1].text == "Uchwała wchodzi w życie po 14 dniach.\n– punktor"


def test_changes_that_word_keeps_are_read_as_accepted():
    more = "<w:ins><w:r><w:t> dopisane</w:t></w:r></w:ins><w:del><w:r><w:delText> skreślone</w:delText></w:r></w:del>"

    (point,) = read_document(file("a.docx", word_body(paragraph("Tekst", more=more)))).points

    assert point.text == "Tekst dopisane"


def test_numbers_that_libreoffice_counts_are_read():
    items = "".join(
        f"<text:list-item><text:p>{text}</text:p>{below}</text:list-item>"
        for text, below in (
            ("Miasto ogłasza konkurs.", ""),
            (
                "Oferta zawiera:",
                "<text:list><text:list-item><text:p>opis,</text:p></text:list-item></text:list>",
            ),
        )
    )
    body = f'<text:p>§ 4</text:p><text:p>Oferty</text:p><text:list text:style-name="L1">{items}</text:list>'

    read = read_document(file("a.odt", odt(body)))

    assert said(read.points) == [
        ("§4", "heading", "Oferty"),
        ("§4.1", "paragraph", "Miasto ogłasza konkurs."),
        ("§4.2", "paragraph", "Oferta zawiera:"),
        ("§4.2.a", "paragraph", "opis,"),
    ]


def test_headings_without_numbers_and_bare_paragraphs_get_numbers():
    read = read_document(
        file("a.md", "## Cele\n\nPierwszy akapit.\n\nDrugi.\n\n## Zadania\n\n### Kultura\n\nTekst.")
    )

    assert [(p.number, p.level) for p in read.points] == [
        ("1", 2), ("1.1", 1), ("1.2", 1), ("2", 2), ("2.1", 3), ("2.1.1", 1),
    ]  # fmt: skip


def test_two_paragraphs_of_one_number_get_two_addresses():
    read = read_document(file("a.md", "§ 1. Pierwszy akapit jest tu.\n\n§ 1. Drugi akapit jest tu."))

    assert [point.number for point in read.points] == ["§1", "§1/2"]


def test_a_date_at_the_beginning_of_a_line_is_no_number():
    read = read_document(file("a.md", "12.10.2026 r. odbędzie się spotkanie.\n\n15. czerwca ruszamy."))

    assert [point.text[:5] for point in read.points] == ["12.10", "15. c"]
    assert [point.number for point in read.points] == ["1", "2"]


@pytest.mark.parametrize("name", ["program.md", "program.docx"])
def test_a_document_written_into_the_box_and_read_back_is_the_same(name):
    content = MARKDOWN if name.endswith("md") else docx(fill_word)
    points = read_document(file(name, content)).points

    assert with_layout(read_points(write_points(points)), points) == points


def test_the_box_tells_what_a_line_is():
    text = "§5: Uchwała wchodzi w życie.\n# 1 Cele\n1.1) Tekst\n| 2) dalej ten sam punkt\nIV Przepisy"

    assert said(read_points(text)) == [
        ("§5", "paragraph", "Uchwała wchodzi w życie."),
        ("1", "heading", "Cele"),
        ("1.1", "paragraph", "Tekst\n2) dalej ten sam punkt"),
        ("IV", "heading", "Przepisy"),
    ]
    assert read_points(write_points(read_points(text))) == read_points(text)


def test_control_characters_go_and_emoji_stay():
    (point,) = read_document(
        file("a.html", "<p>Park\x0b 🌳 i\u00adławki</p>".replace("\x0b", "&#11;"))
    ).points

    assert point.text == "Park 🌳 iławki"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1250", "iso-8859-2"])
def test_old_encodings_of_pages_are_understood(encoding):
    name = {"utf-8-sig": "utf-8", "cp1250": "windows-1250"}.get(encoding, encoding)
    page = f'<html><head><meta charset="{name}"></head><body><p>Zażółć gęślą jaźń</p></body></html>'

    (point,) = read_document(file("a.html", page.encode(encoding))).points

    assert point.text == "Zażółć gęślą jaźń"


# --- what is refused ------------------------------------------------------------------------------


def with_macro() -> bytes:
    return with_parts(docx(fill_word), word__vbaProject_bin="makro").replace(
        b"vbaProject_bin", b"vbaProject.bin"
    )


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"<a>" + b" " * (13 * 1024 * 1024) + b"</a>")
    return made.getvalue()


ENTITIES = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>&b;</text:p>"""


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", with_macro, "zawiera makra"),
        ("a.docm", lambda: b"x", "zawiera makra"),
        ("a.docx", bomb, "dokument jest za długi"),
        ("a.docx", lambda: b"PK\x03\x04 nic", "jest uszkodzony"),
        ("a.docx", lambda: b"%PDF-1.7", "nie odpowiada rozszerzeniu .docx"),
        ("a.docx", lambda: b"\xd0\xcf\x11\xe0 haslo", "zabezpieczony hasłem"),
        ("a.docx", lambda: docx(lambda document: None), "nie ma w nim tekstu"),
        ("a.odt", lambda: odt("", head=ENTITIES), "jest uszkodzony"),
        ("a.odt", lambda: odt("<text:p>urwane"), "jest uszkodzony"),
        ("a.pdf", lambda: b"%PDF-1.7", "z PDF nie da się odczytać punktów"),
        ("a.doc", lambda: b"\xd0\xcf\x11\xe0", "stary format"),
        ("a.zip", lambda: b"PK", "nie przyjmujemy archiwów"),
        ("a.exe", lambda: b"MZ", "jednym z formatów: docx, odt, html, md, txt"),
        ("a.md", lambda: b"   \n ", "jest pusty"),
        ("a.html", lambda: b"<script>alert(1)</script>", "nie ma w nim tekstu"),
        ("a.txt", lambda: bytes(range(1, 9)), "nie odpowiada rozszerzeniu .txt"),
        ("a.md", lambda: "a" * (LONGEST_BLOCK + 1), "jest za długi. Podziel go w edytorze"),
        ("a.md", lambda: "\n\n".join(["a"] * (MOST_BLOCKS + 1)), "dokument jest za długi"),
        ("a.md", lambda: "a" * (6 * 1024 * 1024), "za duży"),
        ("a.html", lambda: f"<table>{'<tr><td>a</td></tr>' * 5001}</table>", "tabela jest za duża"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_a_way_out(name, content, message):
    with pytest.raises(Refused) as refused:
        read_document(file(name, content()))

    assert message in refused.value.message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "**a " * 4_000),
        ("a.md", "[" * 19_000),
        ("a.md", "a|b\n" + " " * 400_000 + "x"),
        ("a.html", "<div>" * 100_000 + "tekst"),
        ("a.html", "<ul><li>" * 3_000 + "tekst"),
        ("a.html", "<a " * 100_000),
        ("a.html", "<!--" * 100_000),
    ],
)
def test_a_tricky_text_costs_little_time(name, text):
    started = time.process_time()

    with suppress(Refused):
        read_document(file(name, text))

    assert time.process_time() - started < 5


def test_a_page_without_end_is_refused_and_not_cut():
    with pytest.raises(Refused, match="zagnieżdżonych"):
        read_document(file("a.html", "<div>" * 3_000 + "tekst"))
