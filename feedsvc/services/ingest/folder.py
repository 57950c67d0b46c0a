"""Finds the files in a folder that are to be published."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from feedsvc.services.ingest.skip import why_reported, why_skipped
from feedsvc.store.records import SkippedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What the file system says of a file; it may be equal although the content has changed."""

    size: int
    mtime: int
    ctime: int
    inode: int

    def age(self, *, now: float) -> float:
        """Seconds since the file last changed; moving a file keeps its mtime, but not its ctime."""
        return max(0.0, now - max(self.mtime, self.ctime) / 1e9)

    def is_of(self, state: os.stat_result) -> bool:
        """Whether a file still has it."""
        return (
            self.mtime == state.st_mtime_ns
            and self.ctime == state.st_ctime_ns
            and self.size == state.st_size
            and self.inode == state.st_ino
        )

    @classmethod
    def of(cls, state: os.stat_result) -> Signature:
        """The signature of a file, with times in nanoseconds."""
        return cls(
            size=state.st_size,
            mtime=state.st_mtime_ns,
            ctime=state.st_ctime_ns,
            inode=state.st_ino,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedFile:
    """A file to publish: `path` as it is stored and shown, `file` to open it."""

    path: str
    file: Path
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableFolder:
    """The full path of a folder that could not be listed, and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderContents:
    """The files in a folder, and the subfolders that could not be listed.

    `hidden` are the stored paths of those subfolders: what is below them is not known to be
    missing. `readable` is false if the folder itself could not be listed. `skipped` are files that
    are not read.
    """

    files: tuple[SeedFile, ...]
    skipped: tuple[SkippedFile, ...] = ()
    unreadable: tuple[UnreadableFolder, ...] = ()
    hidden: tuple[str, ...] = ()
    readable: bool = True

    def would_show(self, path: str) -> bool:
        """Whether a stored path would have been found if its file existed."""
        return not any(path.startswith(prefix) for prefix in self.hidden)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of seeds, or a single file of it; stored paths are relative to `root`."""

    root: Path
    within: Path | None = None
    # What was found the last time, by full path: most files are as they were.
    _last: dict[str, SeedFile] = field(default_factory=dict, init=False, repr=False, compare=False)

    def find(self) -> FolderContents:
        """Every seed in it and its subfolders, sorted by path; blocks on the disk.

        Links are followed if they stay inside the folder; a loop of links finds nothing twice.
        """
        start = self.within or self.root
        if _is_file(start):
            return FolderContents(files=tuple(self._single(start)))
        files: dict[str, SeedFile] = {}
        skipped: list[SkippedFile] = []
        unreadable: dict[Path, str] = {}
        # Each folder is listed once, by its device and inode, however many links lead to it.
        seen: set[tuple[int, int]] = set()
        waiting = [start]
        last: dict[str, SeedFile] = {}
        while waiting:
            folder = waiting.pop()
            try:
                items = _list(folder, seen=seen)
            except OSError as error:
                unreadable[folder] = error.strerror or str(error)
                continue
            folders = []
            for item in items:
                if not self._is_inside(item, folder):
                    continue
                if _is_folder(item):
                    folders.append(folder / item.name)
                elif seed := self._find_file(item):
                    files[seed.path] = last[item.path] = seed
                else:
                    skipped += self._skipped(item)
            waiting += reversed(folders)
        self._last.clear()
        self._last.update(last)
        return self._found(start, files=files, skipped=skipped, unreadable=unreadable)

    def _found(
        self,
        start: Path,
        *,
        files: dict[str, SeedFile],
        skipped: list[SkippedFile],
        unreadable: dict[Path, str],
    ) -> FolderContents:
        return FolderContents(
            files=tuple(files[path] for path in sorted(files)),
            skipped=tuple(sorted(skipped, key=lambda file: file.path)),
            unreadable=tuple(
                UnreadableFolder(place=_printed(folder), reason=reason)
                for folder, reason in unreadable.items()
            ),
            hidden=tuple(
                f"{self.stored_path(folder)}/" for folder in unreadable if folder != start
            ),
            readable=start not in unreadable,
        )

    def covers(self, path: str) -> bool:
        """Whether a stored path is in the folder, or in the part of it that is scanned."""
        if self.within is None:
            return not path.startswith("/")
        return (self.root / path).is_relative_to(self.within)

    def stored_path(self, file: Path) -> str:
        """A file's path relative to the folder, or absolute outside it; non-UTF-8 is escaped."""
        shown = file.relative_to(self.root) if file.is_relative_to(self.root) else file
        return _printed(shown)

    def _is_inside(self, item: os.DirEntry[str], folder: Path) -> bool:
        """Whether an item is not hidden and, if it is a link, stays inside the folder."""
        if item.name.startswith("."):
            return False
        if not item.is_symlink():
            return True
        try:
            place = (folder / item.name).resolve(strict=True)
            return place.is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):
            return False

    def _find_file(self, item: os.DirEntry[str]) -> SeedFile | None:
        """The seed that an item of a folder is; the one found the last time if it is the same."""
        last = self._last.get(item.path)
        if last is None and why_skipped(item.name):
            return None
        try:
            state = item.stat()
        except OSError:
            # It has gone since the folder was listed: the next scan finds it missing.
            return None
        if not stat.S_ISREG(state.st_mode):
            return None
        if last and last.signature.is_of(state):
            return last
        file = Path(item.path)
        return SeedFile(path=self.stored_path(file), file=file, signature=Signature.of(state))

    def _skipped(self, item: os.DirEntry[str]) -> Iterator[SkippedFile]:
        if reason := why_reported(item.name):
            yield SkippedFile(path=self.stored_path(Path(item.path)), reason=reason)

    def _single(self, file: Path) -> Iterator[SeedFile]:
        if why_skipped(file.name):
            return
        try:
            state = file.stat()
        except OSError:
            return
        if stat.S_ISREG(state.st_mode):
            yield SeedFile(path=self.stored_path(file), file=file, signature=Signature.of(state))


def _list(folder: Path, *, seen: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
    """A folder's items, sorted by their names; none if it was listed before."""
    state = folder.stat()
    if (state.st_dev, state.st_ino) in seen:
        return []
    seen.add((state.st_dev, state.st_ino))
    with os.scandir(folder) as listing:
        return sorted(listing, key=attrgetter("name"))


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
