"""How much room the database has, and takes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

MIB = 1024**2
SCARCE = 64 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Bytes: `database` with its journal, `free` beside it."""

    database: int
    free: int

    @property
    def nearly_full(self) -> bool:
        """Whether some hours of writing may fill it."""
        return self.free < SCARCE


def measure_disk(path: Path) -> Disk:
    """The disk on which a database lies; a folder that is gone has no room."""
    files = (path, path.with_name(f"{path.name}-wal"))
    try:
        free = shutil.disk_usage(path.parent).free
        return Disk(database=sum(_size(file) for file in files), free=free)
    except OSError:
        return Disk(database=0, free=0)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
