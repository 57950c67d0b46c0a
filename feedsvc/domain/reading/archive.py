"""Looks at office files, which are zip archives, before anything in them is unpacked."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from feedsvc.domain.reading.item import FormatRejection

MAX_UNPACKED = 64 * 1024 * 1024
MAX_MEMBERS = 5_000
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose members are known to be few and small enough."""

    data: bytes
    names: frozenset[str]

    def read(self, name: str) -> bytes:
        """What a member contains; nothing if it is not there or damaged."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return archive.read(name) if name in self.names else b""
        except (
            zipfile.BadZipFile,
            OSError,
            RuntimeError,
            ValueError,
            NotImplementedError,
            EOFError,
        ):
            return b""


def open_archive(data: bytes) -> Archive | FormatRejection:
    """An office file's members, or why it is not unpacked.

    What a member says of its size is checked by unpacking it within that size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            problem = _find_problem(members) or _unpack_all(archive, members)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError):
        return FormatRejection("a damaged office file", "Open it in its program and save it again.")
    if problem:
        return problem
    return Archive(data, frozenset(member.filename for member in members))


def _find_problem(members: list[zipfile.ZipInfo]) -> FormatRejection | None:
    if len(members) > MAX_MEMBERS:
        return FormatRejection(f"an archive of more than {MAX_MEMBERS:,} files")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        return FormatRejection("a file with a password", "Save it without one.")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        return _too_large()
    return None


def _unpack_all(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> FormatRejection | None:
    """Read every member once and keep nothing; a false size ends it."""
    left = MAX_UNPACKED
    for member in members:
        with archive.open(member) as file:
            while block := file.read(1 << 20):
                left -= len(block)
                if left < 0:
                    return _too_large()
    return None


def _too_large() -> FormatRejection:
    size = MAX_UNPACKED // (1024 * 1024)
    return FormatRejection(f"more than {size} MiB unpacked", "Divide the file.")
