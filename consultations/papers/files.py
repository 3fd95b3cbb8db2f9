"""Files of a report: made once for what it says, long ones by the worker."""

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from celery import signature
from django.core.cache import cache
from django.utils.translation import override
from kombu.exceptions import KombuError, OperationalError
from redis.exceptions import RedisError

from core.common import formats
from core.common.exports import Column, csv_lines
from core.documents.pdf import render_pdf

from ..models import Consultation, ConsultationStage, Remark
from ..queries.report import reported_remarks, stage_remarks
from .docx import report_docx
from .report import Section, paper_of, stage_paper_of, table_of
from .xlsx import report_xlsx

logger = logging.getLogger(__name__)

FILE_KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
REVISION = 1
KEPT_SECONDS = 7 * 24 * 3600
# A longer table is set by the worker; the reader comes back in a minute.
WORKER_FROM = 200
SLOW_KINDS = frozenset({"pdf", "docx"})
ORDERED_SECONDS = 120
TASK = "consultations.tasks.make_report_file"
WORKER_SECONDS = 120


class ReportWaits(Exception):
    """The file is being made by the worker."""


def file_of(
    consultation: Consultation, kind: str, *, stage: ConsultationStage | None = None, is_worker: bool = False
) -> bytes:
    """The report, or that of one stage, in one form, in Polish. Raises ReportWaits, PdfFailed."""
    with override("pl"):
        content = _stage_content(stage) if stage else _content(consultation)
    key = f"report-file:{kind}:{_digest(content)}"
    made = cache.get(key)
    if made is None:
        is_slow = kind in SLOW_KINDS and len(content["rows"]) > WORKER_FROM
        if is_slow and not is_worker:
            _order([consultation.pk, kind, *([stage.pk] if stage else [])], key)
            raise ReportWaits
        made = make_file(kind, content, seconds=WORKER_SECONDS if is_worker else 30)
        cache.set(key, made, KEPT_SECONDS)
    return made


def _content(c: Consultation) -> dict[str, Any]:
    stages = list(c.stages.all())
    c.stage_total = len(stages)
    sections = paper_of(c, c.forms.prefetch_related("dates"), stages)
    is_draft = not c.is_report_public
    title = f"{'SZKIC. ' if is_draft else ''}Raport z konsultacji: {c.title}"
    return _paper(c, title, c.report_published_on, sections, reported_remarks(c), is_draft=is_draft)


def _stage_content(stage: ConsultationStage) -> dict[str, Any]:
    c, remarks = stage.consultation, list(stage_remarks(stage))
    title = f"Raport z etapu „{stage.name}”: {c.title}"
    sections = stage_paper_of(stage, stage.forms.prefetch_related("dates"), len(remarks))
    return _paper(c, title, stage.report_published_on, sections, remarks)


def _paper(
    c: Consultation,
    title: str,
    published_on: date | None,
    sections: list[Section],
    remarks: Iterable[Remark],
    *,
    is_draft: bool = False,
) -> dict[str, Any]:
    head, rows = table_of(c, remarks, is_draft=is_draft)
    return {
        "title": title,
        "heading": ", ".join(filter(None, [c.unit_name, formats.day(published_on)])),
        "author": c.unit_name,
        "sections": sections,
        "caption": "Uwagi i stanowiska",
        "head": head,
        "rows": rows,
    }


def _digest(content: dict[str, Any]) -> str:
    said = {**content, "sections": [asdict(section) for section in content["sections"]]}
    return hashlib.sha256(json.dumps([REVISION, said], sort_keys=True, default=str).encode()).hexdigest()


def _order(args: list[Any], key: str) -> None:
    """One order at a time for one file; when the queue is away, the next visit tries again."""
    if not cache.add(f"{key}:ordered", 1, ORDERED_SECONDS):
        return
    try:
        signature(TASK, args=args).apply_async(retry=False, ignore_result=True)
    except (OperationalError, KombuError, RedisError, OSError):
        cache.delete(f"{key}:ordered")
        logger.warning("broker unavailable, the report is ordered at the next visit")


def make_file(kind: str, content: dict[str, Any], *, seconds: float = 30) -> bytes:
    title, sections, rows = content["title"], content["sections"], content["rows"]
    if kind == "pdf":
        data = {
            "heading": content["heading"],
            "sections": [_printed(section) for section in sections],
            "caption": content["caption"],
            "head": content["head"],
            "rows": rows,
        }
        return render_pdf(
            "consultations/report.typ", data, title=title, author=content["author"], seconds=seconds
        )
    if kind == "docx":
        return report_docx(title, content["heading"], sections, content["caption"], content["head"], rows)
    if kind == "xlsx":
        return report_xlsx(sections, content["caption"], content["head"], rows)
    return _csv(content["head"], rows)


def _printed(section: Section) -> dict[str, Any]:
    blocks = [{**asdict(block), "html": ""} for block in section.blocks]
    return {"title": section.title, "blocks": blocks}


def _csv(head: list[str], rows: list[list[str]]) -> bytes:
    columns = [
        Column(str(place), label, lambda row, place=place: row[place]) for place, label in enumerate(head)
    ]
    return "".join(csv_lines(rows, columns)).encode()
