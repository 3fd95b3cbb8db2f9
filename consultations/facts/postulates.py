"""Reading the JSON form of demands."""

from datetime import datetime
from typing import Any

from core.city.facts import write
from core.common.clock import now
from core.common.facts import FactReader, ImportReport, import_records
from core.common.slugs import slug_for
from core.documents import search
from organizations.models import Organization

from .. import law
from ..enums import Origin, PositionCode
from ..models import Consultation, DemandMeeting, Postulate
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
        "consultation": _consultation(source, meeting),
        "origin": Origin.IMPORTED,
        "oddities": v.texts(reader, "oddities"),
        "sources_extra": v.texts(reader, "sources_extra"),
        **_organisation(reader),
        **_position(reader),
    }
    values["status"] = law.first_status(values["position_code"])
    values["meeting"] = _meeting(source, meeting, values)
    _keep_followed(fact_id, source, values)
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


def _consultation(source: str, meeting: v.When) -> Consultation | None:
    """The consultation of the same source that began on the day of the meeting."""
    if not (source and meeting.day):
        return None
    return Consultation.objects.filter(source=source, starts_on=meeting.day).order_by("pk").first()


def _meeting(source: str, day: v.When, values: dict[str, Any]) -> DemandMeeting | None:
    """The table of that day, made when it is the first row; organisations add themselves."""
    if not (day.day or day.about):
        return None
    subject = values["programme_title"] or "Spotkanie z organizacjami"
    known = {"held_on": day.day, "held_about": day.about, "subject": subject, "source": source}
    meeting = DemandMeeting.objects.filter(**known).first()
    if meeting is None:
        meeting = DemandMeeting.objects.create(
            **known,
            slug=slug_for(DemandMeeting, f"{day.day or day.about} {subject}"),
            unit=values["position_unit"],
            consultation=values["consultation"],
            published_at=now(),
            origin=Origin.IMPORTED,
        )
    if (name := values["organisation_name"]) and name not in meeting.organisation_names:
        meeting.organisation_names = sorted([*meeting.organisation_names, name])
        meeting.save(update_fields=["organisation_names"])
    taken = meeting.postulates.filter(lp=values["lp"]).exclude(postulate=values["postulate"])
    return None if values["lp"] is not None and taken.exists() else meeting


def _keep_followed(fact_id: str, source: str, values: dict[str, Any]) -> None:
    """What officials wrote since is not undone by reading the facts again."""
    known = Postulate.objects.filter(fact_id=fact_id[:120], source=source).first()
    if known is not None and known.follow_ups.exists():
        values["status"] = known.status
