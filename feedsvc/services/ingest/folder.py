"""Finds the seeds that stand in a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SUFFIXES = (".txt", ".md")
# Editors' and copiers' files that are not finished, or are not meant: emacs, LibreOffice, vim,
# and a folder's own explanation.
UNMEANT_STARTS = (".", "#", "~$", "~lock", "readme.")
UNMEANT_ENDS = ("~",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What the file system says of a file's content; two equal ones may still be read anew."""

    size: int
    mtime: int
    ctime: int
    inode: int

    @classmethod
    def of(cls, state: os.stat_result) -> Signature:
        """Times are in nanoseconds."""
        return cls(
            size=state.st_size,
            mtime=state.st_mtime_ns,
            ctime=state.st_ctime_ns,
            inode=state.st_ino,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedFile:
    """A file that is meant as a seed: `path` as it is stored and shown, `file` to open it."""

    path: str
    file: Path
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What stands in a folder; `unreadable` says which folders could not be looked into, and why.

    `blind` holds the stored paths below which nothing can be said to be missing.
    """

    files: tuple[SeedFile, ...]
    unreadable: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    whole: bool = True

    def may_miss(self, path: str) -> bool:
        """Whether a stored path that was not found is really not there."""
        return not any(path.startswith(prefix) for prefix in self.blind)


@dataclass(slots=True)
class Folder:
    """A folder of seeds, or a single file of it; stored paths are relative to `root`."""

    root: Path
    within: Path | None = None
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def find(self) -> Found:
        """Every seed in it and its subfolders, by path; blocks on the disk.

        Links are followed as long as they stay inside; nothing is found twice on a loop of links.
        """
        start = self.within or self.root
        self._seen = set()
        unreadable: list[tuple[str, str]] = []
        if start.is_file():
            files = list(self._file(start))
        else:
            files = list(self._folder(start, unreadable=unreadable))
        lost = self.stored_path(start)
        return Found(
            files=tuple(sorted(files, key=lambda seed: seed.path)),
            unreadable=tuple(f"{path}: {reason}" for path, reason in unreadable),
            blind=tuple(f"{path}/" for path, _ in unreadable if path != lost),
            whole=all(path != lost for path, _ in unreadable),
        )

    def covers(self, path: str) -> bool:
        """Whether a stored path lies in the folder, or in the part of it that is looked at."""
        if self.within is None:
            return not Path(path).is_absolute()
        return (self.root / path).is_relative_to(self.within)

    def stored_path(self, file: Path) -> str:
        """Relative to the folder, or absolute outside it; bytes that are not UTF-8 are escaped."""
        shown = file.relative_to(self.root) if file.is_relative_to(self.root) else file
        return os.fsencode(shown).decode("utf-8", "backslashreplace")

    def _folder(self, folder: Path, *, unreadable: list[tuple[str, str]]) -> Iterator[SeedFile]:
        try:
            state = folder.stat()
            if (state.st_dev, state.st_ino) in self._seen:
                return
            self._seen.add((state.st_dev, state.st_ino))
            with os.scandir(folder) as listing:
                names = sorted(listing, key=lambda item: os.fsencode(item.name))
        except OSError as error:
            unreadable.append((self.stored_path(folder), error.strerror or str(error)))
            return
        for item in names:
            path = folder / item.name
            if item.name.startswith(".") or not self._stays_inside(item, path):
                continue
            if _is_folder(item):
                yield from self._folder(path, unreadable=unreadable)
            else:
                yield from self._file(path)

    def _stays_inside(self, item: os.DirEntry[str], path: Path) -> bool:
        if not item.is_symlink():
            return True
        try:
            return path.resolve(strict=True).is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):
            return False

    def _file(self, file: Path) -> Iterator[SeedFile]:
        if not is_meant(file.name):
            return
        try:
            state = file.stat()
        except OSError:
            # Gone since it was listed: the next look tells.
            return
        if stat.S_ISREG(state.st_mode):
            yield SeedFile(path=self.stored_path(file), file=file, signature=Signature.of(state))


def is_meant(name: str) -> bool:
    """Whether a file's name is that of a seed."""
    lower = name.lower()
    return (
        lower.endswith(SUFFIXES)
        and not lower.startswith(UNMEANT_STARTS)
        and not lower.endswith(UNMEANT_ENDS)
    )


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir()
    except OSError:
        return False
