"""Office files for the tests of reading, made by hand as Word and LibreOffice write them."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<?xml version="1.0" encoding="UTF-8"?><w:numbering {WORD}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
</w:numbering>"""


def file(name: str, content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def docx(fill) -> bytes:
    """A document of python-docx, filled by a function."""
    document = Document()
    fill(document)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def with_parts(package: bytes, **parts: str) -> bytes:
    """The package with some parts (»word/document.xml«, dots for slashes) in other words."""
    wanted = {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in parts.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            if entry.filename not in wanted:
                new.writestr(entry, old.read(entry))
        for name, text in wanted.items():
            new.writestr(name, text)
    return made.getvalue()


def paragraph(text: str, *, number: int = 0, depth: int = 0, more: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r>{more}</w:p>"


def word_body(*paragraphs: str) -> bytes:
    """A document of Word whose lists count by themselves."""
    body = f'<?xml version="1.0" encoding="UTF-8"?><w:document {WORD}><w:body>{"".join(paragraphs)}</w:body></w:document>'
    return with_parts(docx(lambda document: None), word__document_xml=body, word__numbering_xml=NUMBERING)


ODT_HEAD = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
<office:automatic-styles><text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
</office:automatic-styles><office:body><office:text>"""


def odt(body: str, head: str = ODT_HEAD) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", f"{head}{body}</office:text></office:body></office:document-content>")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return made.getvalue()
