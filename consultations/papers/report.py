"""What the report says, whatever the form: sections of facts, texts and tables (R-CNS-19)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.common import formats
from core.common.sanitize import text_of
from core.documents.enums import Place, Purpose

from .. import law
from ..enums import Channel, PositionCode, RespondentType
from ..exports import report_table
from ..models import Consultation, ConsultationForm, ConsultationStage, Remark

TEXT, RICH, LIST, FACTS, TABLE = "text", "rich", "list", "facts", "table"


@dataclass(frozen=True)
class Block:
    """A piece of a section; ``html`` is rich text that was sanitised when it was saved."""

    kind: str
    text: str = ""
    html: str = ""
    items: list[Any] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    blocks: list[Block]


def paper_of(c: Consultation, forms: Iterable[ConsultationForm], stages: Iterable[Any]) -> list[Section]:
    """The sections of a report, in the order of R-CNS-19; needs ``queries.report.for_report``.

    What nobody wrote is left out; the table of remarks follows as ``table_of``.
    """
    report = c.report
    found = [
        Section("podstawa", _("Podstawa, przedmiot i czas"), [Block(FACTS, items=_basis(c))]),
        Section("etapy", _("Etapy"), [_stages(list(stages))]),
        Section("formy", _("Formy konsultacji"), [_forms(list(forms))]),
        Section("informacja", _("Jak informowaliśmy"), [*_text(report.campaign), _proofs(c, Purpose.NOTICE)]),
        Section("przebieg", _("Przebieg"), [*_text(report.course), *_officials(report.officials)]),
        Section("udzial", _("Udział w liczbach"), [Block(FACTS, items=_figures(c)), _channels(c)]),
        Section("organizacje", _("Organizacje i ciała dialogu, które wzięły udział"), [_list(c.body_names)]),
        Section("stanowiska", _("Stanowiska"), [_positions(c)]),
        Section("wnioski", _("Wnioski"), _rich(report.conclusions)),
        Section("zmiany", _("Co zmieniliśmy w projekcie"), _rich(report.changes)),
        Section("dalej", _("Co dalej"), _next(report.what_next, c.what_next)),
        Section("wynik", _("Wynik"), _outcome(c)),
        Section("publikacja", _("Gdzie opublikowaliśmy raport"), [_proofs(c, Purpose.REPORT)]),
    ]
    return _kept(found)


def table_of(
    c: Consultation, remarks: Iterable[Remark], *, is_draft: bool = False
) -> tuple[list[str], list[list[str]]]:
    """The five headings of R-CNS-16 and a row for each remark; a draft shows positions before they are public."""
    columns = report_table(c, with_drafts=is_draft)
    return [str(column.label) for column in columns], [
        [str(column.value(remark)) for column in columns] for remark in remarks
    ]


def _kept(found: list[Section]) -> list[Section]:
    """Without what says nothing."""
    said = [Section(one.key, one.title, [block for block in one.blocks if _says(block)]) for one in found]
    return [section for section in said if section.blocks]


def _says(block: Block) -> bool:
    if block.kind == FACTS:
        return any(value for _label, value in block.items)
    return bool(block.text or block.html or block.items or block.rows)


def _text(words: str) -> list[Block]:
    return [Block(TEXT, text=words.strip())]


def _next(written: str, announced: str) -> list[Block]:
    """What the report says of the next steps; else what the notice said, told as its words: it spoke before the end."""
    if written.strip() or not announced.strip():
        return _text(written)
    return [Block(TEXT, text=_("Tak zapowiadało ogłoszenie konsultacji:")), *_text(announced)]


def _rich(html: str) -> list[Block]:
    """Rich text with its words for the forms that have no HTML; points of lists keep their sign."""
    return [Block(RICH, html=html, text=text_of(html.replace("<li>", "<li>• ")))]


def _list(items: Iterable[str]) -> Block:
    return Block(LIST, items=list(items))


def _officials(words: str) -> list[Block]:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return [Block(TEXT, text=_("Ze strony urzędu:")), _list(lines)] if lines else []


def _basis(c: Consultation) -> list[tuple[str, str]]:
    places = [_("całe miasto")] if c.is_citywide else []
    facts = [
        (_("Tytuł"), c.title),
        (_("Numer"), c.number_label),
        (_("Podstawa prawna"), "; ".join(c.legal_bases)),
        (_("Przedmiot"), c.subject),
        (_("Tryb"), ", ".join(c.regime_labels)),
        (_("Do kogo"), c.addressees),
        (_("Obszar"), ", ".join(filter(None, [*places, *c.district_names, c.territory_label]))),
        (_("Prowadzi"), c.unit_name),
        (_("Współpracują"), ", ".join(c.co_unit_names)),
        (_("Kampania informacyjna od"), formats.day(c.campaign_from)),
        (_("Zbieranie uwag"), formats.day_range(c.starts_on, c.ends_on)),
        (_("Raport"), _published(c)),
    ]
    return [(label, value) for label, value in facts if value]


def _published(c: Consultation) -> str:
    """The day of the report and, when it came late, by how much (R-CNS-20); nothing in a draft."""
    if c.report_published_on is None:
        return ""
    due = c.report_due_with(c.stage_total)
    late = law.days_late(due, c.report_published_on, c.report_published_on) if due else 0
    day = formats.day(c.report_published_on)
    return _("%(day)s, opóźniony o %(late)s") % {"day": day, "late": days(late)} if late else day


def days(count: int) -> str:
    return formats.counted(count, _("dzień|dni|dni"))


def _stages(stages: list[Any]) -> Block:
    if len(stages) < 2:
        return Block(TABLE)
    rows = [
        [
            one.name,
            formats.day_range(one.starts_on, one.ends_on) or formats.partial_date(one.term_about),
            one.result,
        ]
        for one in stages
    ]
    return Block(
        TABLE, text=_("Etapy konsultacji"), head=[_("Etap"), _("Termin"), _("Co wynikło")], rows=rows
    )


def _forms(forms: list[ConsultationForm]) -> Block:
    rows = [
        [
            form.name,
            "; ".join(str(row) for row in form.dates.all()),
            form.place or form.online_url,
            "" if form.participants_count is None else formats.number(form.participants_count),
        ]
        for form in forms
    ]
    head = [_("Forma"), _("Terminy"), _("Miejsce"), _("Uczestnicy")]
    return Block(TABLE, text=_("Formy konsultacji z terminami i liczbą uczestników"), head=head, rows=rows)


def _proofs(c: Consultation, purpose: str) -> Block:
    rows = [
        [
            str(Place(row["place"]).label),
            row["location"] or row["url"],
            formats.day(date.fromisoformat(row["published_on"])),
        ]
        for row in c.proof_rows
        if row["purpose"] == purpose
    ]
    return Block(TABLE, text=_("Miejsca publikacji"), head=[_("Miejsce"), _("Gdzie"), _("Kiedy")], rows=rows)


def _figures(c: Consultation) -> list[tuple[str, str]]:
    facts = [
        (_("Zgłoszenia"), c.submission_count),
        (_("Uwagi ze stanowiskiem"), c.to_answer_count),
        (_("Uwagi po terminie, bez stanowiska"), c.late_count or None),
        (_("Uczestnicy spotkań i dyżurów"), c.meeting_people or c.participants_count),
    ]
    return [(label, formats.number(value)) for label, value in facts if value is not None]


def _channels(c: Consultation) -> Block:
    """Submissions by how they came and from whom; kinds that nobody used are left out."""
    counts = {(row["channel"], row["who"]): row["n"] for row in c.channel_rows}
    whos = [who for who in RespondentType.values if any(w == who for _c, w in counts)]
    rows = [
        [str(Channel(channel).label), *(_n(counts.get((channel, who), 0)) for who in whos), _n(total)]
        for channel in Channel.values
        if (total := sum(n for (one, _who), n in counts.items() if one == channel))
    ]
    if rows:
        totals = [sum(n for (_c, who), n in counts.items() if who == one) for one in whos]
        rows.append([_("razem"), *map(_n, totals), _n(sum(totals))])
    head = [_("Sposób złożenia"), *(str(RespondentType(who).label) for who in whos), _("razem")]
    return Block(TABLE, text=_("Zgłoszenia według sposobu złożenia i nadawcy"), head=head, rows=rows)


def _n(value: int) -> str:
    return formats.number(value)


def _positions(c: Consultation) -> Block:
    counts = law.by_position({row["code"]: row["n"] for row in c.position_rows})
    total = sum(counts.values())
    rows = [
        [str(PositionCode(code).label), _n(n), formats.percent(100 * n / total, 0)]
        for code, n in counts.items()
    ]
    head = [_("Stanowisko"), _("Uwagi"), _("Udział")]
    return Block(TABLE, text=_("Ile uwag dostało które stanowisko"), head=head, rows=rows)


def _outcome(c: Consultation) -> list[Block]:
    if not (c.outcome and c.is_outcome_public):
        return []
    facts = [(_("Przyjęty akt"), c.outcome_url), (_("Ogłoszono"), formats.day(c.outcome_published_on))]
    return [Block(TEXT, text=c.outcome), Block(FACTS, items=[pair for pair in facts if pair[1]])]


def stage_paper_of(
    stage: ConsultationStage, forms: Iterable[ConsultationForm], remarks: int
) -> list[Section]:
    """The report of one stage: when it was, how people took part, what came of it."""
    c = stage.consultation
    facts = [
        (_("Konsultacje"), c.title),
        (_("Etap"), stage.name),
        (_("Termin"), formats.day_range(stage.starts_on, stage.ends_on)),
        (_("Prowadzi"), c.unit_name),
        (_("Uwagi ze stanowiskiem"), _n(remarks)),
        (_("Raport"), formats.day(stage.report_published_on)),
    ]
    found = [
        Section("etap", _("Etap"), [Block(FACTS, items=[pair for pair in facts if pair[1]])]),
        Section("formy", _("Formy konsultacji"), [_forms(list(forms))]),
        Section("wyniki-etapu", _("Co wynikło z etapu"), _text(stage.result)),
    ]
    return _kept(found)
