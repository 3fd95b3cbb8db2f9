"""The virus scanner: a client of clamd, which takes a file as a stream and says what it thinks.

Protocol: ``zINSTREAM\\0``, then pieces with their length in front, then a length of zero.
"""

import socket
import struct
from collections.abc import Iterable

from django.conf import settings

CONNECT_S = 3
ANSWER_S = 60
PIECE = 64 * 1024
LONGEST_ANSWER = 4096


class ScannerUnavailable(Exception):
    """The scanner gave no verdict: it is away, too slow, or says that it failed."""


def is_configured() -> bool:
    return bool(settings.CLAMD_ADDRESS)


def is_infected(pieces: Iterable[bytes]) -> bool:
    """The scanner's verdict on a file. Raises ScannerUnavailable when there is none."""
    try:
        with socket.create_connection(_address(), timeout=CONNECT_S) as line:
            line.settimeout(ANSWER_S)
            line.sendall(b"zINSTREAM\0")
            for piece in _cut(pieces):
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            answer = _answer(line)
    except OSError as error:
        raise ScannerUnavailable(str(error)) from error
    return _verdict(answer)


def _address() -> tuple[str, int]:
    host, _colon, port = settings.CLAMD_ADDRESS.rpartition(":")
    try:
        return host.strip("[]"), int(port)
    except ValueError as error:
        raise ScannerUnavailable("CLAMD_ADDRESS is not host:port") from error


def _cut(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Never an empty piece, which would end the stream."""
    for piece in pieces:
        for start in range(0, len(piece), PIECE):
            yield piece[start : start + PIECE]


def _answer(line: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n")


def _verdict(answer: bytes) -> bool:
    """»stream: OK«, »stream: Eicar-Test-Signature FOUND«; anything else is no verdict."""
    if answer.endswith(b" OK"):
        return False
    if answer.endswith(b" FOUND"):
        return True
    raise ScannerUnavailable(answer.decode("utf-8", "replace")[:200])
