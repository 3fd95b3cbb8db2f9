"""The open API of the National Court Register (Ministry of Justice): current extracts.

``GET {base}/api/krs/OdpisAktualny/{krs}?rejestr=S|P&format=json`` answers 200 with ``odpis``, 404 when the
number is not in that part of the register, 204 when the body has been struck off. Names of people come
hidden behind asterisks.
"""

import json
from typing import Any

from core.common.sanitize import strip_controls

from .. import law
from ..enums import Register, RegisterOutcome
from .facts import Answer, RegisterFacts, iso_day, postal_code, readable, sentence, street_line
from .transport import Deadline, RegisterUnavailable, Reply, send

# Associations, foundations and the like; then businesses, where social co-operatives and companies are.
PARTS = ("S", "P")


def ask(krs: str, *, base: str, deadline: Deadline) -> Answer:
    """The answer about ten digits. Raises RegisterUnavailable."""
    for part in PARTS:
        url = f"{base.rstrip('/')}/api/krs/OdpisAktualny/{krs}"
        query = {"rejestr": part, "format": "json"}
        reply = send("GET", url, deadline=deadline, params=query, headers={"Accept": "application/json"})
        if reply.status == 204:
            return Answer(Register.KRS, RegisterOutcome.DELETED)
        if reply.status != 404:
            return Answer(Register.KRS, RegisterOutcome.FOUND, _facts(_extract(reply), krs))
    return Answer(Register.KRS, RegisterOutcome.NOT_FOUND)


def _extract(reply: Reply) -> dict[str, Any]:
    if reply.status != 200:
        raise RegisterUnavailable(f"status {reply.status}")
    if "json" not in reply.content_type.lower():
        raise RegisterUnavailable("not JSON")
    try:
        found = json.loads(reply.content)
    except (ValueError, RecursionError):
        raise RegisterUnavailable("broken JSON") from None
    return _part(found, "odpis")


def _facts(extract: dict[str, Any], krs: str) -> RegisterFacts:
    head, data = _part(extract, "naglowekA"), _part(extract, "dane")
    first, second = _part(data, "dzial1"), _part(data, "dzial2")
    body, seat = _part(first, "danePodmiotu"), _part(first, "siedzibaIAdres")
    numbers, address = _part(body, "identyfikatory"), _part(seat, "adres")
    name, form_text = _text(body, "nazwa"), _text(body, "formaPrawna")
    # without these two the answer is not what we know how to read
    if not name or _text(head, "numerKRS") != krs:
        raise RegisterUnavailable("changed fields")
    form = law.registered_form(form_text, name)
    organs = _rows(second.get("reprezentacja"))
    members = [member for organ in organs for member in _rows(organ.get("sklad"))]
    locality = _text(address, "miejscowosc") or _text(_part(seat, "siedziba"), "miejscowosc")
    return RegisterFacts(
        register=Register.KRS,
        name=readable(name)[:300],
        form_text=form_text,
        legal_form=form.form,
        exclusion=form.exclusion,
        is_ngo=form.is_ngo,
        krs=krs,
        nip=_valid(law.normal_nip(_text(numbers, "nip")), law.is_nip),
        regon=_regon(_text(numbers, "regon")),
        address=street_line(
            _text(address, "ulica"), _text(address, "nrDomu"), _text(address, "nrLokalu"), locality
        ),
        postal_code=postal_code(_text(address, "kodPocztowy")),
        locality=readable(locality)[:120],
        email=_text(seat, "adresPocztyElektronicznej").lower(),
        website=_text(seat, "adresStronyInternetowej").lower(),
        representation=sentence(_without_numbers(next(filter(None, (_text(o, "sposobReprezentacji") for o in organs)), "")))[:500],
        people=tuple(filter(None, map(_person, members))),
        functions=tuple(_text(member, "funkcjaWOrganie").lower() or "" for member in members),
        has_opp_status=body.get("czyPosiadaStatusOPP") if isinstance(body.get("czyPosiadaStatusOPP"), bool) else None,
        registered=iso_day(head.get("dataRejestracjiWKRS")),
        as_of=iso_day(head.get("stanZDnia")),
        is_in_liquidation=bool(_part(data, "dzial6").get("likwidacja")),
    )  # fmt: skip


def _person(member: dict[str, Any]) -> str:
    """»Jan Kowalski – prezes zarządu«, or nothing when the register hides the name."""
    first, last = _part(member, "imiona"), _part(member, "nazwisko")
    double = "-".join(filter(None, [_text(last, "nazwiskoICzlon"), _text(last, "nazwiskoIICzlon")]))
    name = " ".join(filter(None, [_text(first, "imie"), double]))
    if "*" in name or not name:
        return ""
    post = _text(member, "funkcjaWOrganie").lower()
    return f"{readable(name)} – {post}" if post else readable(name)


def _part(node: Any, name: str) -> dict[str, Any]:
    """A part of the extract; an empty one where it is missing or is something else."""
    found = node.get(name) if isinstance(node, dict) else None
    return found if isinstance(found, dict) else {}


def _rows(node: Any) -> list[dict[str, Any]]:
    """The part S gives several organs as a list, the part P one as an object."""
    rows = node if isinstance(node, list) else [node]
    return [row for row in rows if isinstance(row, dict)]


def _text(node: dict[str, Any], name: str) -> str:
    value = node.get(name)
    return strip_controls(" ".join(value.split()))[:500] if isinstance(value, str) else ""


def _without_numbers(text: str) -> str:
    """Free text of the register may hold PESEL numbers: eleven digits are never wanted here."""
    return " ".join(word for word in text.split() if sum(c.isdigit() for c in word) < 11)


def _valid(number: str, is_right) -> str:
    return number if is_right(number) else ""


def _regon(written: str) -> str:
    """KRS writes fourteen digits, with zeros behind the nine of a body without local units."""
    number = law.normal_regon(written)
    return _valid(number[:9] if number[9:] in ("", "00000") else number, law.is_regon)
