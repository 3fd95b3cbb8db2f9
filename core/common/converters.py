"""Pieces of addresses that PostgreSQL can hold."""


class RowNumber:
    """A primary key: at most 18 digits, so that no address overflows a big integer."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
