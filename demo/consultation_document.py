"""Documents of the invented consultations: read from a file, corrected while they are open, changed after remarks."""

import io
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from consultations import actions
from consultations.document.files import read_document
from consultations.document.points import points_of
from consultations.enums import StageKind, VersionPurpose
from consultations.models import Consultation, ConsultationStage

STANDARD_CHAPTERS = (
    ("Rozdział I. Zasady ogólne", (
        "§ 1. Standard obowiązuje wszystkie wydziały i jednostki, które współpracują z organizacjami.",
        "§ 2. Każdy wydział ma opiekuna organizacji, który:",
        "- odpowiada na pytania w ciągu 5 dni roboczych,",
        "- prowadzi organizację od ogłoszenia konkursu do rozliczenia zadania.",
    )),
    ("Rozdział II. Terminy", (
        "§ 3. 1. Konkurs ogłaszamy co najmniej 21 dni przed końcem przyjmowania ofert.",
        "2. Wyniki ogłaszamy najpóźniej 45 dni po tym dniu.",
        "§ 4. Umowę przygotowujemy w ciągu 14 dni od ogłoszenia wyników.",
    )),
)  # fmt: skip
DEADLINES = (("Czynność", "Najpóźniej"), ("odpowiedź na pytanie", "5 dni roboczych"), ("umowa", "14 dni"))


def standard_file() -> SimpleUploadedFile:
    """The standard as an official would write it in Word."""
    document = Document()
    document.add_heading("Standard współpracy wydziałów z organizacjami", 0)
    for title, lines in STANDARD_CHAPTERS:
        document.add_heading(title, 1)
        for line in lines:
            style = "List Bullet" if line.startswith("- ") else None
            document.add_paragraph(line.removeprefix("- "), style=style)
    table = document.add_table(rows=0, cols=2)
    for row in DEADLINES:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = row
    content = io.BytesIO()
    document.save(content)
    return SimpleUploadedFile("standard-wspolpracy.docx", content.getvalue())


def read_from_file(made: Consultation, *, by: Any, at: datetime) -> None:
    """The document comes from Word, looked through and kept."""
    read = read_document(standard_file())
    version = actions.preview_version(
        made, points=read.points, title=read.title, imported_from=read.name, by=by, at=at
    )
    actions.keep_version(version, by=by, at=at)


def in_two_stages(made: Consultation) -> None:
    """Asked about the needs first, about the draft in the second half."""
    half = made.starts_on + timedelta(days=(made.ends_on - made.starts_on).days // 2)
    made.stages.update(kind=StageKind.DIAGNOSIS, starts_on=made.starts_on, ends_on=half)
    ConsultationStage.objects.create(
        consultation=made,
        position=2,
        kind=StageKind.DRAFT,
        starts_on=half + timedelta(days=1),
        ends_on=made.ends_on,
    )


def next_version(
    made: Consultation,
    changes: dict[str, str],
    reason: str,
    purpose: VersionPurpose,
    *,
    by: Any,
    at: datetime,
) -> None:
    """The same document with some points in other words; an empty text takes the point out."""
    points = [
        (point.number, point.is_heading, changes.get(point.number, point.text))
        for point in points_of(made.points.all())
    ]
    version = actions.preview_version(
        made, points=[point for point in points if point[2]], purpose=purpose, by=by, at=at
    )
    actions.keep_version(version, by=by, at=at, reason=reason)
