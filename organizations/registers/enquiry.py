"""Asking a register so that nothing it does can break or hold up a page."""

import logging
from collections.abc import Callable, Collection

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from ..enums import Register, RegisterOutcome
from . import krs, regon
from .facts import Answer
from .transport import Deadline, RegisterUnavailable

logger = logging.getLogger(__name__)

KEPT_S = 600
# After so many failures in a row the register is left alone for a while.
FAILURES = 3
PAUSE_S = 60


def is_on(register: str) -> bool:
    """Whether the register has an address in the settings (REGON also needs a key)."""
    if register == Register.KRS:
        return bool(settings.KRS_API_URL)
    return bool(settings.REGON_API_URL and settings.REGON_API_KEY)


def ask(*, krs: str = "", nip: str = "", regon: str = "") -> Answer:
    """KRS when there is a KRS number, else REGON by the first number given."""
    if krs:
        return ask_krs(krs)
    return ask_regon("nip", nip) if nip else ask_regon("regon", regon)


def ask_krs(number: str) -> Answer:
    """The answer of KRS about ten digits."""
    return _kept(
        Register.KRS,
        f"krs:{number}",
        lambda: krs.ask(number, base=settings.KRS_API_URL, deadline=_deadline()),
    )


def ask_regon(kind: str, number: str) -> Answer:
    """The answer of REGON about a number of a kind: ``krs``, ``nip`` or ``regon``."""
    return _kept(
        Register.REGON, f"{kind}:{number}", lambda: regon.ask(kind, number, deadline=_deadline(), **_bir())
    )


def known_numbers(kind: str, numbers: Collection[str]) -> set[str]:
    """Which of several NIP or REGON numbers the register knows; none when it cannot be asked."""
    if not numbers or not is_on(Register.REGON) or _is_resting(Register.REGON):
        return set()
    try:
        return regon.known(kind, numbers, deadline=_deadline(), **_bir())
    except RegisterUnavailable as fault:
        _note_failure(Register.REGON, str(fault))
        return set()


def _bir() -> dict[str, str]:
    return {"address": settings.REGON_API_URL, "key": settings.REGON_API_KEY}


def _deadline() -> Deadline:
    return Deadline(connect_s=settings.REGISTER_CONNECT_SECONDS, read_s=settings.REGISTER_READ_SECONDS)


def _kept(register: Register, number: str, look: Callable[[], Answer]) -> Answer:
    """The answer, from the cache for ten minutes; the key does not show the number."""
    if not is_on(register):
        return Answer(register, RegisterOutcome.OFF)
    key = f"register:{register}:{salted_hmac('register', number).hexdigest()[:32]}"
    found = cache.get(key)
    if found is None:
        found = _asked(register, look)
        if found.is_final:
            cache.set(key, found, KEPT_S)
    return found


def _asked(register: Register, look: Callable[[], Answer]) -> Answer:
    if _is_resting(register):
        return Answer(register, RegisterOutcome.UNAVAILABLE)
    try:
        answer = look()
    except RegisterUnavailable as fault:
        _note_failure(register, str(fault))
        return Answer(register, RegisterOutcome.UNAVAILABLE)
    cache.delete(_failures(register))
    return answer


def _failures(register: Register) -> str:
    return f"register:{register}:failures"


def _is_resting(register: Register) -> bool:
    return (cache.get(_failures(register)) or 0) >= FAILURES


def _note_failure(register: Register, why: str) -> None:
    """Counts failures in a row; what was asked and answered stays out of the log."""
    logger.warning("register %s: %s", register.value, why)
    cache.add(_failures(register), 0, PAUSE_S)
    try:
        cache.incr(_failures(register))
    except ValueError:  # run out between the two calls
        return
