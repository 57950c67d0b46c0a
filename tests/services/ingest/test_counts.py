"""What a scan counts, and what it says on the way."""

from __future__ import annotations

from pathlib import Path

from structlog.testing import capture_logs

from feedsvc.services.ingest.counts import ScanCounts
from feedsvc.services.ingest.examine import MovingSeed, UnchangedSeed
from feedsvc.services.ingest.folder import SeedFile, Signature
from feedsvc.services.ingest.read import AcceptedSeed, RejectedSeed
from feedsvc.store.records import KnownSeed, SeedStatus
from tests.builders import drafts, reading

RAIN = ("Rain", "The wells of the valley are full again after three dry years in a row")


def seed(path: str) -> SeedFile:
    signature = Signature(size=1, mtime=1, ctime=0, inode=1)
    return SeedFile(path=path, file=Path(path), signature=signature)


def accepted(path: str) -> AcceptedSeed:
    return AcceptedSeed(
        seed=seed(path),
        ends_line=True,
        reading=reading(path),
        drafts=drafts(RAIN, RAIN),
        rolling=False,
    )


def unchanged(path: str, *, was: str) -> UnchangedSeed:
    known = KnownSeed(
        id=1,
        path=was,
        status=SeedStatus.ACCEPTED,
        hash=b"1",
        size=1,
        mtime=1,
        entries=1,
        removal_accepted=False,
    )
    return UnchangedSeed(seed=seed(path), known=known)


def test_seeds_are_counted_and_not_kept() -> None:
    counts = ScanCounts(files=9, began=0)
    rejected = RejectedSeed(seed=seed("b.txt"), reading=reading("b.txt"))
    counts.add([accepted("a.txt"), rejected, MovingSeed(seed=seed("c.txt"))], tick=1)
    assert (counts.accepted, counts.rejected, counts.moving, counts.done) == (1, 1, 1, 3)
    assert (counts.entries, counts.news, counts.found) == (2, True, set())


def test_a_file_that_was_renamed_is_found_and_one_that_stayed_is_no_news() -> None:
    counts = ScanCounts(files=9, began=0)
    counts.add([unchanged("a.txt", was="a.txt")], tick=1)
    assert (counts.news, counts.found) == (False, set())
    counts.add([unchanged("b.txt", was="c.txt")], tick=1)
    assert (counts.news, counts.found) == (True, {"c.txt"})


def test_a_long_scan_says_every_ten_seconds_how_far_it_is() -> None:
    counts = ScanCounts(files=8, began=100)
    with capture_logs() as lines:
        for tick in (105, 110, 119, 120):
            counts.add([accepted("a.txt"), accepted("b.txt")], tick=tick)
    assert lines == [
        {
            "event": "scan in progress",
            "log_level": "info",
            "done": 4,
            "files": 8,
            "entries": 8,
            "entries_per_second": 1,
            "seconds_left": 10,
        }
    ]
