"""Room for the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedsvc.web.disk import SCARCE, Disk, measure_disk

if TYPE_CHECKING:
    from pathlib import Path


def test_the_journal_counts(tmp_path: Path) -> None:
    database = tmp_path / "feedsvc.db"
    database.write_bytes(b"x" * 10)
    assert measure_disk(database).database == 10
    (tmp_path / "feedsvc.db-wal").write_bytes(b"x" * 5)
    disk = measure_disk(database)
    assert disk.database == 15
    assert disk.free > 0


def test_a_folder_that_is_gone_has_no_room(tmp_path: Path) -> None:
    assert measure_disk(tmp_path / "gone" / "feedsvc.db") == Disk(database=0, free=0)


@pytest.mark.parametrize(("free", "expected"), [(SCARCE, False), (SCARCE - 1, True), (0, True)])
def test_little_room_is_nearly_full(free: int, expected: bool) -> None:  # noqa: FBT001
    assert Disk(database=0, free=free).nearly_full is expected
