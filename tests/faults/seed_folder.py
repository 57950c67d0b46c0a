"""Writes a folder of listings and changes it, identically in each run."""

from __future__ import annotations

import os
from pathlib import Path

WRITTEN = 1_770_000_000  # the same in each folder, because the database stores it
SUBJECTS = ("strike in Almaty", "rain over Asia", "a quiet day", "the ferry to the islands")


def write_seeds(folder: Path, files: int) -> None:
    folder.mkdir()
    for number in range(files):
        write(folder, number, "was reported")


def write(folder: Path, number: int, what: str) -> None:
    file = folder / f"{number:03}.txt"
    file.write_text(listing(number, what))
    os.utime(file, (WRITTEN, WRITTEN))


def listing(number: int, what: str) -> str:
    return "\n".join(
        f"Of {subject} in the year {number + 1000}\nIt {what} by the crews of port {number // 2}.\n"
        for subject in SUBJECTS[: 1 + number % 4]
    )


def change_seeds(folder: Path, files: int) -> None:
    """Edit some files, remove some and add some."""
    for number in range(0, files, 5):
        write(folder, number, "was reported again")
    for number in range(1, files, 5):
        (folder / f"{number:03}.txt").unlink(missing_ok=True)
    for number in range(files, files + files // 10):
        write(folder, number, "was reported")
