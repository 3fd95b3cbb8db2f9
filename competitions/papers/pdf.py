"""The offer on paper, part by part as the regulation has it (REG-2057, Annex 1; R-CALL-20).

The words of the form are in ``templates/pdf/offer.typ`` and stay Polish; here are the answers, in the order of
its tables. An empty answer of a filed offer reads »nie dotyczy«.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from core.common import formats
from core.common.clock import local
from core.documents.pdf import render_pdf

from ..law.offers import OfferContent
from ..law.offers.content import CostRow
from ..law.offers.values import ZERO, mapping, rows, text
from ..models import Offer, OfferVersion
from .content import content_of

NOT_APPLICABLE = "nie dotyczy"
LEADER_FIRST = {"leader": 0}
PARTY_FIELDS = (
    ("name", "Nazwa"),
    ("legal_form", "Forma prawna"),
    ("register", "Numer w Krajowym Rejestrze Sądowym lub innej ewidencji"),
    ("seat", "Adres siedziby"),
    ("website", "Strona www"),
    ("correspondence_address", "Adres do korespondencji"),
    ("email", "Adres e-mail"),
    ("phone", "Numer telefonu"),
)


def offer_pdf(offer: Offer, version: OfferVersion | None) -> bytes:
    """The paper of a filed version, or of the draft (marked as one). Raises core.documents.pdf.PdfFailed."""
    with override("pl"):
        data = paper_of(offer, version)
        title = f"Oferta realizacji zadania publicznego: {data['title']}"
        author = ", ".join(party["name"] for party in data["parties"])
        on = local(version.received_at).date() if version else None
        return render_pdf("offer.typ", data, title=title[:300], author=author[:300], on=on)


def paper_of(offer: Offer, version: OfferVersion | None) -> dict[str, Any]:
    """Everything the template sets, as texts."""
    raw = content_of(offer, version)
    content = OfferContent.from_version(raw)
    parties = sorted(
        rows(raw.get("applicants")), key=lambda party: LEADER_FIRST.get(text(party.get("role")), 1)
    )
    is_joint = len(parties) > 1
    call, task = mapping(raw.get("call")), content.task
    blank = _blanks(is_draft=version is None)
    return {
        "stamp": stamp_of(offer, version),
        "is_draft": version is None,
        "is_joint": is_joint,
        "authority": blank(text(call.get("authority", ""))),
        "sphere": blank(text(call.get("sphere", ""))),
        "call": " ".join(filter(None, [text(call.get("number", "")), text(call.get("title", ""))])),
        "parties": [_party(party, blank) for party in parties],
        "contact": [
            ["Imię i nazwisko", blank(content.applicant.contact_name)],
            ["Numer telefonu", blank(content.applicant.contact_phone)],
            ["Adres poczty elektronicznej", blank(content.applicant.contact_email)],
        ],
        "title": blank(task.title),
        "starts_on": blank(_day(task.starts_on)),
        "ends_on": blank(_day(task.ends_on)),
        "summary": [
            ["Miejsce realizacji zadania", blank(task.place)],
            ["Grupa docelowa", blank(task.target_group)],
            ["Sposób rozwiązywania problemów i zaspokajania potrzeb grupy docelowej", blank(task.needs)],
            ["Komplementarność z innymi działaniami", blank(task.complementarity)],
        ],
        "plan_years": ", ".join(map(str, task.calendar_years())),
        "plan": _plan(content, blank),
        "results": [
            blank(content.results.effects),
            blank(content.results.change),
            blank(content.results.durability),
        ],
        "indicators": [[row.name, row.target, row.monitoring] for row in content.results.indicators]
        or [[NOT_APPLICABLE] * 3],
        "earlier": blank(content.capacity.earlier_activity),
        "capacity": [
            ["Zasoby kadrowe", blank(content.capacity.human)],
            ["Zasoby rzeczowe", blank(content.capacity.material)],
            ["Zasoby finansowe", blank(content.capacity.financial)],
        ],
        "years": [str(year) for year in _years(content)],
        "costs": cost_lines(content),
        "sources": _sources(content),
        "split": _split(content, parties) if is_joint else [],
        "payment": _struck(content.declarations.payment, PAYMENTS),
        "joint_roles": blank(content.declarations.joint_roles) if is_joint else NOT_APPLICABLE,
        "other": content.declarations.other.strip() or NOT_APPLICABLE,
        "statements": _statements(content, parties),
        "kept": "; ".join(_kept(content, parties)),
        "attachments": [
            [
                text(file.get("name", "")),
                formats.file_size(int(file.get("size") or 0)),
                text(file.get("sha256", "")),
            ]
            for file in rows(raw.get("attachments"))
        ],
    }


def stamp_of(offer: Offer, version: OfferVersion | None) -> dict[str, str]:
    """What the foot of each page says: number, time, checksum."""
    if version is None:
        return {"number": "", "at": "", "checksum": "", "kind": "SZKIC – niezłożona"}
    at = local(version.received_at)
    return {
        "number": offer.number,
        "at": f"{formats.day(at)}, godz. {at:%H:%M:%S}",
        "checksum": version.checksum,
        "kind": "" if version.number == 1 else f"{version.get_kind_display()}, wersja {version.number}",
    }


def _blanks(*, is_draft: bool):
    """A field left empty reads »nie dotyczy« once filed; in a draft it stays white."""
    empty = "" if is_draft else NOT_APPLICABLE
    return lambda value: value.strip() or empty


def _party(party: Any, blank) -> dict[str, Any]:
    pairs = [[label, blank(text(party.get(key, "")))] for key, label in PARTY_FIELDS]
    return {"name": text(party.get("name", "")), "facts": pairs}


def _day(on: date | None) -> str:
    return formats.day(on) if on else ""


def _plan(content: OfferContent, blank) -> list[list[str]]:
    return [
        [
            str(number),
            row.name,
            row.description,
            row.target_group,
            " – ".join(filter(None, [_day(row.starts_on), _day(row.ends_on)])),
            row.outside_party.strip() or NOT_APPLICABLE,
        ]
        for number, row in enumerate(content.plan, start=1)
    ] or [["1", *[blank("")] * 5]]


# --- V ----------------------------------------------------------------------------------------------


def _years(content: OfferContent) -> range:
    """Three columns as printed; more when the task is longer."""
    return range(1, max(3, content.task.year_count) + 1)


def money(amount: Decimal | None) -> str:
    return "" if amount is None else formats.number(amount, 2)


def cost_lines(content: OfferContent) -> list[dict[str, Any]]:
    """Table V.A line by line: I, I.1, I.1.1 … II, II.1, with their sums."""
    lines = [_head("I", "Koszty realizacji działań")]
    groups = [(action.name, content.costs.rows_of(action.id)) for action in content.plan]
    known = content.action_names()
    loose = tuple(row for row in content.costs.action_rows if row.action_id not in known)
    for number, (name, costs) in enumerate([*groups, *([("", loose)] if loose else [])], start=1):
        lines.append(_head(f"I.{number}", name or f"Działanie {number}"))
        lines += [_cost(f"I.{number}.{n}", row, content) for n, row in enumerate(costs, start=1)]
    lines.append(_sum("Suma kosztów realizacji zadania", content.costs.action_rows, content))
    lines.append(_head("II", "Koszty administracyjne"))
    lines += [_cost(f"II.{n}", row, content) for n, row in enumerate(content.costs.admin_rows, start=1)]
    lines.append(_sum("Suma kosztów administracyjnych", content.costs.admin_rows, content))
    lines.append(_sum("Suma wszystkich kosztów realizacji zadania", content.costs.rows, content))
    return lines


def _head(number: str, name: str) -> dict[str, Any]:
    return {"kind": "head", "cells": [number, name]}


def _cost(number: str, row: CostRow, content: OfferContent) -> dict[str, Any]:
    of = content.task.year_count
    years = [money(row.in_year(year, of=of)) for year in _years(content)]
    units = "" if row.quantity is None else formats.number(row.quantity, _places(row.quantity))
    cells = [number, row.name, row.unit, money(row.unit_cost), units, money(row.value), *years]
    return {"kind": "cost", "cells": cells}


def _places(quantity: Decimal) -> int:
    exponent = quantity.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _sum(name: str, costs: tuple[CostRow, ...], content: OfferContent) -> dict[str, Any]:
    of = content.task.year_count
    years = [money(sum((row.in_year(year, of=of) for row in costs), ZERO)) for year in _years(content)]
    return {"kind": "sum", "cells": [name, money(sum((row.value for row in costs), ZERO)), *years]}


def _sources(content: OfferContent) -> list[list[str]]:
    """Table V.B; the shares add up to 100,00 when the amounts do."""
    sources, shares = content.sources, content.source_shares()
    whole = "100" if content.costs.total else "0"
    lines = [
        ("1", "Suma wszystkich kosztów realizacji zadania", content.costs.total, Decimal(whole)),
        ("2", "Planowana dotacja w ramach niniejszej oferty", sources.grant, shares["grant"]),
        ("3", "Wkład własny", sources.own, shares["own"]),
        ("3.1", "Wkład własny finansowy", sources.own_financial, shares["own_financial"]),
        ("3.2", "Wkład własny niefinansowy (osobowy i rzeczowy)", sources.own_in_kind, shares["own_in_kind"]),
        ("4", "Świadczenia pieniężne od odbiorców zadania", sources.fees, shares["fees"]),
    ]
    return [[no, name, money(amount or ZERO), formats.number(share, 2)] for no, name, amount, share in lines]


def _split(content: OfferContent, parties: list[Any]) -> list[list[str]]:
    """Table V.C with its sum; the offerors in the order of part II."""
    years = _years(content)
    lines, total = [], dict.fromkeys(years, ZERO)
    for number, party in enumerate(parties, start=1):
        row = content.split_of(int(party.get("organization_id") or 0))
        amounts = [row.years.get(str(year), ZERO) for year in years]
        total = {year: total[year] + amount for year, amount in zip(years, amounts, strict=True)}
        name = f"{text(party.get('name', ''))}"
        lines.append([f"{number}.", name, money(sum(amounts, ZERO)), *map(money, amounts)])
    whole = money(sum(total.values(), ZERO))
    return [*lines, ["", "Suma wszystkich kosztów realizacji zadania", whole, *map(money, total.values())]]


# --- VI and VII -------------------------------------------------------------------------------------

PAYMENTS = (
    ("free", "nieodpłatne wykonanie zadania publicznego"),
    ("paid", "odpłatne wykonanie zadania publicznego"),
    ("both", "częściowo odpłatne, częściowo nieodpłatne wykonanie zadania publicznego"),
)
Piece = list[Any]  # [text, whether it is struck out]


def _struck(chosen: str, options: tuple[tuple[str, str], ...]) -> list[Piece]:
    """Options as the form has them: those not chosen are struck out; before a choice none is."""
    return [[f"{label}*", bool(chosen) and key != chosen] for key, label in options]


def _statements(content: OfferContent, parties: list[Any]) -> list[dict[str, Any]]:
    """Part VII: each statement in pieces, with what was struck out, and whether it was made."""
    said = content.declarations
    offeror: list[Piece] = [["oferent*", len(parties) > 1], ["oferenci*", len(parties) == 1]]
    in_krs = [text(party.get("register", "")).startswith("KRS") for party in parties]
    pieces: list[tuple[str, list[Piece | str]]] = [
        ("statutory", ["proponowane zadanie publiczne będzie realizowane wyłącznie w zakresie działalności pożytku publicznego oferenta(-ów);"]),
        ("fees", ["pobieranie świadczeń pieniężnych będzie się odbywać wyłącznie w ramach prowadzonej odpłatnej działalności pożytku publicznego;"]),
        ("tax", [*offeror, "składający niniejszą ofertę", *_arrears(said.has_tax_arrears), "z opłacaniem należności z tytułu zobowiązań podatkowych;"]),
        ("social", [*offeror, "składający niniejszą ofertę", *_arrears(said.has_social_arrears), "z opłacaniem należności z tytułu składek na ubezpieczenia społeczne;"]),
        ("register", ["dane zawarte w części II niniejszej oferty są zgodne z", ["Krajowym Rejestrem Sądowym*", bool(in_krs) and not any(in_krs)], ["inną właściwą ewidencją*", bool(in_krs) and all(in_krs)]]),
        ("truth", ["wszystkie informacje podane w ofercie oraz załącznikach są zgodne z aktualnym stanem prawnym i faktycznym;"]),
        ("data", ["w zakresie związanym ze składaniem ofert, w tym z gromadzeniem, przetwarzaniem i przekazywaniem danych osobowych, a także wprowadzaniem ich do systemów informatycznych, osoby, których dotyczą te dane, złożyły stosowne oświadczenia zgodnie z przepisami o ochronie danych osobowych."]),
    ]  # fmt: skip
    return [
        {
            "is_made": key in said.statements,
            "pieces": [[part, False] if isinstance(part, str) else part for part in parts],
        }
        for key, parts in pieces
    ]


def _kept(content: OfferContent, parties: list[Any]) -> list[str]:
    """What was not struck out, in words: a line through a word is not heard."""
    options = [_struck(content.declarations.payment, PAYMENTS)]
    options += [statement["pieces"] for statement in _statements(content, parties)]
    kept = [part for pieces in options for part, is_struck in pieces if part.endswith("*") and not is_struck]
    return [part.removesuffix("*") for part in kept]


def _arrears(has_arrears: bool) -> list[Piece]:
    return [["nie zalega(-ją)*", has_arrears], ["zalega(-ją)*", not has_arrears]]
