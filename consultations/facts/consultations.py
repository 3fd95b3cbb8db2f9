"""Reading the JSON form of consultations."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core.city.facts import write
from core.common.clock import local_day
from core.common.facts import FactReader, ImportReport, import_records
from core.legal.models import Transition

from ..actions.dates import set_dates
from ..actions.drafting import new_slug, publish_change
from ..enums import Kind, Origin, State
from ..models import Consultation, ConsultationForm, ConsultationStage, Extension
from ..models.date_lines import DateLine, read_line
from . import values as v

# Other words for the same thing, seen in other collected forms.
NEW_END = ("new_ends_on", "ends_on", "new_end", "until", "to", "date", "end", "on")
OLD_END = ("old_ends_on", "old_end", "from")
REASON = ("reason", "why", "note")


def import_consultations(records: list[dict], *, by: Any, at: datetime) -> ImportReport:
    """Past and present consultations; today's law is not asked about them. Safe to repeat."""
    return import_records(records, lambda reader: _read(reader, at))


def _read(reader: FactReader, at: datetime) -> str:
    title = v.fitting(reader, "title", Consultation, "title", v.text(reader, "title"))
    if not title:
        reader.cannot("title", "konsultacje bez tytułu")
        return "skipped"
    stage_words = v.texts(reader, "stage")
    values = {"title": title, **_notice(reader), **_term(reader), **_result(reader), **_origin(reader)}
    values["status_label"] = v.fitting(reader, "stage", Consultation, "status_label", "; ".join(stage_words))
    districts, values["territory_label"] = v.territory(reader)
    values["territory_label"] = v.fitting(
        reader, "territory", Consultation, "territory_label", values["territory_label"]
    )
    consultation, outcome = _save(reader, values, title, at)
    parts_before = _parts(consultation)
    consultation.co_units.set([v.unit(reader, "co_units", name) for name in v.texts(reader, "co_units")])
    consultation.districts.set(districts)
    _read_stages(consultation, stage_words)
    _read_extensions(consultation, reader)
    _read_forms(consultation, reader)
    if outcome == "unchanged" and _parts(consultation) != parts_before:
        outcome = "updated"
    _set_state(consultation, stage_words, at, is_new=outcome == "created")
    publish_change(consultation, at=at)
    return outcome


def _save(reader: FactReader, values: dict[str, Any], title: str, at: datetime) -> tuple[Consultation, str]:
    """The row of this record: found by its id and source, or by its title and source when it has no id."""
    fact_id = v.fitting(reader, "id", Consultation, "fact_id", v.text(reader, "id") or title[:80])
    key = {"fact_id": fact_id, "source": values.pop("source")}
    known = Consultation.objects.filter(**key).first()
    values["slug"] = known.slug if known else new_slug(title)
    values["published_at"] = known.published_at if known else at
    return write(Consultation, key, values)


def _notice(reader: FactReader) -> dict[str, Any]:
    kind_word = v.text(reader, "kind")
    regimes, audience = v.regimes(v.text(reader, "audience"))
    unit = v.unit(reader, "unit", v.text(reader, "unit"))
    return {
        "kind": v.KINDS.get(kind_word.lower(), Kind.OTHER),
        "kind_label": v.fitting(reader, "kind", Consultation, "kind_label", kind_word),
        "regimes": regimes,
        "audience_label": v.fitting(reader, "audience", Consultation, "audience_label", audience),
        "unit": unit,
        "author_name": unit.name if unit else "",
        "legal_bases": v.texts(reader, "legal_basis"),
        "document_titles": v.texts(reader, "documents"),
        "languages": [word[:20] for word in v.texts(reader, "languages")],
        "description": v.text(reader, "description"),
        "accepts_remarks": False,
    }


def _term(reader: FactReader) -> dict[str, Any]:
    start, end = v.when(reader, "starts_on"), v.when(reader, "ends_on")
    if start.hour:
        reader.cannot("starts_on", "godzina początku nie ma miejsca, zostaje dzień")
    ends_on, hour = v.end_hour(reader, end.day)
    if start.day and ends_on and ends_on < start.day:
        reader.cannot("ends_on", "koniec przed początkiem, zapisany tak jak w źródle")
    return {
        "starts_on": start.day,
        "starts_about": start.about,
        "ends_on": ends_on,
        "ends_hour": hour or end.hour,
        "ends_about": end.about,
    }


