from __future__ import annotations

from pathlib import Path

import pytest

from feedsvc.services.ingest.folder import SeedFile, Signature
from feedsvc.services.ingest.looks import Looks

HOUR = 3600.0
NOW = 1_800_000_000.0


def seed(path: str = "a.txt", *, size: int = 1, changed: float = NOW, inode: int = 1) -> SeedFile:
    nanoseconds = int(changed * 1e9)
    signature = Signature(size=size, mtime=nanoseconds, ctime=nanoseconds, inode=inode)
    return SeedFile(path=path, file=Path(path), signature=signature)


@pytest.fixture
def looks() -> Looks:
    return Looks(settle=0.5)


def stands_still(looks: Looks, one: SeedFile, *, tick: float, now: float = NOW) -> bool:
    still, moving = looks.split([one], tick=tick, now=now)
    assert len(still) + len(moving) == 1
    return bool(still)


def test_a_fresh_file_has_to_stand_still(looks: Looks) -> None:
    assert not stands_still(looks, seed(), tick=0)
    assert not stands_still(looks, seed(), tick=0.4)
    assert stands_still(looks, seed(), tick=0.5)


def test_every_change_starts_the_wait_anew(looks: Looks) -> None:
    for tick, change in enumerate((seed(size=2), seed(inode=2), seed(changed=NOW + 1), seed())):
        assert not stands_still(looks, change, tick=tick)
    assert stands_still(looks, seed(), tick=3.5)


def test_an_old_file_is_believed_at_once(looks: Looks) -> None:
    assert stands_still(looks, seed(changed=NOW - HOUR), tick=0)


def test_an_old_file_that_comes_later_has_to_stand_still_too(looks: Looks) -> None:
    """The clock may have jumped ahead while it was being written."""
    looks.split([], tick=0, now=NOW)
    old = seed(changed=NOW - HOUR)
    assert not stands_still(looks, old, tick=1)
    assert stands_still(looks, old, tick=1.5)


def test_a_file_from_the_future_settles_as_well(looks: Looks) -> None:
    late = seed(changed=NOW + HOUR)
    assert not stands_still(looks, late, tick=0)
    assert stands_still(looks, late, tick=0.5)


def test_a_clock_that_jumps_back_does_not_stop_settling(looks: Looks) -> None:
    assert not stands_still(looks, seed(), tick=0)
    assert stands_still(looks, seed(), tick=0.5, now=NOW - HOUR)


def test_a_file_is_known_once_it_was_read_well_after_its_last_change(looks: Looks) -> None:
    old = seed(changed=NOW - HOUR)
    assert stands_still(looks, old, tick=0)
    assert not looks.is_known(old)
    looks.note_read(old, now=NOW)
    assert looks.is_known(old)
    assert not looks.is_known(seed(changed=NOW - HOUR, size=2))


def test_a_file_that_was_read_in_the_moment_of_its_change_is_read_again(looks: Looks) -> None:
    """Another write within one tick of the file system's clock leaves no trace but its bytes."""
    assert not stands_still(looks, seed(), tick=0)
    looks.note_read(seed(), now=NOW + 1)
    assert not looks.is_known(seed())
    looks.note_read(seed(), now=NOW + 3)
    assert looks.is_known(seed())


def test_a_file_that_went_away_is_looked_at_anew(looks: Looks) -> None:
    old = seed(changed=NOW - HOUR)
    assert stands_still(looks, old, tick=0)
    looks.note_read(old, now=NOW)
    looks.split([], tick=1, now=NOW)
    assert not looks.is_known(old)


def test_a_missing_file_counts_from_when_it_was_first_missed(looks: Looks) -> None:
    assert looks.gone_for("a.txt", tick=5) == 0
    assert looks.gone_for("a.txt", tick=7) == 2
    looks.forget_gone(["b.txt"])
    assert looks.gone_for("a.txt", tick=9) == 0
