"""Reading the JSON form of demands."""

from datetime import datetime
from typing import Any

from core.city.facts import write
from core.common.facts import FactReader, ImportReport, import_records
from core.documents import search
from organizations.models import Organization

from ..enums import Origin, PositionCode
from ..models import Consultation, Postulate
from ..queries import postulate_search_arguments
from . import values as v


def import_postulates(records: list[dict], *, by: Any, at: datetime) -> ImportReport:
    """Rows of tables of demands. A record without an id is known by its meeting and number. Safe to repeat."""
    return import_records(records, _read)


def _read(reader: FactReader) -> str:
    demand = v.text(reader, "postulate")
    if not demand:
        reader.cannot("postulate", "postulat bez treści")
        return "skipped"
    number, _wording, _is_about = v.count(reader, "lp")
    meeting = v.when(reader, "meeting_on")
    source = v.fitting(reader, "source", Postulate, "source", v.text(reader, "source"))
    fact_id = (
        v.text(reader, "id")
        or f"{meeting.day or meeting.about}/{number if number is not None else demand[:60]}"
    )
    values = {
        "lp": number,
        "postulate": demand,
        "justification": v.text(reader, "justification"),
        "meeting_on": meeting.day,
        "meeting_about": meeting.about,
        "consultation": _meeting(source, meeting),
        "origin": Origin.IMPORTED,
        "oddities": v.texts(reader, "oddities"),
        "sources_extra": v.texts(reader, "sources_extra"),
        **_organisation(reader),
        **_position(reader),
    }
    postulate, outcome = write(Postulate, {"fact_id": fact_id[:120], "source": source}, values)
    search.put(postulate, **postulate_search_arguments(postulate))
    return outcome


def _organisation(reader: FactReader) -> dict[str, Any]:
    name = v.fitting(reader, "organisation", Postulate, "organisation_name", v.text(reader, "organisation"))
    known = (
        Organization.objects.published().filter(name__iexact=name).order_by("pk").first() if name else None
    )
    return {"organisation_name": name, "organization": known}


def _position(reader: FactReader) -> dict[str, Any]:
    status = v.text(reader, "status")
    code = v.POSITIONS.get(status.lower(), "")
    return {
        "position": v.text(reader, "position"),
        "position_unit": v.unit(reader, "position_unit", v.text(reader, "position_unit")),
        "position_code": code if code in PositionCode.values else "",
        "status_label": v.fitting(reader, "status", Postulate, "status_label", status),
        "status_note": v.fitting(
            reader, "status_note", Postulate, "status_note", v.text(reader, "status_note")
        ),
        "programme_title": v.fitting(
            reader, "programme", Postulate, "programme_title", v.text(reader, "programme")
        ),
    }


def _meeting(source: str, meeting: v.When) -> Consultation | None:
    """The consultation of the same source that began on the day of the meeting."""
    if not (source and meeting.day):
        return None
    return Consultation.objects.filter(source=source, starts_on=meeting.day).order_by("pk").first()
