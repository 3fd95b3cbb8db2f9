"""Pieces of a DOCX that python-docx has no words for: content controls, locks, names of tables, language."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

PLACEHOLDER = "[wpisz tutaj]"
EMPTY_ROWS = 3


def element(tag: str, **values: str) -> Any:
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made


def control(blocks: list[Any], *, tag: str, label: str, lock: str, choices: list[str] | None = None) -> Any:
    """A content control around paragraphs; ``lock`` is sdtLocked (fill in) or sdtContentLocked (read only)."""
    made, properties, content = element("sdt"), element("sdtPr"), element("sdtContent")
    properties.append(element("alias", val=label[:64]))
    properties.append(element("tag", val=tag[:64]))
    properties.append(element("lock", val=lock))
    if choices:
        menu = element("dropDownList")
        for choice in choices:
            menu.append(element("listItem", displayText=choice, value=choice))
        properties.append(menu)
    parent = blocks[0].getparent()
    parent.insert(parent.index(blocks[0]), made)
    made.append(properties)
    made.append(content)
    for block in blocks:
        content.append(block)
    return made


def name_table(table: Any, name: str, description: str) -> None:
    """The name by which the table is found again, and what screen readers say of it."""
    properties = table._tbl.tblPr
    properties.append(element("tblCaption", val=name))
    properties.append(element("tblDescription", val=description))


def repeat_header(row: Any) -> None:
    """The first row is a header: repeated on each page, not split."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    properties.append(element("tblHeader"))


def set_language(document: Any, code: str) -> None:
    """The language of all texts that do not say another."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("lang", val=code, eastAsia=code, bidi="ar-SA"))
