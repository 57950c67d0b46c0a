"""A file is read once it has stopped changing, and again only if it may have changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from feedsvc.services.ingest.folder import SeedFile, Signature
from feedsvc.services.ingest.stability import FileStability

HOUR = 3600.0
NOW = 1_800_000_000.0


def seed(path: str = "a.txt", *, size: int = 1, changed: float = NOW, inode: int = 1) -> SeedFile:
    nanoseconds = int(changed * 1e9)
    signature = Signature(size=size, mtime=nanoseconds, ctime=nanoseconds, inode=inode)
    return SeedFile(path=path, file=Path(path), signature=signature)


@pytest.fixture
def stability() -> FileStability:
    return FileStability(settle=0.5)


def is_stable(stability: FileStability, one: SeedFile, *, tick: float, now: float = NOW) -> bool:
    stable, moving = stability.split([one], tick=tick, now=now)
    assert len(stable) + len(moving) == 1
    return bool(stable)


def test_a_new_file_is_stable_after_a_while(stability: FileStability) -> None:
    assert not is_stable(stability, seed(), tick=0)
    assert not is_stable(stability, seed(), tick=0.4)
    assert is_stable(stability, seed(), tick=0.5)


def test_every_change_restarts_the_wait(stability: FileStability) -> None:
    for tick, change in enumerate((seed(size=2), seed(inode=2), seed(changed=NOW + 1), seed())):
        assert not is_stable(stability, change, tick=tick)
    assert is_stable(stability, seed(), tick=3.5)


def test_an_old_file_is_stable_in_the_first_scan(stability: FileStability) -> None:
    assert is_stable(stability, seed(changed=NOW - HOUR), tick=0)


def test_an_old_file_that_appears_later_has_to_wait_too(stability: FileStability) -> None:
    """The clock may have jumped ahead while it was being written."""
    stability.split([], tick=0, now=NOW)
    old = seed(changed=NOW - HOUR)
    assert not is_stable(stability, old, tick=1)
    assert is_stable(stability, old, tick=1.5)


def test_a_file_dated_in_the_future_becomes_stable_too(stability: FileStability) -> None:
    late = seed(changed=NOW + HOUR)
    assert not is_stable(stability, late, tick=0)
    assert is_stable(stability, late, tick=0.5)


def test_a_clock_that_jumps_back_does_not_prolong_the_wait(stability: FileStability) -> None:
    assert not is_stable(stability, seed(), tick=0)
    assert is_stable(stability, seed(), tick=0.5, now=NOW - HOUR)


def test_a_file_read_well_after_its_last_change_is_not_read_again(stability: FileStability) -> None:
    old = seed(changed=NOW - HOUR)
    assert is_stable(stability, old, tick=0)
    assert not stability.is_read(old)
    stability.mark_read(old, now=NOW)
    assert stability.is_read(old)
    assert not stability.is_read(seed(changed=NOW - HOUR, size=2))


def test_a_file_read_just_after_its_last_change_is_read_again(stability: FileStability) -> None:
    """A second write within a tick of the file system's clock changes nothing but the bytes."""
    assert not is_stable(stability, seed(), tick=0)
    stability.mark_read(seed(), now=NOW + 1)
    assert not stability.is_read(seed())
    stability.mark_read(seed(), now=NOW + 3)
    assert stability.is_read(seed())


def test_a_file_that_comes_back_is_read_again(stability: FileStability) -> None:
    old = seed(changed=NOW - HOUR)
    assert is_stable(stability, old, tick=0)
    stability.mark_read(old, now=NOW)
    stability.split([], tick=1, now=NOW)
    assert not stability.is_read(old)


def test_a_file_is_missing_from_when_it_was_first_not_found(stability: FileStability) -> None:
    assert stability.seconds_missing("a.txt", tick=5) == 0
    assert stability.seconds_missing("a.txt", tick=7) == 2
    stability.forget_all_missing_but(["b.txt"])
    assert stability.seconds_missing("a.txt", tick=9) == 0


@pytest.fixture
def patient() -> FileStability:
    return FileStability(settle=0.5, hold=30)


def test_a_file_cut_in_a_line_is_held_until_it_is_quiet(patient: FileStability) -> None:
    patient.split([seed()], tick=0, now=NOW)
    patient.split([seed()], tick=10, now=NOW)
    assert patient.seconds_to_hold(seed(), ends_line=False) == pytest.approx(20)
    patient.split([seed()], tick=30, now=NOW)
    assert patient.seconds_to_hold(seed(), ends_line=False) == 0


def test_a_file_that_grows_once_is_not_held(patient: FileStability) -> None:
    for tick, size in ((0, 100), (60, 200)):
        patient.split([seed(size=size)], tick=tick, now=NOW)
    assert patient.seconds_to_hold(seed(size=200), ends_line=True) == 0


def test_a_file_that_grows_in_steps_is_held_for_less(patient: FileStability) -> None:
    for tick, size in ((0, 100), (2, 200), (4, 300)):
        patient.split([seed(size=size)], tick=tick, now=NOW)
    assert patient.seconds_to_hold(seed(size=300), ends_line=True) == pytest.approx(15)


def test_steps_of_long_ago_do_not_count(patient: FileStability) -> None:
    for tick, size in ((0, 100), (2, 200), (200, 300)):
        patient.split([seed(size=size)], tick=tick, now=NOW)
    assert patient.seconds_to_hold(seed(size=300), ends_line=True) == 0


def test_a_copy_that_kept_its_times_is_not_held(patient: FileStability) -> None:
    written = int((NOW - HOUR) * 1e9)
    copy = seed()
    copy = replace(copy, signature=replace(copy.signature, mtime=written))
    patient.split([copy], tick=0, now=NOW)
    assert patient.seconds_to_hold(copy, ends_line=False) == 0


def test_the_wait_begins_with_the_change_and_not_with_the_scan_that_sees_it(
    stability: FileStability,
) -> None:
    stability.split([seed()], tick=0, now=NOW)
    changed = seed(changed=NOW + 9.8)
    assert not is_stable(stability, changed, tick=10, now=NOW + 10)
    assert stability.seconds_to_settle(tick=10) == pytest.approx(0.3)
    assert is_stable(stability, changed, tick=10.301, now=NOW + 10.301)
    assert stability.seconds_to_settle(tick=10.301) is None


def test_a_wait_does_not_begin_before_the_scan_that_saw_another_state(
    stability: FileStability,
) -> None:
    stability.split([seed()], tick=0, now=NOW)
    assert not is_stable(stability, seed(size=2, changed=NOW - HOUR), tick=0.1)
    assert stability.seconds_to_settle(tick=0.1) == pytest.approx(0.4)


def test_of_several_changing_files_the_first_to_settle_counts(stability: FileStability) -> None:
    stability.split([], tick=0, now=NOW)
    stability.split([seed("a.txt")], tick=1, now=NOW)
    stability.split([seed("a.txt"), seed("b.txt")], tick=1.3, now=NOW)
    assert stability.seconds_to_settle(tick=1.3) == pytest.approx(0.2)
    assert stability.seconds_to_settle(tick=2) == 0
