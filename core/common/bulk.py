"""Many rows with one statement whose text does not grow with them: COPY, or columns as arrays.

Constraints and triggers hold as for any INSERT and UPDATE, and a field that prepares its value on saving does so here
too; ``save`` and validators of models are not called. Django's own ``bulk_create`` builds and binds a
placeholder for every cell, which for thousands of wide rows costs several times more than the writing itself.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models

# Their values go to the driver as they stand; the others are asked for what the database takes.
PLAIN = (
    models.CharField,
    models.TextField,
    models.BooleanField,
    models.IntegerField,
    models.DateField,
)


def insert_rows(rows: Sequence[models.Model], *, gives_keys: bool = True) -> None:
    """Writes new rows with all their columns by COPY. Without ``gives_keys`` the rows do not learn their keys."""
    if not rows:
        return
    model = type(rows[0])
    names = tuple(field.name for field in model._meta.concrete_fields if not field.generated)
    if gives_keys:
        for row, key in zip(rows, _new_keys(model, len(rows)), strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias
    else:
        names = tuple(name for name in names if name != model._meta.pk.name)
    _copy_in(model, names, map(_reader(model, names, is_new=True), rows))


def insert_values(model: type[models.Model], names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """The same for plain values that nobody needs as objects; what is not named the database has to fill in itself."""
    _copy_in(model, names, values)


def update_rows(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Writes the named fields of rows that exist, one statement for all; array columns cannot go."""
    if not rows:
        return
    model = type(rows[0])
    key = model._meta.pk.name
    source, params = _as_table(rows, [key, *names], is_new=False)
    columns = [_column(model, name) for name in names]
    values = ", ".join(f"{column} = given.{column}" for column in columns)
    table, key_column = _quoted(model._meta.db_table), _column(model, key)
    same = f"{table}.{key_column} = given.{key_column}"
    _execute(f"UPDATE {table} SET {values} FROM {source} WHERE {same}", params)  # noqa: S608 - names of columns


def upsert_rows(
    rows: Sequence[models.Model], names: Sequence[str], *, unique: Sequence[str], update: Sequence[str]
) -> None:
    """Inserts rows by the named fields; of one that has the same ``unique`` fields those of ``update`` are written.

    Array columns cannot go.
    """
    if not rows:
        return
    model = type(rows[0])
    source, params = _as_table(rows, names, is_new=True)
    columns = ", ".join(_column(model, name) for name in names)
    same = ", ".join(_column(model, name) for name in unique)
    changed = ", ".join(f"{_column(model, name)} = EXCLUDED.{_column(model, name)}" for name in update)
    action = f"UPDATE SET {changed}" if changed else "NOTHING"
    table = _quoted(model._meta.db_table)
    written = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {source}"  # noqa: S608 - names of columns
    _execute(f"{written} ON CONFLICT ({same}) DO {action}", params)


# --- columns and values -------------------------------------------------------------------------------


def _new_keys(model: type[models.Model], count: int) -> list[int]:
    """Keys from the sequence of the table; nobody else gets them."""
    table, key = _quoted(model._meta.db_table), model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, key, count]
        )
        return [key for (key,) in cursor.fetchall()]


def _copy_in(model: type[models.Model], names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    columns = ", ".join(_column(model, name) for name in names)
    statement = f"COPY {_quoted(model._meta.db_table)} ({columns}) FROM STDIN"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in values:
            copy.write_row(row)


@cache
def _reader(
    model: type[models.Model], names: tuple[str, ...], *, is_new: bool
) -> Callable[[models.Model], list[Any]]:
    """What gives the values of a row as the driver takes them."""
    fields = [model._meta.get_field(name) for name in names]
    columns = [field.attname for field in fields]
    # one name more, because of a single one attrgetter gives no tuple
    get = attrgetter(*columns, columns[0])
    special = [(place, field) for place, field in enumerate(fields) if not _is_plain(field)]

    def read(row: models.Model) -> list[Any]:
        values = list(get(row)[:-1])
        for place, field in special:
            values[place] = field.get_db_prep_save(field.pre_save(row, is_new), connection)
        return values

    return read


def _is_plain(field: models.Field) -> bool:
    """Whether the driver takes the value just as the row has it."""
    if isinstance(field, models.DateField):
        return not (field.auto_now or field.auto_now_add)
    return isinstance(field, (*PLAIN, models.ForeignKey)) and type(field).pre_save is models.Field.pre_save


def _as_table(
    rows: Sequence[models.Model], names: Sequence[str], *, is_new: bool
) -> tuple[str, list[list[Any]]]:
    """``unnest(…) AS given (…)``: the named fields of the rows, one array for each."""
    model = type(rows[0])
    fields = [model._meta.get_field(name) for name in names]
    read = _reader(model, tuple(names), is_new=is_new)
    arrays = ", ".join(f"%s::{_type_of(field)}[]" for field in fields)
    columns = ", ".join(_quoted(field.column) for field in fields)
    return f"unnest({arrays}) AS given ({columns})", [
        list(column) for column in zip(*map(read, rows), strict=True)
    ]


def _type_of(field: models.Field) -> str:
    """The type without its length: a cast to ``varchar(9)`` would cut what is longer, the column refuses it."""
    full = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    return full.partition("(")[0]


def _column(model: type[models.Model], name: str) -> str:
    return _quoted(model._meta.get_field(name).column)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _execute(sql: str, params: list[list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
