"""A vocabulary file as text, and the error that says what is wrong with one."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass


class VocabularyError(ValueError):
    """A vocabulary file that cannot be used; the message names file, entry and reason."""

    def __init__(self, name: str, entry: str, reason: str) -> None:
        """Take the file's name, the entry in it (may be empty) and the reason."""
        super().__init__(f"{name}: {entry}: {reason}" if entry else f"{name}: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyFile:
    """A vocabulary file: its path below the taxonomy folder (`countries/asia.toml`) and its text.

    `overlay`: it belongs to the operator and is laid over the package's files.
    """

    name: str
    text: str
    overlay: bool = False

    @property
    def folder(self) -> str:
        """The first folder of its path: `countries`, `topics`, `generated`, or empty."""
        folder, slash, _ = self.name.partition("/")
        return folder if slash else ""

    def tables(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """The top-level tables of a TOML file with their names.

        Raises:
            VocabularyError: It is not TOML, or something at its top level is not a table.
        """
        try:
            document = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise VocabularyError(self.name, "", f"not TOML: {error}") from error
        for entry, table in document.items():
            if not isinstance(table, dict):
                raise VocabularyError(self.name, entry, f"not a table; begin it with [{entry}]")
            yield entry, table


def lines_of(block: str) -> list[str]:
    """The lines of a block, stripped, without empty ones and `#` comments."""
    stripped = [line.strip() for line in block.splitlines()]
    return [line for line in stripped if line and line[0] != "#"]


def check_fields(
    file: VocabularyFile,
    entry: str,
    table: Mapping[str, object],
    known: Collection[str],
    *,
    needed: Iterable[str] = (),
) -> None:
    """Check that an entry has only known fields, and all that it needs.

    Raises:
        VocabularyError: A field is unknown or missing.
    """
    for field in table:
        if field not in known:
            expected = ", ".join(sorted(known))
            raise VocabularyError(
                file.name, entry, f"unknown field {field!r}; use one of {expected}"
            )
    for field in needed:
        if field not in table:
            raise VocabularyError(file.name, entry, f"the field {field!r} is missing")


def text_of(file: VocabularyFile, entry: str, table: Mapping[str, object], field: str) -> str:
    """A field that has to be text; if it is absent, an empty text.

    Raises:
        VocabularyError: It is not text.
    """
    value = table.get(field, "")
    if not isinstance(value, str):
        raise VocabularyError(file.name, entry, f"{field} is not text")
    return value
