"""Checks the settings that are tables: the columns of tables, and the selectors of HTML pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields

from feedsvc.domain.near_names import closest
from feedsvc.domain.reading.columns import Column
from feedsvc.domain.reading.item import Selectors
from feedsvc.settings.values import shorten

_COLUMNS = frozenset(column.value for column in Column)
_SELECTORS = tuple(field.name for field in fields(Selectors))
_ENTRY = "entry"


def parse_columns(value: object) -> dict[str, str]:
    """What the columns of tables mean, by their names, from a TOML table or a JSON object.

    Raises:
        ValueError: It is not a table, or a meaning is unknown.
    """
    table = _read_table(value, expected='column = "meaning", such as Hed = "title"')
    for name, meaning in table.items():
        if meaning not in _COLUMNS:
            hint = _suggest(meaning, _COLUMNS)
            raise ValueError(
                f"must say what columns mean: {', '.join(Column)}; "
                f"{shorten(name)} is {shorten(repr(meaning))}{hint}"
            )
    return {name: str(meaning) for name, meaning in table.items()}


def parse_selectors(value: object) -> dict[str, Selectors]:
    """Where HTML pages have their entries, by file or folder, from TOML tables or a JSON object.

    Raises:
        ValueError: It is not a table of tables, or a selector is unknown, missing or not valid CSS.
    """
    expected = "tables of CSS selectors, one for each file or folder"
    table = _read_table(value, expected=expected)
    return {place: _read_selectors(place, one) for place, one in table.items()}


def _read_table(value: object, *, expected: str) -> Mapping[str, object]:
    if isinstance(value, str):
        try:
            value = json.loads(value or "{}")
        except ValueError:
            value = None
    if not isinstance(value, Mapping):
        raise ValueError(f"must be {expected}")  # noqa: TRY004 - pydantic wants a ValueError
    return {str(name): one for name, one in value.items()}


def _read_selectors(place: str, value: object) -> Selectors:
    if isinstance(value, Selectors):
        return value
    table = value if isinstance(value, Mapping) else {}
    problem = next(_find_problems(table), "")
    if problem:
        raise ValueError(f"must be tables of CSS selectors; {shorten(place)}: {problem}")
    return Selectors(**table)


def _find_problems(table: Mapping[object, object]) -> Iterator[str]:
    if _ENTRY not in table:
        yield 'entry = "…" is missing'
    for name, selector in table.items():
        if name not in _SELECTORS:
            hint = _suggest(name, _SELECTORS)
            yield f"{shorten(str(name))} is not one of {', '.join(_SELECTORS)}{hint}"
        elif not isinstance(selector, str) or not _is_css(selector):
            yield f"{name} is not a CSS selector"


def _is_css(selector: str) -> bool:
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError  # noqa: PLC0415 - slow to load

    try:
        LexborHTMLParser("<p>").css(selector)
    except SelectolaxError:
        return False
    return True


def _suggest(name: object, known: tuple[str, ...] | frozenset[str]) -> str:
    near = closest(str(name), known)
    return f"; did you mean {near}?" if near else ""
