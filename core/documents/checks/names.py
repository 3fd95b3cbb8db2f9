"""Names of files: short, readable, harmless."""

import re
import unicodedata
from pathlib import PurePath
from typing import NoReturn

from django.utils.translation import gettext as _

from .refusal import Refused, has_macros

LONGEST_STEM = 120
# Control and formatting characters (among them those that turn the direction of writing),
# and what file systems, shells and headers read as something else.
HARMFUL = re.compile(r"[\"'`<>:|?*;%$#&{}]")
SAME = {"jpeg": "jpg", "jpe": "jpg", "text": "txt"}

WITH_MACROS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm"}
ARCHIVES = {"zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zst", "iso", "cab", "arj", "jar"}
SCRIPTABLE = {"svg", "svgz", "html", "htm", "xhtml", "mht", "mhtml", "xml", "js", "xsl", "swf"}
OLD_OFFICE = {"doc": "docx", "dot": "docx", "xls": "xlsx", "xlt": "xlsx"}


def clean_name(name: str) -> str:
    """»Statut fundacji.pdf«: without folders, control characters and marks that mean something elsewhere."""
    bare = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", bare) if unicodedata.category(c)[0] != "C")
    path = PurePath(" ".join(HARMFUL.sub(" ", shown).split()) or "plik")
    extension = path.suffix.lower().removeprefix(".").strip()
    stem = path.stem.strip(" .")[:LONGEST_STEM].strip(" .") or "plik"
    return f"{stem}.{SAME.get(extension, extension)}" if extension else stem


def extension_of(name: str) -> str:
    return PurePath(name).suffix.removeprefix(".")


def refuse_extension(name: str, extension: str, accepted: list[str]) -> NoReturn:
    """Says why files of this kind are not taken and what to send instead."""
    if extension in WITH_MACROS:
        raise has_macros()
    if extension in ARCHIVES:
        raise Refused(_("Plik: nie przyjmujemy archiwów. Rozpakuj je i dodaj pliki osobno."))
    if extension in SCRIPTABLE:
        raise Refused(
            _("Plik: nie przyjmujemy formatów, które mogą zawierać skrypty. Zapisz go jako .pdf lub .png.")
        )
    if extension in OLD_OFFICE:
        raise Refused(
            _("Plik: to stary format. Zapisz go jako .%(extension)s i dodaj jeszcze raz.")
            % {"extension": OLD_OFFICE[extension]}
        )
    formats = ", ".join(accepted)
    raise Refused(
        _("Plik: tego formatu nie przyjmujemy. Zapisz plik w jednym z formatów: %(formats)s.")
        % {"formats": formats}
    )
