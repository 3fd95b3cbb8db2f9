"""Which signs the fonts of papers can set. PDF/A allows none without a shape, so the others are replaced."""

import unicodedata

from core.common.sanitize import strip_controls

# Signs of Portal Sans and of Libertinus Serif, which stands in for it (Greek, other letters, arrows, mathematics).
_RANGES = """
20-7E A0-24F 2B0-2E4 2EA-36F 374-375 37A-37E 384-38A 38C 38E-3A1 3A3-3CE 3D0-3E1 3F0-3F6 3F8-3F9 3FB 3FD-477
47C-47F 482-483 48C-4C4 4C7-4CC 4D0-4F9 1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D
1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE 2000-200A 2010-2027 2030-2037 2039-203E 2042
2044 2047-204B 204F 205F 2070-2071 2074-208E 2090-209C 20A2-20A4 20A7-20A8 20AB-20AC 20AF 20B1 20B9 20BF
2100-2103 2105-2106 2109 2116 2120 2122 2126 212A-212B 212E 2153-2184 2190-219B 2200-220D 220F-222E 2236 223C 2241
2245 2247-2249 2259 2260-2262 2264-2265 226A-226B 2282-2285 25A0-25A1 25B2-25B3 25B6-25B7 25BC-25BD 25C0-25C1
25C6-25C7 25C9-25CC 25CE-25D7 25E6
"""
REPLACEMENT = "\N{WHITE SQUARE}"
# Marks that only steer other signs leave no trace: variation selectors, joiners, soft hyphens stay out of papers.
_SILENT = ("Cf", "Mn")


def _shapes() -> frozenset[int]:
    found: set[int] = {0x0A}
    for part in _RANGES.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


SHAPES = _shapes()


def printable(text: str) -> str:
    """The text with a square for each sign that no font of ours can draw."""
    text = unicodedata.normalize("NFC", strip_controls(text.replace("\r\n", "\n")).replace("\t", " "))
    if all(ord(sign) in SHAPES for sign in text):
        return text
    return "".join(_shaped(sign) for sign in text)


def _shaped(sign: str) -> str:
    if ord(sign) in SHAPES:
        return sign
    return "" if unicodedata.category(sign) in _SILENT else REPLACEMENT
