"""How consultations read in lists."""

from collections.abc import Iterator

from django import template
from django.utils.translation import gettext_lazy as _

from consultations.actions.schedule import term_of as _term_of
from consultations.models import Consultation, FormDate
from consultations.models.date_lines import in_words
from consultations.views.detail import state_tag
from consultations.views.schedule import report_note as _report_note
from core.common import formats
from core.common.clock import today
from core.legal.parameters import days

register = template.Library()

PERIODS = {
    "consultation_data": _("rok|lata|lat"),
    "meeting_data": _("dzień|dni|dni"),
    "request_support_confirmation": _("dzień|dni|dni"),
    "request_support_retention_months": _("miesiąc|miesiące|miesięcy"),
}


@register.simple_tag
def state_of(consultation: Consultation) -> tuple[str, str]:
    """(look, words) for the tag of the state by the clock."""
    return state_tag(consultation)


@register.simple_tag
def term_of(consultation: Consultation) -> str:
    """»1–26 czerwca 2026«, »marzec 2027«."""
    return _term_of(consultation)


@register.simple_tag
def report_note(consultation: Consultation) -> str:
    """When the report came out, is due, or by how much it is late; empty before the end."""
    return _report_note(consultation) if consultation.is_ended else ""


@register.simple_tag
def period(code: str) -> str:
    """How long data are kept or a link works today, as the city has set it: »2 lata«, »30 dni«."""
    return formats.counted(days(code, on=today()), PERIODS[code])


@register.simple_tag
def date_line(date: FormDate) -> str:
    """»środa 17 czerwca 2026, 17:00–19:00«."""
    return in_words(date.line)


@register.filter
def labelled(row: list[str], head: list[str]) -> Iterator[tuple[str, str]]:
    """The cells of a row, each with the word above its column."""
    return zip(head, row, strict=True)
