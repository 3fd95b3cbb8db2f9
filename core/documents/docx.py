"""Pieces of a DOCX that python-docx has no words for: names of tables, heads on every page, the language."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(tag: str, **values: str) -> Any:
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made


def name_table(table: Any, name: str, description: str = "") -> None:
    """The name by which the table is found again, and what screen readers say of it."""
    properties = table._tbl.tblPr
    properties.append(element("tblCaption", val=name))
    if description:
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
