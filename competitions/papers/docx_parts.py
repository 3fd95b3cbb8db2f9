"""Content controls of the form of an offer as DOCX: what is filled in, what is only read."""

from typing import Any

from core.documents.docx import element

PLACEHOLDER = "[wpisz tutaj]"
EMPTY_ROWS = 3


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
