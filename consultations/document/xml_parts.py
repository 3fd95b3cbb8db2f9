"""Parts of office files: small XML texts out of a package, read without entities and without asking anybody."""

import io
import zipfile
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

from core.documents.checks import Refused
from core.documents.checks.refusal import broken

LARGEST_PART = 12 * 1024 * 1024


def part_of(content: bytes, name: str, *, is_needed: bool = True) -> Any | None:
    """The root element of a part of the package. Raises Refused when it is too large or no XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package, package.open(name) as part:
            text = part.read(LARGEST_PART + 1)
    except KeyError as error:
        if is_needed:
            raise broken() from error
        return None
    except Exception as error:  # the packers of foreign bytes raise whatever comes
        raise broken() from error
    if len(text) > LARGEST_PART:
        raise Refused(_("Plik: dokument jest za długi. Podziel go na części i wczytaj tę, o którą pytasz."))
    try:
        return fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise broken() from error
