"""A file of the city becomes a preview: each row matched, compared and judged, nothing in the base changed."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, cast

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from core.common.sanitize import strip_controls
from core.documents.checks.refusal import Refused
from core.legal import audit
from core.legal.workflow import MoveRefused

from .. import law
from ..enums import BulkState, LegalForm, RowKind, State
from ..models import BulkRow, BulkUpdate, Organization
from ..models.organization import folded
from ..permissions import is_registrar
from .bulk_files import MOST_ROWS, Cell, Line, check_file, lines_of
from .bulk_values import FIELDS, BadCell, read_value, recognised

CHUNK = 500
HEADER_WITHIN = 15
Reading = tuple[BulkRow, dict[str, Any]]


@transaction.atomic
def upload_bulk_update(file, *, source: str, by, at: datetime) -> BulkUpdate:
    """Keeps a file of the city and proposes what its columns mean. Raises Refused or MoveRefused."""
    if not is_registrar(by):
        raise MoveRefused("is_registrar")
    name = strip_controls(file.name or "")[-200:]
    check_file(name, file.read())
    number, names = _header(
        islice(lines_of(name, file.file if hasattr(file, "file") else file), HEADER_WITHIN)
    )
    mapping = _proposed(names)
    file.seek(0)
    update = BulkUpdate(
        original_name=name,
        header_row=number,
        columns=names,
        mapping=mapping,
        source=source[:300],
        uploaded_by=by,
        uploaded_at=at,
    )
    update.file.save(name, file, save=True)
    audit.record(update, _("Wczytanie pliku aktualizacji"), by=by, at=at, after={"columns": names})
    return update


def _header(lines: Iterable[Line]) -> tuple[int, list[str]]:
    """The first row that names two columns at least, else the first that is not empty."""
    first: tuple[int, list[str]] | None = None
    for number, cells in lines:
        names = [strip_controls(str(cell.value or ""))[:100] for cell in cells]
        if len({recognised(name) for name in names if name} - {""}) >= 2:
            return number, names
        if first is None and any(names):
            first = number, names
    if first is None:
        raise Refused(_("Plik: nie ma w nim żadnych danych. Pierwszy wiersz powinien mieć nazwy kolumn."))
    return first


def _proposed(names: list[str]) -> dict[str, str]:
    """Column number → field; of two columns that mean the same the first counts."""
    found: dict[str, str] = {}
    for number, name in enumerate(names):
        field = recognised(name)
        if field and field not in found.values():
            found[str(number)] = field
    return found


@transaction.atomic
def map_columns(update: BulkUpdate, mapping: dict[str, str], *, by, at: datetime) -> BulkUpdate:
    """Fixes what the columns mean; a worker then makes the preview. Raises MoveRefused."""
    locked = BulkUpdate.objects.select_for_update().get(pk=update.pk)
    if locked.state not in (BulkState.MAPPING, BulkState.PREVIEW, BulkState.FAILED) or not is_registrar(by):
        raise MoveRefused("is_registrar")
    locked.rows.all().delete()
    locked.mapping, locked.state = mapping, BulkState.READING
    locked.row_count = locked.done_count = 0
    locked.error = ""
    locked.save()
    audit.record(locked, _("Opis kolumn aktualizacji"), by=by, at=at, after={"mapping": mapping})
    return locked


def read_rows(update_id: int) -> int:
    """Makes the preview, chunk by chunk, going on where a broken run ended; gives how many rows were read.

    Safe on several workers at once: a chunk is one transaction on the locked update.
    """
    update = BulkUpdate.objects.filter(pk=update_id, state=BulkState.READING).first()
    if update is None:
        return 0
    done = update.rows.aggregate(last=Max("number"))["last"] or update.header_row
    read = 0
    try:
        with update.file.open("rb") as file:
            lines = (line for line in lines_of(update.original_name, cast(BinaryIO, file)) if line[0] > done)
            while chunk := list(islice(lines, CHUNK)):
                if not _read_chunk(update_id, chunk):
                    return read
                read += len(chunk)
    except (Refused, OSError) as fault:
        message = "; ".join(fault.messages) if isinstance(fault, Refused) else _("Pliku nie ma już na dysku.")
        BulkUpdate.objects.filter(pk=update_id).update(state=BulkState.FAILED, error=message[:500])
        return read
    BulkUpdate.objects.filter(pk=update_id, state=BulkState.READING).update(state=BulkState.PREVIEW)
    return read


@transaction.atomic
def _read_chunk(update_id: int, chunk: list[Line]) -> bool:
    """False when another worker has the update, or somebody has dropped it."""
    rows = BulkUpdate.objects.select_for_update(skip_locked=True)
    update = rows.filter(pk=update_id, state=BulkState.READING).first()
    last = update.rows.aggregate(last=Max("number"))["last"] if update else None
    if update is None or (last is not None and last >= chunk[0][0]):
        return False
    lines = [
        (number, cells)
        for number, cells in chunk
        if any(c.value not in (None, "") or c.problem for c in cells)
    ]
    places: dict[Any, Any] = {}
    readings = [_read_line(update, number, cells, places) for number, cells in lines]
    match_rows(readings)
    BulkRow.objects.bulk_create([row for row, _values in readings], batch_size=CHUNK)
    update.row_count += len(readings)
    if update.row_count > MOST_ROWS:
        raise Refused(_("Plik: ma więcej niż 50 000 wierszy. Podziel go na części."))
    update.save(update_fields=["row_count"])
    return True


def _read_line(update: BulkUpdate, number: int, cells: list[Cell], places: dict[Any, Any]) -> Reading:
    """Empty cells mean »no change«, so they are left out; ``places`` remembers districts found for other rows."""
    values, problems = {}, []
    for column, name in update.mapping.items():
        cell = cells[int(column)] if int(column) < len(cells) else None
        if cell is None or (cell.value in (None, "") and not cell.problem):
            continue
        try:
            if cell.problem:
                raise BadCell(cell.problem)
            values[name] = _value(name, cell.value, places)
        except BadCell as bad:
            problems.append(f"{cell.ref} ({FIELDS[name].label}): {bad}")
    row = BulkRow(update=update, number=number, name=str(values.get("name", ""))[:300], kind=RowKind.REFUSED)
    row.values, row.note = values, "\n".join(problems)
    return row, {} if problems else values


def _value(name: str, raw: Any, places: dict[Any, Any]) -> Any:
    """Only districts are looked up in the base: each spelling once for a chunk."""
    if name != "district":
        return read_value(name, raw)
    if raw not in places:
        places[raw] = read_value(name, raw)
    return places[raw]


# --- matching ---------------------------------------------------------------------------------------------


def match_rows(readings: list[Reading]) -> None:
    """Decides for each row which organisation it means and what it would change; two queries for all."""
    known = _known([values for _row, values in readings])
    seen: dict[int, int] = {}
    for row, values in readings:
        if row.note:
            continue
        if not values:
            row.note = _("wiersz bez żadnej rozpoznanej danej")
            continue
        _judge(row, values, _meant(values, known))
        if row.organization_id and row.kind == RowKind.CHANGED:
            if row.organization_id in seen:
                row.kind = RowKind.REFUSED
                row.note = _("ta sama organizacja jest już w wierszu %(row)s") % {
                    "row": seen[row.organization_id]
                }
            else:
                seen[row.organization_id] = row.number


def _known(all_values: list[dict[str, Any]]) -> list[Organization]:
    """Every record that one of the rows may mean."""
    wanted = Q(pk=None)
    for name in ("krs", "nip"):
        numbers = {values[name] for values in all_values if values.get(name)}
        wanted |= Q(**{f"{name}__in": numbers}) if numbers else Q()
    regons = {values["regon"][:9] for values in all_values if values.get("regon")}
    wanted |= Q(regon_9__in=regons) if regons else Q()
    names = {folded(values["name"]) for values in all_values if values.get("name")}
    wanted |= Q(folded_name__in=names) if names else Q()
    numbers = {values["register_number"] for values in all_values if values.get("register_number")}
    wanted |= Q(register_number__in=numbers) if numbers else Q()
    return list(
        Organization.objects.alias(regon_9=Left("regon", 9)).exclude(state=State.MERGED).filter(wanted)
    )


def _meant(values: dict[str, Any], known: list[Organization]) -> list[Organization]:
    """By number; only a row without a known number is matched by name and place."""
    by_number = [o for o in known if _has_number(o, values)]
    if by_number:
        own = [o for o in by_number if o.legal_form != LegalForm.ASSOC_BRANCH]
        return own or by_number
    if not values.get("name"):
        return []
    name, place = folded(values["name"]), str(values.get("locality", "")).casefold()
    alike = [o for o in known if o.folded_name == name and not _contradicts(o, values)]
    return [o for o in alike if not place or not o.locality or o.locality.casefold() == place]


def _has_number(organization: Organization, values: dict[str, Any]) -> bool:
    if any(values.get(n) and values[n] == getattr(organization, n) for n in ("krs", "nip")):
        return True
    if values.get("regon") and organization.regon[:9] == values["regon"][:9]:
        return True
    is_same_register = values.get("register_number") == organization.register_number != ""
    return (
        is_same_register
        and values.get("register_name", organization.register_name) == organization.register_name
    )


def _contradicts(organization: Organization, values: dict[str, Any]) -> bool:
    """A like name with another register number is another organisation."""
    return any(
        values.get(n) and getattr(organization, n) and values[n] != getattr(organization, n)
        for n in law.UNIQUE_NUMBERS
    )


def _judge(row: BulkRow, values: dict[str, Any], meant: list[Organization]) -> None:
    if len(meant) > 1:
        row.kind = RowKind.AMBIGUOUS
        row.note = _("pasuje do: %(names)s") % {
            "names": "; ".join(f"{o} ({o.krs or o.locality or o.slug})" for o in meant[:5])
        }
    elif not meant:
        missing = [str(FIELDS[name].label) for name in ("name", "legal_form") if not values.get(name)]
        row.kind = RowKind.REFUSED if missing else RowKind.NEW
        row.after = values
        if missing:
            row.note = _("nie ma takiej organizacji, a do nowej brakuje: %(what)s") % {
                "what": ", ".join(missing)
            }
    else:
        _compare(row, values, meant[0])


def _compare(row: BulkRow, values: dict[str, Any], organization: Organization) -> None:
    row.organization = organization
    row.name = row.name or organization.name
    before = {name: getattr(organization, FIELDS[name].attribute) for name in values}
    differing = [name for name, value in values.items() if before[name] != value]
    row.before = {name: before[name] for name in differing}
    row.after = {name: values[name] for name in differing}
    if organization.state == State.DISSOLVED:
        row.kind, row.note = RowKind.REFUSED, _("ta organizacja zakończyła działalność")
    elif not differing:
        row.kind = RowKind.UNCHANGED
    else:
        row.kind = RowKind.CHANGED
        if guarded := guarded_fields(organization, differing):
            labels = ", ".join(str(FIELDS[name].label) for name in guarded)
            row.note = _("wymaga decyzji: %(fields)s") % {"fields": labels}


def guarded_fields(organization: Organization, names: Iterable[str]) -> list[str]:
    """What a file does not change by itself: identity data, and everything that the organisation confirmed."""
    return [name for name in names if organization.confirmed_at is not None or name in law.IDENTITY_FIELDS]
