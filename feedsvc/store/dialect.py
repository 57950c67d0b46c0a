"""What databases say differently: membership in a long list, and whether anything was written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Executable, func, select, text

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
    connection: Connection, statement: Executable, rows: Iterable[dict[str, Any]]
) -> None:
    """Execute a statement for every row; none if there are no rows."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, ROWS)):
        connection.execute(statement, chunk)


def split(values: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """The values in lists of a limited length."""
    waiting = iter(values)
    while chunk := list(islice(waiting, size)):
        yield chunk