def _result(reader: FactReader) -> dict[str, Any]:
    report = v.when(reader, "report_published_on")
    remarks, remarks_label, _is_about = v.count(reader, "comments_count")
    people, people_label, is_about = v.count(reader, "participants_count")
    return {
        "report_published_on": report.day,
        "report_about": report.about,
        "comments_count": remarks,
        "comments_label": v.fitting(reader, "comments_count", Consultation, "comments_label", remarks_label),
        "participants_count": people,
        "participants_label": v.fitting(
            reader, "participants_count", Consultation, "participants_label", people_label
        ),
        "is_participants_count_approximate": None if people is None else is_about,
        "outcome": v.text(reader, "outcome"),
        "is_result_binding": v.yes_or_no(reader, "result_binding"),
    }


def _origin(reader: FactReader) -> dict[str, Any]:
    return {
        "origin": Origin.IMPORTED,
        "oddities": v.texts(reader, "oddities"),
        "source": v.fitting(reader, "source", Consultation, "source", v.text(reader, "source")),
        "sources_extra": v.texts(reader, "sources_extra"),
    }


# --- state ------------------------------------------------------------------------------------------


def _set_state(consultation: Consultation, stage_words: list[str], at: datetime, *, is_new: bool) -> None:
    """The state that was found, as one transition; what people have moved since is left alone."""
    found = found_state(consultation, stage_words, local_day(at))
    if consultation.state == found or not (is_new or _is_untouched(consultation)):
        return
    source = "" if is_new else consultation.state
    consultation.state, consultation.state_since = found, at
    consultation.save(update_fields=["state", "state_since"])
    Transition.objects.create(
        subject_kind=Consultation._meta.label_lower,
        subject_id=consultation.pk,
        source=source,
        target=found,
        at=at,
        by=None,
        reason=_("import"),
    )


def _is_untouched(consultation: Consultation) -> bool:
    return not consultation.transitions.exclude(reason=_("import")).exists()


def found_state(consultation: Consultation, stage_words: list[str], today: date) -> State:
    """The state that words and dates tell; the past without a report is simply archival."""
    c = consultation
    said = [v.STATES[word.lower()] for word in stage_words if word.lower() in v.STATES]
    if State.CANCELLED in said:
        return State.CANCELLED
    if c.outcome:
        return State.OUTCOME_PUBLISHED
    if State.REPORT_PUBLISHED in said or c.report_published_on or c.report_about:
        return State.REPORT_PUBLISHED
    last = c.ends_on or c.starts_on
    if last is not None and last >= today:
        return _state_ahead(c, today, is_announced=State.PLANNED not in said)
    about = c.ends_about or c.starts_about
    if last is None and about >= f"{today:%Y-%m}"[: len(about)] and about:
        return State.PLANNED
    return State.PLANNED if last is None and State.PLANNED in said else State.ARCHIVED


def _state_ahead(c: Consultation, today: date, *, is_announced: bool) -> State:
    if c.starts_on is not None and c.starts_on <= today:
        return State.OPEN
    return State.ANNOUNCED if is_announced and c.ends_on else State.PLANNED


# --- parts ------------------------------------------------------------------------------------------


def _parts(consultation: Consultation) -> list[Any]:
    """The lower rows as plain values, for seeing whether a second import changed them."""
    names = [
        field.attname for field in ConsultationForm._meta.concrete_fields if field.name not in ("id", "stage")
    ]
    forms = consultation.forms.prefetch_related("dates")
    return [
        sorted(consultation.co_units.values_list("pk", flat=True)),
        sorted(consultation.districts.values_list("pk", flat=True)),
        list(consultation.stages.values_list("position", "kind", "label")),
        list(consultation.extensions.values_list("old_ends_on", "new_ends_on", "text", "reason")),
        [
            ([getattr(form, name) for name in names], [date.line for date in form.dates.all()])
            for form in forms
        ],
    ]


