"""What comes in as a file: the good is taken, the nasty is refused with a reason and a way out."""

import hashlib
import io
import resource
import time
import zlib

import pikepdf
import pytest
from PIL import Image

from core.documents.checks import Refused, examine
from tests.factories.documents import (
    CONTENT_TYPES,
    EICAR,
    ODS,
    ODT,
    docx,
    odf,
    packed,
    pdf,
    picture,
    png_of_size,
    upload,
)

MB = 1024 * 1024


def refusal(name: str, content: bytes) -> str:
    """The message of the refusal; it never takes longer than two seconds."""
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        examine(upload(name, content))
    assert time.monotonic() - began < 2
    return " ".join(refused.value.messages)


# --- good files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.pdf", "application/pdf"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.odt", ODT),
        ("a.ods", ODS),
        ("a.csv", "text/csv"),
        ("a.txt", "text/plain"),
        ("a.rtf", "application/rtf"),
        ("a.jpg", "image/jpeg"),
        ("a.png", "image/png"),
        ("a.webp", "image/webp"),
    ],
)
def test_every_kind_on_the_list_is_taken(name, content_type):
    examined = examine(upload(name))

    kept = examined.content.read()
    assert (examined.name, examined.content_type, examined.size) == (name, content_type, len(kept))
    assert examined.sha256 == hashlib.sha256(kept).hexdigest()


def test_a_document_is_kept_as_it_came():
    content = docx({"word/media/obraz.png": picture("PNG")})
    assert examine(upload("statut.docx", content)).content.read() == content


def test_text_in_the_old_windows_coding_is_taken():
    assert examine(upload("spis.csv", "Imię;Łódź\r\nĄ;Ż\r\n".encode("cp1250"))).name == "spis.csv"


# --- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Statut Fundacji „Łąka”.PDF", "Statut Fundacji „Łąka”.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Moje dokumenty\\skan.jpeg", "skan.jpg"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("faktura\u202efdp.txt", "fakturafdp.txt"),
        ('a";rm -rf *.txt', "a rm -rf.txt"),
        ("  dwie   spacje .txt", "dwie spacje.txt"),
        ("x" * 300 + ".txt", "x" * 120 + ".txt"),
        ("...txt", "plik.txt"),
    ],
)
def test_names_are_cleaned(sent, kept):
    file = upload(f"a.{kept.rpartition('.')[2]}")
    file._name = sent  # as a hostile client sends it; Django's own class would already have cut it
    assert examine(file).name == kept


# --- the wrong kind ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "skrypty"),
        ("a.html", b"<script>alert(1)</script>", "skrypty"),
        ("a.zip", packed({"a.txt": "a"}), "Rozpakuj"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "Rozpakuj"),
        ("eicar.zip", packed({"eicar.com": EICAR}), "Rozpakuj"),
        ("a.docm", docx({"word/vbaProject.bin": b"x"}), "makra"),
        ("a.xlsm", docx(), "makra"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx"),
        ("a.exe", b"MZ\x90\x00", "formatów"),
        ("bez-rozszerzenia", b"x", "formatów"),
        ("a.pdf.exe", b"%PDF-1.7", "formatów"),
        ("", b"x", "formatów"),
    ],
)
def test_other_kinds_are_refused_by_name(name, content, says):
    file = upload("a.txt", content)
    file._name = name
    with pytest.raises(Refused) as refused:
        examine(file)
    assert says in refused.value.messages[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00" + b"\0" * 200),
        ("a.pdf", b"GIF89a" + b"\0" * 20 + pdf()),
        ("a.pdf", picture("PNG")),
        ("a.pdf", b"Zwyczajny tekst"),
        ("a.png", b"<html><script>alert(1)</script></html>"),
        ("a.png", picture("JPEG")),
        ("a.jpg", pdf()),
        ("a.webp", b"RIFF\x24\x00\x00\x00WAVEfmt "),
        ("a.docx", pdf()),
        ("a.docx", packed({"a.txt": "zwykły zip"})),
        ("a.docx", packed({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": "<workbook/>"})),
        ("a.xlsx", docx()),
        ("a.odt", odf(ODS)),
        ("a.ods", docx()),
        ("a.rtf", b"<html></html>"),
        ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("a.txt", b"\n  <svg onload=alert(1)>"),
        ("a.csv", b"%PDF-1.4"),
    ],
)
def test_content_must_bear_out_the_extension(name, content):
    assert "nie odpowiada rozszerzeniu" in refusal(name, content)


@pytest.mark.parametrize("content", [b"\x00\x01\x02binarne", b"a\x00b", b"\x81\x83\x88\x90"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_bytes_are_not_text(name, content):
    assert "UTF-8" in refusal(name, content)


def test_a_table_that_cannot_be_read_is_refused():
    assert "uszkodzony" in refusal("a.csv", b'a;"b" c;d\n')


# --- size -------------------------------------------------------------------------------------------


def test_an_empty_file_is_refused():
    assert "jest pusty" in refusal("a.pdf", b"")


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings):
    settings.UPLOAD_MAX_BYTES = MB
    assert "1\u00a0MB" in refusal("a.txt", b"a" * (MB + 1))


def test_a_client_that_lies_about_the_size_is_caught(settings):
    settings.UPLOAD_MAX_BYTES = MB
    file = upload("a.txt", b"a" * (MB + 1))
    file.size = 10
    with pytest.raises(Refused, match="za duży"):
        examine(file)


# --- documents that are archives --------------------------------------------------------------------


def test_a_document_that_unpacks_to_too_much_is_refused():
    bomb = docx({"word/media/0.bin": b"\0" * (101 * MB)})
    assert len(bomb) < MB
    assert "po rozpakowaniu" in refusal("bomba.docx", bomb)


def test_a_document_of_too_many_parts_is_refused():
    assert "po rozpakowaniu" in refusal("a.odt", odf(ODT, {f"Pictures/{n}": b"" for n in range(2_001)}))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx({"word/vbaProject.bin": b"x"})),
        (
            "a.docx",
            docx({"[Content_Types].xml": CONTENT_TYPES.replace("<Types", "<!-- macroEnabled --><Types")}),
        ),
        ("a.docx", docx({"word/activeX/activeX1.bin": b"x"})),
        ("a.odt", odf(ODT, {"Basic/Standard/Module1.xml": "<m/>"})),
        ("a.rtf", rb"{\rtf1{\object\objemb{\*\objdata 0105}}}"),
    ],
)
def test_macros_and_objects_are_refused(name, content):
    assert "makra" in refusal(name, content)


