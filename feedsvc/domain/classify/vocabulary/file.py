"""A vocabulary file as it was read, and the error that names what is wrong in one."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass


class VocabularyError(ValueError):
    """A vocabulary file cannot be used; says which file, which entry and why."""

    def __init__(self, name: str, entry: str, reason: str) -> None:
        """Name the file, the entry in it (may be empty) and the reason."""
        super().__init__(f"{name}: {entry}: {reason}" if entry else f"{name}: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyFile:
    """A vocabulary file: its path below the taxonomy folder (`countries/asia.toml`), its text.

    `overlay`: it is the operator's own, laid over the files of the package.
    """

    name: str
    text: str
    overlay: bool = False

    @property
    def folder(self) -> str:
        """The part of the taxonomy that it belongs to: `countries`, `topics`, or empty."""
        folder, slash, _ = self.name.partition("/")
        return folder if slash else ""

    def tables(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """The top-level tables of a TOML file with their names.

        Raises:
            VocabularyError: It is not TOML, or something else than a table stands at its top.
        """
        try:
            document = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise VocabularyError(self.name, "", f"not TOML: {error}") from error
        for entry, table in document.items():
            if not isinstance(table, dict):
                raise VocabularyError(self.name, entry, f"expected a table, [{entry}]")
            yield entry, table


def lines_of(block: str) -> list[str]:
    """The lines of a block that say something: stripped, without empty ones and `#` comments."""
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
    """See that an entry has no fields but these, and all that it needs.

    Raises:
        VocabularyError: It has another, or lacks one.
    """
    for field in table:
        if field not in known:
            expected = ", ".join(sorted(known))
            raise VocabularyError(
                file.name, entry, f"unknown field {field!r}, expected one of {expected}"
            )
    for field in needed:
        if field not in table:
            raise VocabularyError(file.name, entry, f"{field} are missing")


def text_of(file: VocabularyFile, entry: str, table: Mapping[str, object], field: str) -> str:
    """A field of a table that has to be text; an absent one is empty.

    Raises:
        VocabularyError: It is something else.
    """
    value = table.get(field, "")
    if not isinstance(value, str):
        raise VocabularyError(file.name, entry, f"{field}: expected text")
    return value
