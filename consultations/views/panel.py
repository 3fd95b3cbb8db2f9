"""The panel of key facts of one consultation."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core.common import formats

from ..models import Consultation

LANGUAGE_NAMES = {
    "pl": _lazy("polski"),
    "en": _lazy("angielski"),
    "uk": _lazy("ukraiński"),
    "be": _lazy("białoruski"),
}


@dataclass(frozen=True)
class LinkedFact:
    """A value of the facts panel that leads further."""

    text: str
    url: str


def key_facts(c: Consultation, stages: list) -> list[tuple[str, Any]]:
    """The rows of the facts panel; empty ones fall out."""
    entry = [
        (_("Z kim"), ", ".join(c.regime_labels) or c.audience_label),
        (_("Czego dotyczą"), c.kind_name),
        (_("Etap"), stages[0].name if len(stages) == 1 else ""),
        (_("Prowadzi"), c.unit_name),
    ]
    return [*entry, *notice_facts(c, stages)] if c.is_public else entry


def notice_facts(c: Consultation, stages: list) -> list[tuple[str, Any]]:
    places = [_("całe miasto")] if c.is_citywide else []
    return [
        (_("Do kogo"), c.addressees),
        (_("Obszar"), ", ".join(filter(None, [*places, *c.district_names, c.territory_label]))),
        (_("Branże"), ", ".join(c.branch_names)),
        (_("Współpracują"), ", ".join(c.co_unit_names)),
        (_("Podstawa prawna"), "; ".join(c.legal_bases)),
        (_("Języki"), ", ".join(str(LANGUAGE_NAMES.get(code, code)) for code in c.languages)),
        (_("Uczestnicy"), participants(c)),
        (_("Uwagi"), comments(c)),
        (_("Wynik wiąże miasto"), binding(c)),
        (_("Etap w źródle"), stage_in_source(c, stages)),
    ]


def comments(c: Consultation) -> str | LinkedFact:
    """How many remarks an old source tells of; when they are the table of a meeting, the way to it."""
    said = c.comments_label or ("" if c.comments_count is None else formats.number(c.comments_count))
    if said and c.demand_meeting_slug:
        return LinkedFact(said, reverse("consultations:demand_meeting", args=[c.demand_meeting_slug]))
    return said


def stage_in_source(c: Consultation, stages: list) -> str:
    """The words of the source that are not the names of the stages shown already."""
    shown = {stage.name.casefold() for stage in stages}
    return "; ".join(word for word in c.status_label.split("; ") if word.casefold() not in shown)


def binding(c: Consultation) -> str:
    if not c.is_outcome_public or c.is_result_binding is None:
        return ""
    return _("tak") if c.is_result_binding else _("nie")


def participants(c: Consultation) -> str:
    if c.participants_label or c.participants_count is None:
        return c.participants_label
    about = _("około ") if c.is_participants_count_approximate else ""
    return about + formats.number(c.participants_count)
