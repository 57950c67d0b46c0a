"""What one scan leaves for the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedsvc.services.ingest.examine import ExaminedSeed, MovingSeed
from feedsvc.services.ingest.folder import SeedFile, Signature
from feedsvc.services.ingest.read import AcceptedSeed, RejectedSeed
from feedsvc.services.ingest.stability import FileStability
from feedsvc.services.ingest.state import ScanState
from feedsvc.store.records import KnownSeed, SeedStatus
from tests.builders import reading

NOW = 1_800_000_000.0


def file(path: str, *, age: float = 100.0) -> SeedFile:
    changed = int((NOW - age) * 1e9)
    signature = Signature(size=1, mtime=changed, ctime=changed, inode=1)
    return SeedFile(path=path, file=Path(path), signature=signature)


def accepted(seed: SeedFile) -> AcceptedSeed:
    return AcceptedSeed(
        seed=seed, ends_line=True, reading=reading(seed.path), drafts=(), rolling=False
    )


def known(path: str, status: SeedStatus) -> KnownSeed:
    return KnownSeed(
        id=1, path=path, status=status, hash=b"", size=1, mtime=1, entries=1, removal_accepted=False
    )


KNOWN = {
    "a.txt": known("a.txt", SeedStatus.ACCEPTED),
    "b.txt": known("b.txt", SeedStatus.REJECTED),
}


@pytest.fixture
def state() -> ScanState:
    return ScanState(stability=FileStability(settle=0.5))


def note(state: ScanState, *examined: ExaminedSeed) -> None:
    state.stability.split([one.seed for one in examined], tick=0, now=NOW)
    state.note_written(examined, held=(), now=NOW)


def test_rejected_files_are_read_again_by_a_new_process(state: ScanState) -> None:
    state.plan_rereading(KNOWN, everything=False)
    assert state.to_reread == {"b.txt"}


def test_all_files_are_read_again_if_asked_for(state: ScanState) -> None:
    state.plan_rereading(KNOWN, everything=True)
    assert state.to_reread == {"a.txt", "b.txt"}


def test_only_the_first_scan_decides_what_is_read_again(state: ScanState) -> None:
    state.plan_rereading({}, everything=True)
    state.plan_rereading(KNOWN, everything=True)
    assert state.to_reread == set()


def test_a_file_is_read_again_only_once(state: ScanState) -> None:
    state.plan_rereading(KNOWN, everything=True)
    note(state, accepted(file("a.txt")))
    assert state.to_reread == {"b.txt"}


def test_the_lag_of_a_new_file_is_its_age(state: ScanState) -> None:
    note(state, accepted(file("a.txt", age=30)))
    assert state.take_lags() == pytest.approx((30,))
    assert state.take_lags() == ()


def test_files_that_are_rejected_or_only_read_again_have_no_lag(state: ScanState) -> None:
    state.plan_rereading(KNOWN, everything=True)
    rejected = RejectedSeed(seed=file("c.txt"), reading=reading("c.txt"))
    note(state, accepted(file("a.txt")), rejected)
    assert state.take_lags() == ()


def test_a_file_that_is_still_changing_counts_as_not_read(state: ScanState) -> None:
    note(state, accepted(file("a.txt")), MovingSeed(seed=file("b.txt")))
    assert state.stability.is_read(file("a.txt"))
    assert not state.stability.is_read(file("b.txt"))


def test_unseen_entries_wait_from_when_they_were_noted(state: ScanState) -> None:
    assert state.seconds_unseen(tick=5) == 0
    state.unseen_since = 2
    assert state.seconds_unseen(tick=5) == 3
