"""Typing a notice into the desk as a clerk does, and reading it where everybody does."""

from typing import Any

from competitions.models import Call
from core.common.clock import local

CALLS = "/admin/competitions/call/"
LINES = ("target_groups", "attachments_required", "legal_bases", "checklist")


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u2060", "")


def is_sent(value) -> bool:
    return value is not None and value is not False


def as_sent(name: str, value):
    """A value of a form field as a browser writes it."""
    if name in LINES:
        return "\n".join(value or [])
    if isinstance(value, list):
        return [getattr(part, "pk", part) for part in value]
    return f"{local(value):%Y-%m-%dT%H:%M}" if hasattr(value, "hour") else value


def posted(page, **changes) -> dict:
    """The form of a desk page as a browser sends it, with some values changed."""
    form = page.context["adminform"].form
    inlines = [inline.formset for inline in page.context["inline_admin_formsets"]]
    parts = [form, *(part for formset in inlines for part in [formset.management_form, *formset.forms])]
    sent = {
        part.add_prefix(name): as_sent(name, part[name].value())
        for part in parts
        for name in part.fields
        if is_sent(part[name].value())
    }
    return {**sent, **changes}


def row_fields(rows: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """New rows by kind, as the empty rows of the page take them."""
    return {
        f"{name}-{number}-{column}": value
        for name, values in rows.items()
        for number, row in enumerate(values)
        for column, value in row.items()
    }


def type_in(desk, call: Call, step: str, rows: dict[str, list[dict]] | None = None, **fields: Any):
    """Fills a step of the form (»calosc«: all of it) of a draft and saves; the new rows follow those there."""
    address = f"{CALLS}{call.pk}/change/?krok={step}&wiersze=1"
    page = desk.get(address)
    rows = rows or {}
    totals = {f"{name}-TOTAL_FORMS": str(max(3, len(values))) for name, values in rows.items()}
    saved = desk.post(address, posted(page, **{**fields, **row_fields(rows), **totals, "_save": "1"}))
    if saved.status_code != 302:
        form = saved.context["adminform"].form
        found = [inline.formset.errors for inline in saved.context["inline_admin_formsets"]]
        raise AssertionError((form.errors, found))
    call.refresh_from_db()
    return saved


def seen(client, call: Call) -> str:
    """What everybody reads of a call: its page and its notice."""
    page, notice = client.get(call.get_absolute_url()), client.get(f"{call.get_absolute_url()}ogloszenie/")
    assert (page.status_code, notice.status_code) == (200, 200)
    return " ".join((text(page) + text(notice)).split())
