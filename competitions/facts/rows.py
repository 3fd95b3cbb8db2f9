"""Rows below a call: money, parts, windows, criteria and results, each as columns of its model."""

from collections.abc import Iterator
from typing import Any

from core.common.facts import FactReader

from ..enums import Outcome
from ..models import (
    Award,
    CallBudgetSource,
    CallBudgetYear,
    CallPart,
    CallResult,
    IntakeWindow,
    RejectedOffer,
)
from . import values

MOST_YEARS = 9999
# Names under which sources give the same thing.
CRITERION_NAMES = ("name", "criterion", "title", "label", "kryterium")
CRITERION_POINTS = ("max_points", "points", "max", "punkty")
CRITERION_WEIGHTS = ("weight", "weight_percent", "percent", "waga")
CRITERION_TEXTS = ("description", "note", "notes", "opis")
OUTCOMES = {outcome.value: outcome for outcome in Outcome}


def of_list(reader: FactReader, key: str, words: str) -> Iterator[FactReader]:
    """The objects of a list; a bare text becomes an object with it under ``words``."""
    for part in reader.parts(key):
        yield part if isinstance(part, FactReader) else FactReader({words: part}, f"{reader.path}{key}.")


def _year(reader: FactReader) -> int | None:
    return values.count(reader, "year", MOST_YEARS)


def _note(reader: FactReader, column: Any, *words: str) -> str:
    """The note of a row together with amounts that were words."""
    found = "; ".join(filter(None, [values.text(reader, "note"), *words]))
    return values.fitting(reader, "note", column, found)


def budget_years(reader: FactReader) -> list[dict[str, Any]]:
    column = CallBudgetYear._meta.get_field("note")
    rows = []
    for part in of_list(reader, "budget_by_year", "note"):
        amount, words = values.amount(part, "amount")
        rows.append({"year": _year(part), "amount": amount, "note": _note(part, column, words)})
    return rows


def budget_sources(reader: FactReader) -> list[dict[str, Any]]:
    meta = CallBudgetSource._meta
    rows = []
    for part in of_list(reader, "budget_by_source", "source"):
        amount, words = values.amount(part, "amount")
        source = values.fitting(part, "source", meta.get_field("source"), values.text(part, "source"))
        rows.append({"source": source, "amount": amount, "note": _note(part, meta.get_field("note"), words)})
    return rows


def parts(reader: FactReader) -> list[dict[str, Any]]:
    return [_part(part) for part in of_list(reader, "parts", "name")]


def _part(part: FactReader) -> dict[str, Any]:
    budget, words = values.amount(part, "budget")
    return {
        "no": values.fitting(part, "no", CallPart._meta.get_field("no"), values.text(part, "no")),
        "name": values.text(part, "name"),
        "budget": budget,
        "unit_rate": values.sure_amount(part, "unit_rate"),
        "unit_rate_per": values.fitting(
            part,
            "unit_rate_per",
            CallPart._meta.get_field("unit_rate_per"),
            values.text(part, "unit_rate_per"),
        ),
        "places": values.count(part, "places"),
        "year": _year(part),
        "min_grant": values.sure_amount(part, "min_grant"),
        "max_grant": values.sure_amount(part, "max_grant"),
        "equipment_limit": values.sure_amount(part, "equipment_limit"),
        "task_from": values.partial(part, "task_from"),
        "task_to": values.partial(part, "task_to"),
        "note": "; ".join(filter(None, [values.text(part, "note"), words])),
    }


def intake_windows(reader: FactReader) -> list[dict[str, Any]]:
    column = IntakeWindow._meta.get_field("note")
    return [
        {
            "opens": values.partial_moment(part, "opens_at") or values.partial_moment(part, "opens"),
            "closes": values.partial_moment(part, "closes_at") or values.partial_moment(part, "closes"),
            "note": _note(part, column),
        }
        for part in of_list(reader, "intake_windows", "note")
    ]


def criteria(reader: FactReader) -> list[dict[str, Any]]:
    rows = []
    for position, part in enumerate(of_list(reader, "evaluation_criteria", "name")):
        rows.append(
            {
                "name": _first(part, CRITERION_NAMES, values.text) or "–",
                "description": _first(part, CRITERION_TEXTS, values.text) or "",
                "max_points": _first(part, CRITERION_POINTS, values.points),
                "weight": _first(part, CRITERION_WEIGHTS, values.share),
                "position": position,
            }
        )
    return rows


def _first(reader: FactReader, names: tuple[str, ...], read: Any) -> Any:
    """The value under the first of the names that the object has."""
    return next((read(reader, name) for name in names if reader.record.get(name) is not None), None)


def results(reader: FactReader) -> dict[str, Any] | None:
    """Counts, awards and rejected offers; a bare text becomes the note. None when nothing is known."""
    value = reader.record.get("results")
    if value in (None, "", [], {}):
        reader.take("results")
        return None
    part = (
        reader.child("results")
        if isinstance(value, dict)
        else FactReader({"note": values.text(reader, "results")})
    )
    counts = ("offers_submitted", "funded", "formally_rejected", "late_offers", "previous_edition_applicants")
    number = values.text(part, "contract_number")
    return {
        "result": {
            **{name: values.count(part, name) for name in counts},
            "mean_score": values.points(part, "mean_score"),
            "contract_number": values.fitting(
                part, "contract_number", CallResult._meta.get_field("contract_number"), number
            ),
            "note": values.text(part, "note"),
        },
        "awards": [_award(row) for row in of_list(part, "awards", "organisation")],
        "rejected": [_rejected(row) for row in of_list(part, "rejected", "organisation")],
    }


def _award(row: FactReader) -> dict[str, Any]:
    meta = Award._meta
    amount, words = values.amount(row, "amount")
    score = row.take("score")
    is_number = isinstance(score, (int, float)) and not isinstance(score, bool) and 0 <= score < 10_000
    label = "" if score is None or is_number else values.plain(score)
    outcome = values.text(row, "outcome")
    return {
        "organization_name": values.fitting(
            row, "organisation", meta.get_field("organization_name"), values.text(row, "organisation")
        ),
        "title": values.text(row, "title"),
        "outcome": OUTCOMES.get(outcome, Outcome.AWARDED),
        "amount": amount,
        "requested_amount": values.sure_amount(row, "requested_amount"),
        "score": values.points(row, "score") if is_number else None,
        "score_label": values.fitting(row, "score", meta.get_field("score_label"), label),
        "contract_number": values.fitting(
            row, "contract_number", meta.get_field("contract_number"), values.text(row, "contract_number")
        ),
        "note": "; ".join(
            filter(None, [values.text(row, "note"), words, "" if outcome in OUTCOMES else outcome])
        ),
    }


def _rejected(row: FactReader) -> dict[str, Any]:
    name = values.text(row, "organisation")
    return {
        "organization_name": values.fitting(
            row, "organisation", RejectedOffer._meta.get_field("organization_name"), name
        ),
        "title": values.text(row, "title"),
        "reason": values.text(row, "reason"),
    }
