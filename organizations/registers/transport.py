"""One way out to a register: short, bounded, without following anybody elsewhere."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import requests
from urllib3.exceptions import HTTPError

MAX_BYTES = 2_000_000
CHUNK = 65_536


class RegisterUnavailable(Exception):
    """The register gave nothing that could be read. The text is a word for the log, never data."""


class Deadline:
    """How long one enquiry may last, whatever number of requests it takes."""

    def __init__(self, *, connect_s: float, read_s: float) -> None:
        self.connect_s = connect_s
        self.read_s = read_s
        self.ends_at = time.monotonic() + connect_s + read_s

    def left(self) -> float:
        """Seconds that are left. Raises RegisterUnavailable when there are none."""
        seconds = self.ends_at - time.monotonic()
        if seconds <= 0:
            raise RegisterUnavailable("slow")
        return seconds

    def timeouts(self) -> tuple[float, float]:
        left = self.left()
        return min(self.connect_s, left), min(self.read_s, left)


@dataclass(frozen=True)
class Reply:
    status: int
    content_type: str
    content: bytes


def send(
    method: str,
    url: str,
    *,
    deadline: Deadline,
    params: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Reply:
    """One request; a redirect is not followed. Raises RegisterUnavailable."""
    try:
        with requests.request(
            method,
            url,
            params=params,
            headers=headers,
            data=body,
            timeout=deadline.timeouts(),
            allow_redirects=False,
            stream=True,
        ) as response:
            kind = response.headers.get("Content-Type", "")
            return Reply(response.status_code, kind, _read(response, deadline))
    except (requests.RequestException, HTTPError, OSError) as fault:
        raise RegisterUnavailable(type(fault).__name__) from None


def _read(response: requests.Response, deadline: Deadline) -> bytes:
    """The body, as long as it is neither late nor huge; a trickle of bytes does not stretch the time."""
    found = bytearray()
    while part := response.raw.read1(CHUNK, decode_content=True):
        found += part
        deadline.left()
        if len(found) > MAX_BYTES:
            raise RegisterUnavailable("huge")
    return bytes(found)
