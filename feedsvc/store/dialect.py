"""What databases say differently: membership in a long list, and whether anything was written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Dialect, UpdateBase, func, select, text
from sqlalchemy.sql.compiler import SQLCompiler

T = TypeVar("T")

# More rows would take much memory as dictionaries, and fewer would cost more statements.
ROWS = 5000


def is_among(column: ColumnElement[Any], values: Iterable[int | str | UUID]) -> ColumnElement[bool]:
    """Whether a column has one of these values, which are one parameter, however many they are."""
    plain = [one.hex if isinstance(one, UUID) else one for one in values]
    listed = func.json_each(json.dumps(plain)).table_valued("value", name="listed")
    return column.in_(select(listed.c.value))


def read_version(connection: Connection) -> tuple[object, ...] | None:
    """What differs after anything was written by anyone; None if that is not known cheaply."""
    if connection.dialect.name != "sqlite":
        return None
    # The first counts what this connection writes, the second what others do.
    query = text("SELECT total_changes(), data_version FROM pragma_data_version")
    return (connection.connection.dbapi_connection, *connection.execute(query).one())


def execute_rows(
    connection: Connection, statement: UpdateBase, rows: Iterable[dict[str, Any]]
) -> None:
    """Execute a statement for every row; none if there are no rows.

    The rows have the same names. They go to the driver as a whole, since SQLAlchemy's own way takes
    longer for each than SQLite does.
    """
    waiting = iter(rows)
    prepare: Callable[[dict[str, Any]], Any] | None = None
    sql = ""
    while chunk := list(islice(waiting, ROWS)):
        if prepare is None:
            compiled = statement.compile(dialect=connection.dialect, column_keys=list(chunk[0]))
            assert isinstance(compiled, SQLCompiler)  # noqa: S101 - the statement is not DDL
            sql, prepare = str(compiled), _preparing(compiled, connection.dialect)
        connection.exec_driver_sql(sql, list(map(prepare, chunk)))


def _preparing(compiled: SQLCompiler, dialect: Dialect) -> Callable[[dict[str, Any]], Any]:
    """A function that turns a row into the parameters that the driver gets."""
    fixed = compiled.params
    order = list(compiled.positiontup or compiled.binds)
    found = [compiled.binds[n].type.dialect_impl(dialect).bind_processor(dialect) for n in order]
    conversions = [(place, convert) for place, convert in enumerate(found) if convert is not None]

    def prepare(row: dict[str, Any]) -> Any:
        values = [row[name] if name in row else fixed[name] for name in order]
        for place, convert in conversions:
            values[place] = convert(values[place])
        return tuple(values) if compiled.positional else dict(zip(order, values, strict=True))

    return prepare


def split(values: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """The values in lists of a limited length."""
    waiting = iter(values)
    while chunk := list(islice(waiting, size)):
        yield chunk
