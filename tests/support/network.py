"""Tests reach no other machine: a connection beyond loopback and unix sockets is refused at once."""

import ipaddress
import socket

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


class NetworkRefused(RuntimeError):
    """A test tried to leave the machine."""


def close_network() -> None:
    socket.socket.connect = _guarded_connect  # type: ignore[method-assign]  # that is the purpose
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign]  # that is the purpose


def open_network() -> None:
    socket.socket.connect = _connect  # type: ignore[method-assign]  # back as it was
    socket.socket.connect_ex = _connect_ex  # type: ignore[method-assign]  # back as it was


def is_local(family: int, address: object) -> bool:
    """Whether an address given to `connect` stays on this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0] if isinstance(address, tuple) else address
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _guarded_connect(self: socket.socket, address: object) -> None:
    _refuse_other_machines(self, address)
    return _connect(self, address)  # type: ignore[arg-type]  # passed on as it came


def _guarded_connect_ex(self: socket.socket, address: object) -> int:
    _refuse_other_machines(self, address)
    return _connect_ex(self, address)  # type: ignore[arg-type]  # passed on as it came


def _refuse_other_machines(self: socket.socket, address: object) -> None:
    if not is_local(self.family, address):
        raise NetworkRefused(f"Tests may not leave this machine: {address!r}")