def _read_stages(consultation: Consultation, words: list[str]) -> None:
    """A stage for every word that is not merely a state."""
    wanted = [word for word in words if word.lower() not in v.STATES]
    rows = [
        (number, v.STAGES.get(word.lower(), ""), "" if word.lower() in v.STAGES else word[:200])
        for number, word in enumerate(wanted, 1)
    ]
    if list(consultation.stages.values_list("position", "kind", "label")) != rows:
        consultation.stages.all().delete()
        for position, kind, label in rows:
            ConsultationStage.objects.create(
                consultation=consultation, position=position, kind=kind, label=label
            )


def _read_extensions(consultation: Consultation, reader: FactReader) -> None:
    rows = [_extension(item) for item in reader.parts("extended")]
    present = list(consultation.extensions.values_list("old_ends_on", "new_ends_on", "text", "reason"))
    if present != rows:
        consultation.extensions.all().delete()
        for position, (old, new, wording, reason) in enumerate(rows, start=1):
            Extension.objects.create(
                consultation=consultation,
                position=position,
                old_ends_on=old,
                new_ends_on=new,
                text=wording,
                reason=reason,
            )


def _extension(item: FactReader | str) -> tuple[date | None, date | None, str, str]:
    """(old end, new end, wording, reason) of an object or of a bare text."""
    if isinstance(item, str):
        found = v.read_when(item)
        return (
            (None, found.day, "", "")
            if found and found.day and not found.hour
            else (None, None, item[:300], "")
        )
    old, new = _first_day(item, OLD_END), _first_day(item, NEW_END)
    reason = next((v.text(item, key) for key in REASON if key in item.record), "")
    wording = "" if new else v.plain({k: x for k, x in item.record.items() if k not in REASON})[:300]
    return old, new, wording, reason


def _first_day(item: FactReader, keys: tuple[str, ...]) -> date | None:
    key = next((key for key in keys if item.record.get(key) is not None), None)
    return v.when(item, key).day if key else None


def _read_forms(consultation: Consultation, reader: FactReader) -> None:
    """Forms in the order of the source; rows are kept when nothing changed, so that anchors stay."""
    rows = [_form(item) for item in reader.parts("forms")]
    kept = list(consultation.forms.all())
    for number, (fields, lines) in enumerate(rows, start=1):
        form = kept[number - 1] if number <= len(kept) else ConsultationForm(consultation=consultation)
        for name, value in {**fields, "position": number}.items():
            setattr(form, name, value)
        form.save()
        year = consultation.starts_on.year if consultation.starts_on else None
        set_dates(form, [read_line(line, year=year) if isinstance(line, str) else line for line in lines])
    for form in kept[len(rows) :]:
        form.delete()


def _form(item: FactReader | str) -> tuple[dict[str, Any], list[str | DateLine]]:
    """(columns, dates) of one form."""
    if isinstance(item, str):
        return {"kind": v.form_kind(item), "label": item[:1000]}, []
    name = v.text(item, "form") or "forma bez nazwy"
    texts = {
        "label": name,
        "place": v.text(item, "place"),
        "phone": v.text(item, "phone"),
        "note": v.text(item, "note"),
    }
    fields = {
        key: v.fitting(item, "form" if key == "label" else key, ConsultationForm, key, value)
        for key, value in texts.items()
    }
    return {**fields, "kind": v.form_kind(name), "channels": v.texts(item, "channels")}, _dates(item)


def _dates(item: FactReader) -> list[str | DateLine]:
    """The dates of a form: a list of texts, ``at`` with ``to``, or an end."""
    lines: list[str | DateLine] = [line[:300] for line in v.texts(item, "dates")]
    at, to, ends = v.text(item, "at"), v.text(item, "to"), v.text(item, "ends")
    if at:
        lines.insert(0, f"{at.replace('T', ' ')}{f'-{to}' if to else ''}"[:300])
    elif to:
        item.cannot("to", "godzina końca bez początku")
    if ends:
        lines.append(f"do {ends}"[:300])
    return lines