@pytest.mark.parametrize("part", ["../../etc/cron.d/x", "/etc/passwd", "word\\..\\..\\x"])
def test_parts_that_would_leave_their_folder_are_refused(part):
    assert "uszkodzony" in refusal("a.docx", docx({part: b"x"}))


def test_a_part_that_cannot_be_unpacked_is_refused():
    content = docx()
    at = 30 + len("[Content_Types].xml") + 4  # inside the packed bytes of the first part
    assert "uszkodzony" in refusal("a.docx", content[:at] + b"\xff\xff\xff\xff" + content[at + 4 :])


def test_a_cut_off_document_is_refused():
    assert "uszkodzony" in refusal("a.docx", docx()[:-30])


def test_a_directory_that_lies_is_refused():
    content = docx()
    at = content.rfind(b"PK\x05\x06")
    lying = content[: at + 12] + b"\xff\xff\xff\x7f" + content[at + 16 :]
    assert "po rozpakowaniu" in refusal("a.docx", lying)


def test_a_document_with_a_password_is_refused():
    assert "hasłem" in refusal("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    manifest = '<manifest:encryption-data xmlns:manifest="urn:x"/>'
    assert "hasłem" in refusal("a.odt", odf(ODT, {"META-INF/manifest.xml": manifest}))


# --- PDF --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "has_text_layer", "is_tagged"),
    [
        (pdf(), True, False),
        (pdf(text=""), False, False),
        (pdf(is_tagged=True), True, True),
        (pdf(text="", pages=3), False, False),
    ],
)
def test_pdf_tells_whether_it_can_be_read_aloud(content, has_text_layer, is_tagged):
    examined = examine(upload("a.pdf", content))
    assert (examined.has_text_layer, examined.is_tagged) == (has_text_layer, is_tagged)


def test_other_kinds_say_nothing_of_a_text_layer():
    examined = examine(upload("a.docx"))
    assert (examined.has_text_layer, examined.is_tagged) == (None, None)


def test_a_pdf_with_a_password_is_refused():
    assert "hasłem" in refusal("a.pdf", pdf(password="tajne"))


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.4\n" + b"\xff" * 5_000])
def test_a_broken_pdf_is_refused(content):
    assert "uszkodzony" in refusal("a.pdf", content)


def test_a_pdf_that_unpacks_to_gigabytes_costs_little():
    """Twenty pages share one stream of 200 MB; none of them is unpacked beyond the limit."""
    document = pikepdf.new()
    packer = zlib.compressobj()
    packed_spaces = b"".join(packer.compress(b" " * MB) for _ in range(200)) + packer.flush()
    bomb = document.make_stream(packed_spaces, Filter=pikepdf.Name.FlateDecode)
    for number in range(20):
        document.add_blank_page()
        document.pages[number].Contents = bomb
    out = io.BytesIO()
    document.save(out, compress_streams=False)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    began = time.process_time()
    assert examine(upload("a.pdf", out.getvalue())).has_text_layer is False

    assert time.process_time() - began < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024  # kilobytes


def test_a_pdf_without_pages_is_refused():
    assert "uszkodzony" in refusal("a.pdf", pdf(pages=0))


# --- pictures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(14_000, 14_000), (8_001, 5_000), (100_000, 100_000)])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(size):
    content = png_of_size(*size)
    assert len(content) < 200
    assert "megapikseli" in refusal("mapa.png", content)


def test_a_broken_picture_is_refused():
    assert "uszkodzony" in refusal("a.png", png_of_size(100, 100))
    assert "uszkodzony" in refusal("a.jpg", picture("JPEG", size=(300, 300))[:400])


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.png", "PNG")])
def test_a_picture_loses_the_place_where_it_was_taken(name, kind):
    exif = Image.Exif()
    exif[0x010F] = "Aparat"
    exif.get_ifd(0x8825)[1] = "N"
    sent = picture(kind, exif=exif)
    assert b"Aparat" in sent

    kept = examine(upload(name, sent)).content.read()

    assert b"Aparat" not in kept
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}


def test_a_picture_is_turned_the_way_it_was_meant():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    kept = examine(upload("a.jpg", picture("JPEG", size=(12, 8), exif=exif))).content
    assert Image.open(kept).size == (8, 12)


def test_what_hides_behind_a_picture_is_gone():
    kept = examine(upload("a.png", picture("PNG") + b"<script>alert(1)</script>")).content.read()
    assert b"script" not in kept
