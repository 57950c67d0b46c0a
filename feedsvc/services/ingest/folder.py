"""Finds the seeds that stand in a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".txt", ".md")
NOTE = "readme"
# Editors' and copiers' files that are not finished: emacs, office programs, vim.
UNFINISHED_STARTS = ("#", "~$", "~lock")
UNFINISHED_END = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What the file system says of a file's content; two equal ones may still be read anew."""

    size: int
    mtime: int
    ctime: int
    inode: int

    def age(self, *, now: float) -> float:
        """Seconds since the file last changed; one that is moved in keeps its mtime alone."""
        return max(0.0, now - max(self.mtime, self.ctime) / 1e9)

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
class Unreadable:
    """A folder that could not be looked into, by its whole path, and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What stands in a folder, and what of it could not be looked into.

    `blind` holds the stored paths below which nothing can be said to be missing; `whole` is false
    when the folder itself could not be looked into.
    """

    files: tuple[SeedFile, ...]
    unreadable: tuple[Unreadable, ...] = ()
    blind: tuple[str, ...] = ()
    whole: bool = True

    def may_miss(self, path: str) -> bool:
        """Whether a stored path that was not found is really not there."""
        return not any(path.startswith(prefix) for prefix in self.blind)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of seeds, or a single file of it; stored paths are relative to `root`."""

    root: Path
    within: Path | None = None

    def find(self) -> Found:
        """Every seed in it and its subfolders, by path; blocks on the disk.

        Links are followed as long as they stay inside; nothing is found twice on a loop of links.
        """
        start = self.within or self.root
        if _is_file(start):
            return Found(files=tuple(self._file(start)))
        files: dict[str, SeedFile] = {}
        unreadable: dict[Path, str] = {}
        # A folder is looked into once, by its device and inode, however many ways lead to it.
        seen: set[tuple[int, int]] = set()
        waiting = [start]
        while waiting:
            folder = waiting.pop()
            try:
                items = _list(folder, seen=seen)
            except OSError as error:
                unreadable[folder] = error.strerror or str(error)
                continue
            inside = [item for item in items if self._is_inside(item, folder)]
            waiting += [folder / item.name for item in reversed(inside) if _is_folder(item)]
            for item in inside:
                files |= {seed.path: seed for seed in self._file(folder / item.name)}
        return self._found(start, files=files, unreadable=unreadable)

    def _found(
        self,
        start: Path,
        *,
        files: dict[str, SeedFile],
        unreadable: dict[Path, str],
    ) -> Found:
        return Found(
            files=tuple(files[path] for path in sorted(files)),
            unreadable=tuple(
                Unreadable(place=_printed(folder), reason=reason)
                for folder, reason in unreadable.items()
            ),
            blind=tuple(f"{self.stored_path(folder)}/" for folder in unreadable if folder != start),
            whole=start not in unreadable,
        )

    def covers(self, path: str) -> bool:
        """Whether a stored path lies in the folder, or in the part of it that is looked at."""
        if self.within is None:
            return not Path(path).is_absolute()
        return (self.root / path).is_relative_to(self.within)

    def stored_path(self, file: Path) -> str:
        """Relative to the folder, or absolute outside it; bytes that are not UTF-8 are escaped."""
        shown = file.relative_to(self.root) if file.is_relative_to(self.root) else file
        return _printed(shown)

    def _is_inside(self, item: os.DirEntry[str], folder: Path) -> bool:
        """Whether an item is not hidden and, if it is a link, leads to somewhere in the folder."""
        if item.name.startswith("."):
            return False
        if not item.is_symlink():
            return True
        try:
            place = (folder / item.name).resolve(strict=True)
            return place.is_relative_to(self.root.resolve())
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
    return not why_unmeant(name)


def why_unmeant(name: str) -> str:
    """Why a file's name is not that of a seed, and what was expected; empty if it is."""
    lower = name.lower()
    if lower.startswith("."):
        return "it is hidden: expected a name that begins with no full stop"
    if lower.startswith(UNFINISHED_STARTS) or lower.endswith(UNFINISHED_END):
        return "expected no editor's unfinished copy: not #…, ~$…, ~lock… or …~"
    if not lower.endswith(SUFFIXES):
        return f"expected {' or '.join(SUFFIXES)}"
    if lower.startswith(NOTE):
        return "a name that begins with README is that of a note for people: expected another"
    return ""


def _list(folder: Path, *, seen: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
    """A folder's items by the bytes of their names; nothing if it has been listed before."""
    state = folder.stat()
    if (state.st_dev, state.st_ino) in seen:
        return []
    seen.add((state.st_dev, state.st_ino))
    with os.scandir(folder) as listing:
        return sorted(listing, key=lambda item: os.fsencode(item.name))


def _printed(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _is_file(place: Path) -> bool:
    try:
        return place.is_file()
    except OSError:
        return False


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir()
    except OSError:
        return False
