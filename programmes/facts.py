"""Reading the JSON form of cooperation programmes."""

from datetime import date, datetime
from typing import Any

from core.city.facts import partial_date, write
from core.common.facts import FactReader, ImportReport, import_records
from core.common.slugs import slug_for

from .actions import publish_in_search
from .enums import ProgrammeKind
from .models import Action, BudgetFigure, Indicator, Plane, PriorityTask, Programme, SpecificGoal


def import_programmes(records: list[dict], *, by: Any, at: datetime) -> ImportReport:
    """Programmes with figures, indicators and, where known, the table of goals and tasks."""
    return import_records(records, lambda reader: _read(reader, at))


def _read(reader: FactReader, at: datetime) -> str:
    title, kind = reader.text("title")[:400], reader.text("kind")
    if not title:
        reader.cannot("title", "program bez tytułu")
        return "skipped"
    values = {
        "title": title,
        "kind": kind if kind in ProgrammeKind.values else ProgrammeKind.UNKNOWN,
        "kind_label": "" if kind in ProgrammeKind.values else kind,
        "resolution": reader.text("resolution"),
        "comments_count": _count(reader, "comments_count"),
        "notes": reader.text("notes"),
        "source": reader.text("source"),
        "sources_extra": reader.texts("sources_extra"),
    }
    dates = ("period_from", "period_to", "adopted_on", "consultation_from", "consultation_to")
    values |= {name: partial_date(reader, name) for name in dates}
    fact_id = reader.text("id") or title[:40]
    known = Programme.objects.filter(fact_id=fact_id).first()
    values["slug"] = known.slug if known else slug_for(Programme, title)
    values["published_at"] = known.published_at if known else at
    programme, outcome = write(Programme, {"fact_id": fact_id}, values)
    before = _table(programme)
    _read_parts(programme, reader)
    if outcome == "unchanged" and _table(programme) != before:
        outcome = "updated"
    publish_in_search(programme)
    return outcome


def _count(reader: FactReader, key: str) -> int | None:
    value = reader.take(key)
    if value is None or (isinstance(value, int) and value >= 0):
        return value
    reader.cannot(key, "nie jest liczbą")
    return None


def _table(programme: Programme) -> list:
    """The lower rows as plain values, for seeing whether a second import changed them."""
    return [
        list(
            programme.budget_figures.order_by("pk").values_list("label", "amount", "is_approximate", "source")
        ),
        list(programme.indicators.order_by("pk").values_list("name", "value", "source")),
        list(programme.planes.values_list("number", "name", "main_goal")),
        list(
            PriorityTask.objects.filter(action__plane__programme=programme).values_list(
                "action__number",
                "action__text",
                "number",
                "text",
                "due_label",
                "due_on",
                "products",
                "responsible",
            )
        ),
    ]


def _read_parts(programme: Programme, reader: FactReader) -> None:
    """Lower rows are written anew: they have no identity of their own in the source."""
    programme.budget_figures.all().delete()
    programme.indicators.all().delete()
    programme.planes.all().delete()
    for figure in reader.children("budget_figures"):
        amount = figure.money("amount")
        if amount is None:
            figure.cannot("amount", "kwota bez wartości")
            continue
        BudgetFigure.objects.create(
            programme=programme,
            label=figure.text("label"),
            amount=amount,
            is_approximate=bool(figure.take("approximate", False)),
            source=figure.text("source"),
        )
    for indicator in reader.children("indicators"):
        Indicator.objects.create(
            programme=programme,
            name=indicator.text("name"),
            value=indicator.text("value"),
            source=indicator.text("source"),
        )
    for position, plane in enumerate(reader.children("structure")):
        _read_plane(programme, plane, position)


def _read_plane(programme: Programme, reader: FactReader, position: int) -> None:
    plane = Plane.objects.create(
        programme=programme,
        number=reader.text("plane_no"),
        name=reader.text("plane"),
        main_goal=reader.text("main_goal"),
        position=position,
    )
    for goal in reader.children("specific_goals"):
        SpecificGoal.objects.create(plane=plane, number=goal.text("no"), text=goal.text("goal"))
    for part in reader.children("actions"):
        action = Action.objects.create(plane=plane, number=part.text("no"), text=part.text("action"))
        for task in part.children("tasks"):
            _read_task(action, task)


def _read_task(action: Action, reader: FactReader) -> None:
    PriorityTask.objects.create(
        action=action,
        number=reader.text("no"),
        text=reader.text("task"),
        sub_points=reader.texts("sub_points"),
        due_label=reader.text("due_label"),
        due_on=_day(reader),
        is_continuous=reader.take("continuous"),
        products=reader.texts("products"),
        responsible=reader.text("responsible_unit"),
    )


def _day(reader: FactReader) -> date | None:
    text = reader.text("due_on")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        reader.cannot("due_on", "nie jest dniem")
        return None
