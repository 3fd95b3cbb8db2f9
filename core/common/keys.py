"""Keys of rows as browsers send them."""

LONGEST_KEY = 18


def key_of(text: str) -> int:
    """The key that a posted text names; 0, which no row has, for whatever is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else 0
