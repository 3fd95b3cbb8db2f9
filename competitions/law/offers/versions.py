"""The unchangeable copy of an offer and its checksum."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SCHEMA = 1


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write a content down: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def checksum(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form: 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def offer_number(call_number: str, call_pk: int, year: int, n: int) -> str:
    """»14/2026/0007«; the year stands apart when it is not that of the call, »K12« for a call without a number."""
    base = call_number or f"K{call_pk}"
    return f"{base}/{n:04}" if base.endswith(str(year)) else f"{base}/{year}/{n:04}"
