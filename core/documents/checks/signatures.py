"""What the first bytes of a file say it is."""

import puremagic

from .refusal import not_what_it_says


def require_signature(content: bytes, extension: str, *, also: str = "") -> None:
    """Refuses content that does not begin as files of this extension (or of the other one) do."""
    try:
        found = {match.extension for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        found = set()
    if not found & {f".{extension}", f".{also}"}:
        raise not_what_it_says(extension)
