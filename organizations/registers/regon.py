"""The REGON service of Statistics Poland (BIR 1.1): log in, find, read the report, log out.

Results are XML inside a string of the SOAP answer. Nothing found comes as ``ErrorCode`` 4; a session that
has run out gives an empty result. Natural persons are never read.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TypeVar

from core.common.sanitize import strip_controls

from .. import law
from ..enums import Register, RegisterOutcome
from . import soap
from .facts import Answer, RegisterFacts, iso_day, postal_code, readable, street_line
from .transport import Deadline, RegisterUnavailable

NOTHING_FOUND = "4"
LEGAL_PERSON = "P"
REPORT = "BIR11OsPrawna"
MOST_AT_ONCE = 20
Found = TypeVar("Found")
Row = dict[str, str]
# The parameter of the search for one number, and for several at once.
_ONE = {"krs": "Krs", "nip": "Nip", "regon": "Regon"}
_MANY = {"nip": "Nipy", "regon": "Regony9zn"}


class SessionExpired(Exception):
    """The service has forgotten us; logging in anew helps."""


def ask(kind: str, number: str, *, address: str, key: str, deadline: Deadline) -> Answer:
    """The answer about a KRS, NIP or REGON number. Raises RegisterUnavailable."""

    def look(session: str) -> Answer:
        rows = _search(_ONE[kind], number, address=address, session=session, deadline=deadline)
        row = next((row for row in rows if row.get("Typ") == LEGAL_PERSON), None)
        if row is None:
            return Answer(Register.REGON, RegisterOutcome.NOT_FOUND)
        if row.get("DataZakonczeniaDzialalnosci"):
            return Answer(Register.REGON, RegisterOutcome.DELETED)
        report = _report(row["Regon"], address=address, session=session, deadline=deadline)
        return Answer(Register.REGON, RegisterOutcome.FOUND, _facts(row, report))

    return _in_session(look, address=address, key=key, deadline=deadline)


def known(kind: str, numbers: Iterable[str], *, address: str, key: str, deadline: Deadline) -> set[str]:
    """Those of several NIP or nine-digit REGON numbers that belong to a legal person. Raises RegisterUnavailable."""
    wanted = ",".join(list(numbers)[:MOST_AT_ONCE])

    def look(session: str) -> set[str]:
        rows = _search(_MANY[kind], wanted, address=address, session=session, deadline=deadline)
        return {row.get(_ONE[kind], "") for row in rows if row.get("Typ") == LEGAL_PERSON}

    return _in_session(look, address=address, key=key, deadline=deadline)


def _in_session(look: Callable[[str], Found], *, address: str, key: str, deadline: Deadline) -> Found:
    """Logs in, looks, logs out; once more when the session ran out meanwhile."""
    for _attempt in range(2):
        login = soap.element("pKluczUzytkownika", key)
        session = soap.call(address, "Zaloguj", login, deadline=deadline)
        if not session:
            raise RegisterUnavailable("key refused")
        try:
            return look(session)
        except SessionExpired:
            continue
        finally:
            with suppress(RegisterUnavailable):
                logout = soap.element("pIdentyfikatorSesji", session)
                soap.call(address, "Wyloguj", logout, session=session, deadline=deadline)
    raise RegisterUnavailable("session expired")


def _search(parameter: str, value: str, *, address: str, session: str, deadline: Deadline) -> list[Row]:
    wanted = f"<ns:pParametryWyszukiwania>{soap.element(parameter, value, prefix='dat')}</ns:pParametryWyszukiwania>"
    return _rows(soap.call(address, "DaneSzukajPodmioty", wanted, session=session, deadline=deadline))


def _report(regon: str, *, address: str, session: str, deadline: Deadline) -> Row:
    wanted = soap.element("pRegon", regon) + soap.element("pNazwaRaportu", REPORT)
    found = _rows(soap.call(address, "DanePobierzPelnyRaport", wanted, session=session, deadline=deadline))
    return found[0] if found else {}


def _rows(result: str) -> list[Row]:
    """The rows of a result; none for »not found«. Raises SessionExpired or RegisterUnavailable."""
    if not result:
        raise SessionExpired
    rows = [
        {field.tag: strip_controls(" ".join((field.text or "").split()))[:500] for field in row}
        for row in soap.parsed(result).iter("dane")
    ]
    code = next((row["ErrorCode"] for row in rows if "ErrorCode" in row), "")
    if code == NOTHING_FOUND:
        return []
    if code or not rows or any("Regon" not in row and "praw_regon9" not in row for row in rows):
        raise RegisterUnavailable(f"error {code}" if code else "changed fields")
    return rows


def _facts(row: Row, report: Row) -> RegisterFacts:
    def said(name: str, other: str = "") -> str:
        return report.get(f"praw_{name}", "") or row.get(other, "")

    name = said("nazwa", "Nazwa")
    if not name:
        raise RegisterUnavailable("changed fields")
    form_text = said("szczegolnaFormaPrawna_Nazwa")
    form = law.registered_form(form_text, name)
    entry = said("numerWRejestrzeEwidencji")
    krs = entry if len(entry) == 10 and not law.krs_breaches(entry) else ""
    locality = said("adSiedzMiejscowosc_Nazwa", "Miejscowosc")
    return RegisterFacts(
        register=Register.REGON,
        name=readable(name)[:300],
        form_text=form_text,
        legal_form=form.form,
        exclusion=form.exclusion,
        is_ngo=form.is_ngo,
        krs=krs,
        nip=said("nip", "Nip"),
        regon=said("regon9", "Regon"),
        other_register="" if krs else readable(said("rodzajRejestruEwidencji_Nazwa"))[:200],
        other_number="" if krs else entry[:80],
        address=street_line(
            said("adSiedzUlica_Nazwa", "Ulica"),
            said("adSiedzNumerNieruchomosci", "NrNieruchomosci"),
            said("adSiedzNumerLokalu", "NrLokalu"),
            locality,
        ),
        postal_code=postal_code(said("adSiedzKodPocztowy", "KodPocztowy")),
        locality=readable(locality)[:120],
        email=said("adresEmail").lower(),
        website=said("adresStronyinternetowej").lower(),
        founded=iso_day(said("dataPowstania")),
        registered=iso_day(said("dataWpisuDoRejestruEwidencji")),
    )
