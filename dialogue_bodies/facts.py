"""Reading the JSON form of dialogue bodies. Records of one council's terms become one body with terms."""

import re
from datetime import datetime
from typing import Any

from core.city.facts import partial_date, write
from core.city.lookup import find_unit
from core.common.clock import today
from core.common.facts import FactReader, ImportReport, import_records
from core.common.slugs import slug_for
from core.legal.workflow import start

from .actions import publish_in_search
from .enums import BodyKind, BodyState
from .models import DialogueBody, ElectionSummary, Term, YearActivity

TEXTS = (
    "field",
    "legal_basis",
    "previous_rules",
    "meeting_frequency",
    "active_period",
    "start_planned",
    "initiated_by",
)
DATES = ("founded_on", "first_meeting_on", "meeting_on", "recruitment_until", "member_count_as_of")
OF_TERM = ("term_no", "term_from", "term_to", "composition", "election")
ELECTION_COUNTS = (
    "candidates",
    "min_endorsements",
    "max_choices",
    "results_within_days",
    "registered_voters",
    "votes_cast",
)
ELECTION_DATES = ("nominations_until", "voting_from", "voting_to")
ACTIVITY_COUNTS = ("acts", "positive", "abstained", "not_reviewed", "plenary_meetings")
YEAR_KEY = re.compile(r"(activity|active_count)_(\d{4})")


def import_dialogue_bodies(records: list[dict], *, by: Any, at: datetime) -> ImportReport:
    """Councils with their terms, commissions, teams, forums, coalitions."""
    return import_records(records, lambda reader: _read(reader, at))


def _read(reader: FactReader, at: datetime) -> str:
    name = reader.text("name")[:250]
    if not name:
        reader.cannot("name", "ciało bez nazwy")
        return "skipped"
    has_term = any(reader.record.get(key) is not None for key in OF_TERM)
    body = _body_of(reader, name, has_term)
    values = _body_values(reader, has_term)
    if body is None:
        body = DialogueBody.objects.create(
            name=name,
            slug=slug_for(DialogueBody, name),
            state=_state_of(values),
            state_since=at,
            published_at=at,
            **values,
        )
        start(body, by=None, at=at)
        outcome = "created"
    else:
        outcome = _update(body, values, has_term)
    if has_term:
        outcome = _read_term(reader, body, outcome)
    _read_years(reader, body)
    publish_in_search(body)
    return outcome


def _body_of(reader: FactReader, name: str, has_term: bool) -> DialogueBody | None:
    """The body of an earlier import: by id, or (for terms) by name."""
    known = DialogueBody.objects.filter(fact_id=reader.text("id") or name[:40]).first()
    if known is None and has_term:
        known = DialogueBody.objects.filter(name=name).exclude(fact_id="").first()
    return known


def _body_values(reader: FactReader, has_term: bool) -> dict[str, Any]:
    kind = reader.text("kind")
    unit_text = reader.text("unit")
    values = {
        "fact_id": reader.text("id") or reader.text("name")[:40],
        "kind": kind if kind in BodyKind.values else BodyKind.OTHER,
        "kind_label": "" if kind in BodyKind.values else kind,
        "unit": find_unit(unit_text) if unit_text else None,
        "unit_label": unit_text,
        "membership_rule": reader.text("membership"),
        "contact": reader.texts("contact"),
        "members_limit": _count(reader, "members_limit"),
        "member_organizations_count": _count(reader, "member_organisations_count"),
        "is_member_count_approximate": bool(reader.take("member_count_is_approximate", False)),
        "source": reader.text("source"),
        "sources_extra": reader.texts("sources_extra"),
        "notes": "" if reader.record.get("term_no") is not None else reader.text("notes"),
    }
    if not has_term:
        values |= {"legal_act": reader.text("appointed_by"), "amendments": reader.texts("amendments")}
    values |= {key: reader.text(key) for key in TEXTS}
    return values | {key: partial_date(reader, key) for key in DATES}


def _state_of(values: dict[str, Any]) -> str:
    """Bodies of a past period are shown as dissolved, the others as working."""
    last_year = re.findall(r"\d{4}", values["active_period"])[-1:]
    is_over = last_year and not values["active_period"].endswith("–") and int(last_year[0]) < today().year - 1
    return BodyState.DISSOLVED if is_over or values["kind"] == BodyKind.GENERAL_ASSEMBLY else BodyState.ACTIVE


def _update(body: DialogueBody, values: dict[str, Any], has_term: bool) -> str:
    """A later term fills only what the body does not say yet; a repeated record updates the body."""
    if has_term and body.fact_id != values["fact_id"]:
        filled = {
            k: v
            for k, v in values.items()
            if k not in ("fact_id", "notes", "source", "sources_extra") and v and not getattr(body, k)
        }
        return write(DialogueBody, {"pk": body.pk}, filled)[1]
    return write(DialogueBody, {"pk": body.pk}, values)[1]


def _read_term(reader: FactReader, body: DialogueBody, outcome: str) -> str:
    seats = reader.child("composition")
    values = {
        "body": body,
        "number": _count(reader, "term_no"),
        "starts_on": partial_date(reader, "term_from"),
        "ends_on": partial_date(reader, "term_to"),
        "appointed_by": reader.text("appointed_by"),
        "amendments": reader.texts("amendments"),
        "notes": reader.text("notes"),
        "source": reader.text("source"),
        "sources_extra": reader.texts("sources_extra"),
        "seats_total": _count(seats, "total") if seats else None,
        "seats_ngo": _count(seats, "ngo") if seats else None,
        "seats_city_council": _count(seats, "city_council") if seats else None,
        "seats_mayor": _count(seats, "mayor") if seats else None,
    }
    term, term_outcome = write(Term, {"fact_id": reader.text("id")}, values)
    election = reader.child("election")
    if election:
        counts = {key: _count(election, key) for key in ELECTION_COUNTS}
        texts = {key: election.text(key) for key in ("debate_at", "method", "eligible")}
        write(
            ElectionSummary,
            {"term": term},
            counts | texts | {key: partial_date(election, key) for key in ELECTION_DATES},
        )
    return outcome if outcome == "created" or term_outcome == "unchanged" else term_outcome


def _read_years(reader: FactReader, body: DialogueBody) -> None:
    """Keys such as ``activity_2015`` and ``active_count_2015``, whatever the year."""
    for key in list(reader.record):
        match = YEAR_KEY.fullmatch(key)
        if match is None:
            continue
        year = int(match[2])
        if match[1] == "active_count":
            counts = {**body.active_counts, match[2]: reader.take(key)}
            write(DialogueBody, {"pk": body.pk}, {"active_counts": counts})
            continue
        activity = reader.child(key)
        if activity:
            write(
                YearActivity,
                {"body": body, "year": year},
                {name: _count(activity, name) for name in ACTIVITY_COUNTS},
            )


def _count(reader: FactReader, key: str) -> int | None:
    value = reader.take(key)
    if value is None or (isinstance(value, int) and value >= 0):
        return value
    reader.cannot(key, "nie jest liczbą")
    return None
